import { linesOf } from '../../../text/lines.ts';
import { LONGEST_FIELD, LONGEST_TEXT, type Label, type NewSample } from '../../sample.ts';
import { rowError, sampleRow, sourceOf, type ImportOptions, type SampleRow } from '../row.ts';
import { mailBody } from './body.ts';
import { LARGEST_MESSAGE, messagesOf, type ByteSource } from './mbox.ts';

export interface MailOptions extends ImportOptions {
  /** The label of every message; where it is left out, `labelOfPath` of the source's name. */
  readonly label?: Label;
}

/** Folders of the corpora that Rspamd and SpamAssassin learn from, in lower case: `spam`, `spam_2`, `easy_ham`, `ham-test` … */
const FOLDER = /^(?:(?:easy|hard)[_-])?(spam|junk|ham|legit)(?:[._-].*)?$/;

/** The label that the nearest telling folder or file name of a path gives: spam or junk, ham or legit. */
export function labelOfPath(path: string): Label | null {
  const names = path.toLowerCase().split(/[/\\]/).reverse();
  const word = names.map((name) => FOLDER.exec(name)?.[1]).find((found) => found !== undefined);
  if (word === undefined) return null;
  return word === 'spam' || word === 'junk' ? 'spam' : 'legit';
}

/**
 * Reads the messages of one file, a message or an mbox: the text that a person reads, in pieces of whole lines where it is longer than a
 * sample may be. `documentId` is the message's id. Attachments, HTML beside plain text and what is quoted in headers are not read.
 */
export async function* samplesOfMail(source: ByteSource, options: MailOptions = {}): AsyncGenerator<SampleRow> {
  const name = sourceOf(options);
  const label = options.label ?? labelOfPath(name);
  if (label === null) {
    yield rowError(name, 'no label: put it under a folder spam or ham, or name the label');
    return;
  }
  let n = 0;
  for await (const message of messagesOf(source)) {
    const place = `${name}#${++n}`;
    if (message === null)
      yield rowError(place, `more than ${LARGEST_MESSAGE} bytes; leave it out, or cut its attachments`);
    else yield* rowsOf(message, label, place, options);
  }
}

function* rowsOf(message: string, label: Label, place: string, { defaults }: ImportOptions): Generator<SampleRow> {
  const { headers, text, missing } = mailBody(message);
  if (text === null) {
    yield rowError(place, missing);
    return;
  }
  const id = headers.get('message-id')?.replaceAll(/[<>]/g, '').trim() ?? '';
  const documentId = id === '' || id.length > LONGEST_FIELD ? place : id;
  for (const piece of wholeLines(text)) yield sampleRow({ text: piece, label, documentId }, place, defaults);
}

/** Cuts a text at line ends into pieces that are as long as a sample may be; blank lines around them go, a longer line stays whole. */
function wholeLines(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of linesOf(text)) {
    if (end - from <= LONGEST_TEXT || start === from) continue;
    pieces.push(text.slice(from, start));
    from = start;
  }
  pieces.push(text.slice(from));
  const filled = pieces.map((piece) => piece.replace(/^\s*\n/, '').trimEnd()).filter((piece) => piece !== '');
  return filled.length > 0 ? filled : [''];
}

/** A sample as a message of an mbox file, which `rspamc` and `sa-learn --mbox` take; one file a label. */
export function mboxOfSample({ text, site, documentId }: NewSample): string {
  const bytes = new TextEncoder().encode(text);
  const digits = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const lines = [
    'From linesieve@localhost Thu Jan  1 00:00:00 1970',
    ...(isPlain(documentId) ? [`Message-ID: <${documentId}>`] : []),
    ...(isPlain(site) ? [`X-Site: ${site}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(digits.match(/.{1,76}/g) ?? []),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** Fit to stand in a header as it is. */
function isPlain(value: string | null): value is string {
  return value !== null && /^[!-;=?-~]{1,900}$/.test(value);
}
