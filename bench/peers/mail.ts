import { ngrams } from './ngrams.ts';

/**
 * A line as the body of a mail, for filters that take nothing else; the header is the same for all. Bigrams as words, with blanks between
 * them and none within, because these filters cut Chinese badly.
 */
export function mail(text: string): string {
  const words = ngrams(text, 2, 2).map((pair) => pair.replaceAll(' ', ''));
  return `Content-Type: text/plain; charset=utf-8\n\n${words.join(' ')}\n`;
}
