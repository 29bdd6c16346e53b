import { linesOf } from '../../text/lines.ts';
import { htmlDocument } from '../../text/markup-html.ts';

/** As the service reads comments: an element or a comment in it makes a text HTML. */
const LOOKS_LIKE_HTML = /<(?:[a-z][a-z0-9]*[\s/>]|\/[a-z]|!--)/i;

/** What a reader sees of a text that may be HTML: its visible lines, which are what a check of it would judge. */
export function textOfContent(content: string): string {
  return LOOKS_LIKE_HTML.test(content) ? textOfHtml(content) : content;
}

export function textOfHtml(html: string): string {
  const { text, marks } = htmlDocument(html);
  return linesOf(text)
    .filter((_, at) => marks === null || !marks[at].hidden)
    .map(({ start, end }) => text.slice(start, end).trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** A text as `textOfContent` gives it back but for blanks at the ends of its lines: escaped where it would be taken for HTML. */
export function contentOfText(text: string): string {
  if (!LOOKS_LIKE_HTML.test(text)) return text;
  const lines = linesOf(text).map(({ start, end }) => text.slice(start, end));
  return lines.map((line) => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`).join('\n');
}
