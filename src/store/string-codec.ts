/**
 * SQLite keeps UTF-8, so a lone surrogate would come back as U+FFFD and two different strings would become one; NUL ends a string
 * for some of its functions. Such units are written as U+FDD0 (a code point that Unicode gives to nobody) and four hexadecimal
 * digits, U+FDD0 itself too. Every string has one encoding, most are their own.
 */
const ODD = /[\0\uFDD0]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const ESCAPED = /\uFDD0([0-9a-f]{4})/g;

export function encodeString(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes('\uFDD0')) return text;
  return text.replace(ODD, (unit) => `\uFDD0${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function decodeString(text: string): string {
  if (!text.includes('\uFDD0')) return text;
  return text.replace(ESCAPED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
