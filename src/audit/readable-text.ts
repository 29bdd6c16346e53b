/** Text of a piece of HTML: without its tags, nor the halves of tags at its ends, white space as one blank. Linear. */
export function readableText(html: string): string {
  return html.replace(/^[^<>]*>|<[^<>]*(?:>|$)/g, ' ').replace(/\s+/g, ' ');
}
