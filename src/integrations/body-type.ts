const JSON_TYPE = /^[^;,]*[/+]json\s*(?:;|$)/i;
const FORM_OR_BINARY =
  /^(?:multipart\/|image\/|audio\/|video\/|application\/(?:x-www-form-urlencoded|octet-stream)\s*(?:[;,]|$))/i;

/**
 * Whether a body is called a form or binary: large and to be streamed, as a rule, and not meant to be read as JSON. Every other type, one
 * that nobody knows or none at all too, may be JSON: the sender chooses what a body is called, and a parser need not look at it.
 */
export function isFormOrBinary(contentType: string): boolean {
  return FORM_OR_BINARY.test(contentType) && !JSON_TYPE.test(contentType);
}
