/** Whether a text is an origin as a browser sends it, or `*`. */
export function isOrigin(text: string): boolean {
  return text === '*' || (URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text);
}
