import { textOfHtml } from '../html-text.ts';
import { decodeCharset } from './charset.ts';
import { parameterField, splitMessage, type Headers, type ParameterField } from './headers.ts';
import { decodeTransfer } from './transfer-encoding.ts';

/** Parts within parts, and parts in all, that are looked at: mail programs write three deep and a dozen. */
const DEEPEST = 8;
const MOST_PARTS = 1000;

export interface MailBody {
  readonly headers: Headers;
  /** The text with `\n` at line ends; `null` where there is none, and `missing` says why. */
  readonly text: string | null;
  readonly missing: string;
}

interface Part {
  readonly type: ParameterField;
  readonly encoding: string;
  readonly body: string;
}

/** What a person reads of an RFC 822 message: its first text/plain part that is no attachment, else its first HTML part. */
export function mailBody(octets: string): MailBody {
  const parts: Part[] = [];
  const { headers, body } = splitMessage(octets);
  gather(headers, body, DEEPEST, parts);
  const part = parts.find(({ type }) => type.value === 'text/plain') ?? parts.find(({ type }) => isHtml(type));
  if (part === undefined) return { headers, text: null, missing: 'no text/plain and no HTML part; is it a message?' };
  const decoded = decodeTransfer(part.body, part.encoding);
  if (decoded === null) {
    return { headers, text: null, missing: `transfer encoding ${part.encoding.slice(0, 40)} is not known` };
  }
  const text = decodeCharset(decoded, part.type.parameters.get('charset') ?? '').replaceAll(/\r\n?/g, '\n');
  return { headers, text: isHtml(part.type) ? textOfHtml(text) : text, missing: '' };
}

const isHtml = ({ value }: ParameterField): boolean => value === 'text/html';

function gather(headers: Headers, body: string, depth: number, parts: Part[]): void {
  const type = parameterField(headers, 'content-type');
  const isAttachment = parameterField(headers, 'content-disposition').value === 'attachment';
  if (isAttachment || depth === 0 || parts.length >= MOST_PARTS) return;
  if (type.value === 'message/rfc822') gatherMessage(body, depth - 1, parts);
  else if (type.value.startsWith('multipart/')) {
    const boundary = type.parameters.get('boundary') ?? '';
    if (boundary !== '') for (const part of partsOf(body, boundary)) gatherMessage(part, depth - 1, parts);
  } else {
    const value = type.value === '' ? 'text/plain' : type.value;
    const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase();
    parts.push({ type: { ...type, value }, encoding, body });
  }
}

function gatherMessage(octets: string, depth: number, parts: Part[]): void {
  const { headers, body } = splitMessage(octets);
  gather(headers, body, depth, parts);
}

/** What may follow a boundary on its line: one that is the beginning of another boundary is none. */
const AFTER_BOUNDARY = /(--)?[ \t\r]*(?:\n|$)/y;

/** What stands between the lines of the boundary; a last part that nothing closes counts. */
function* partsOf(body: string, boundary: string): Generator<string> {
  const text = `\n${body}`;
  const mark = `\n--${boundary}`;
  let start = -1;
  for (let at = text.indexOf(mark), n = 0; at >= 0 && n < MOST_PARTS; at = text.indexOf(mark, at + 1)) {
    AFTER_BOUNDARY.lastIndex = at + mark.length;
    const match = AFTER_BOUNDARY.exec(text);
    if (match === null) continue;
    // Read before the part is given away: its own parts are looked for with the same pattern.
    const after = AFTER_BOUNDARY.lastIndex;
    if (start >= 0) yield text.slice(start, text[at - 1] === '\r' ? at - 1 : at);
    if (match[1] !== undefined) return;
    n++;
    start = after;
  }
  if (start >= 0) yield text.slice(start);
}
