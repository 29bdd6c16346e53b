/** Header fields by lower-case name, the first of each; folded lines are joined. */
export type Headers = ReadonlyMap<string, string>;

/** Octets of a header block that are read; mail servers refuse more. */
const LONGEST_HEADERS = 65_536;
/** Octets of one field that are read for its parameters. */
const LONGEST_FIELD = 2000;
const FIELD = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/;
const PARAMETER = /;[ \t]*([^\s=;"]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

/** Cuts a message or part into its header fields and the octets after the blank line. */
export function splitMessage(octets: string): { headers: Headers; body: string } {
  const end = /^\r?\n/.exec(octets)?.[0].length ?? bodyStart(octets);
  return { headers: headersOf(octets.slice(0, Math.min(end, LONGEST_HEADERS))), body: octets.slice(end) };
}

function bodyStart(octets: string): number {
  const blank = /\n\r?\n/.exec(octets);
  return blank === null ? octets.length : blank.index + blank[0].length;
}

function headersOf(block: string): Headers {
  const headers = new Map<string, string>();
  for (const line of block.replaceAll(/\r?\n[ \t]/g, ' ').split(/\r?\n/)) {
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    if (name !== '' && !headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value.trim());
  }
  return headers;
}

/** A field such as `Content-Type`: its value and its parameters, names in lower case. */
export interface ParameterField {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

export function parameterField(headers: Headers, name: string): ParameterField {
  const field = (headers.get(name) ?? '').slice(0, LONGEST_FIELD);
  const parameters = new Map<string, string>();
  for (const [, key, quoted, plain] of field.matchAll(PARAMETER)) {
    parameters.set(key.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain);
  }
  return { value: field.split(';', 1)[0].trim().toLowerCase(), parameters };
}
