/** Bytes of a message whose lines are ASCII; an array among them stands for its bytes. */
export function bytesOfLines(lines: readonly (string | readonly number[])[], end = '\r\n'): Uint8Array {
  const encoder = new TextEncoder();
  const parts = lines.map((line) => (typeof line === 'string' ? [...encoder.encode(line)] : [...line]));
  return Uint8Array.from(parts.flatMap((part) => [...part, ...encoder.encode(end)]));
}

/** A message with one field of headers a line. */
export function message(headers: readonly string[], body: string | readonly number[]): Uint8Array {
  return bytesOfLines(['From: a@example.com', 'Subject: hello', ...headers, '', body]);
}

export const PARTS = [
  'Content-Type: multipart/mixed;',
  '\tboundary="=_1"',
  '',
  'preamble',
  '--=_1',
  'Content-Type: multipart/alternative; boundary="=_12"',
  '',
  '--=_12',
  'Content-Type: text/html',
  '',
  '<p>html words</p>',
  '--=_12',
  'content-TYPE: Text/Plain; charset="utf-8"',
  'Content-Transfer-Encoding: BASE64',
  '',
  '5LiA5LiqIHBsYWlu',
  'IHdvcmQ=',
  '--=_12--',
  '--=_1',
  'Content-Type: text/plain',
  'Content-Disposition: attachment; filename=a.txt',
  '',
  'attached words',
  '--=_1--',
  'epilogue',
];
