import { foldString } from '../text/fold.ts';

/** Names that anyone writes beside such words: formats, places of the net, units. */
const COMMON = new Set(
  'app apk www com net org html http https vip hd fhd uhd 4k mp3 mp4 18 cam live video videos online tv pc ios android wifi sex porn xxx jav a v av ok qq'.split(
    ' ',
  ),
);
/** Letters and digits in one word: `hg8868`, `win88`, `pk10`. */
const MIXED = /(?<![\p{L}\p{N}])(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{4,20}(?![\p{Script=Latin}\p{N}])/gu;
/** A Latin word that touches letters of another script. */
const FOREIGN =
  /(?<=[\p{Script=Han}\p{Script=Thai}\p{Script=Hangul}\p{Script=Cyrillic}]\s?)[a-z]{3,20}(?![\p{Script=Latin}\p{N}])|(?<![\p{L}\p{N}])[a-z]{3,20}(?=\s?[\p{Script=Han}\p{Script=Thai}\p{Script=Hangul}\p{Script=Cyrillic}])/gu;
/** A number glued to two Han letters: the name of a series. */
const SERIES = /(?<![\p{L}\p{N}])\d{2,5}\p{Script=Han}{2}/gu;

/**
 * Names in a span that look like brands: words of letters and digits, Latin words amid another script, numbers glued to Han
 * letters, and the first label of hosts. Folded, each once; which of them are names shows when they recur.
 */
export function brandsOf(text: string, hosts: readonly string[]): Set<string> {
  const folded = foldString(text.replace(/<[^<>]*>/g, '|'));
  const bare = hosts.reduce((rest, host) => rest.replaceAll(host, ' '), folded);
  const found = [MIXED, FOREIGN, SERIES].flatMap((pattern) => bare.match(pattern) ?? []);
  const labels = hosts.map((host) => host.split('.')[0]).filter((label) => label.length >= 4);
  return new Set([...found, ...labels].filter((name) => !COMMON.has(name)));
}
