/** The octets that a transfer encoding stands for; `null` for an encoding that is not known. */
export function decodeTransfer(octets: string, encoding: string): string | null {
  switch (encoding) {
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return octets;
    case 'quoted-printable':
      return decodeQuotedPrintable(octets);
    case 'base64':
      return decodeBase64(octets);
    default:
      return null;
  }
}

/** RFC 2045 §6.7; what is no escape stays as it is. */
function decodeQuotedPrintable(octets: string): string {
  return octets
    .split('\n')
    .map(withoutBlanks)
    .join('\n')
    .replaceAll('=\n', '')
    .replaceAll(/=([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** `trimEnd` would take octets that are no blanks in their charset, such as 0xA0. */
function withoutBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && ' \t\r'.includes(line[end - 1])) end--;
  return line.slice(0, end);
}

/** What stands outside the alphabet is passed over, and what a cut left of the last group is dropped. */
function decodeBase64(octets: string): string {
  const end = octets.indexOf('=');
  const digits = (end < 0 ? octets : octets.slice(0, end)).replaceAll(/[^a-z\d+/]/gi, '');
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}
