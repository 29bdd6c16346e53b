/**
 * A part of a double-byte character set: bytes that lead, bytes that trail, and the share of a text in that set that its characters make up.
 * The makers of these sets put the characters of every day into rows of their own, so that rows tell the sets apart.
 */
interface Part {
  readonly lead: Bytes;
  readonly trail: Bytes;
  readonly share: number;
}

type Bytes = readonly [from: number, to: number];

interface CharacterSet {
  readonly name: string;
  /** The first part that fits counts. */
  readonly parts: readonly Part[];
  /** The characters that such texts hold most, and what they make up of a text. */
  readonly frequent?: string;
  readonly frequentShare?: number;
  /** Share of the bytes from A1 to DF that are characters by themselves (half-width kana). */
  readonly kanaShare?: number;
  /** Nats that it has ahead of the others. */
  readonly headStart: number;
}

/** All trailing bytes of GB 2312 and KS X 1001. */
const HIGH: Bytes = [0xa1, 0xfe];
/** Those of the sets whose trailing bytes may be ASCII. */
const ANY: Bytes = [0x40, 0xfe];

/** GB18030 is by far the commonest here: another set has to be 150 times as likely (e^5), which takes five to ten characters of Korean. */
const SETS: readonly CharacterSet[] = [
  {
    name: 'gb18030',
    headStart: 5,
    frequent:
      '的一是了不在有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所得经日',
    frequentShare: 0.25,
    parts: [
      { lead: [0xb0, 0xd7], trail: HIGH, share: 0.5 },
      { lead: [0xa1, 0xa3], trail: HIGH, share: 0.08 },
      { lead: [0xd8, 0xf7], trail: HIGH, share: 0.015 },
      { lead: [0xa4, 0xa9], trail: HIGH, share: 0.001 },
      { lead: [0x81, 0xfe], trail: ANY, share: 0.03 },
    ],
  },
  {
    name: 'big5',
    headStart: 0,
    frequent:
      '的一是了不在有人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所得經日',
    frequentShare: 0.25,
    parts: [
      { lead: [0xa4, 0xc6], trail: ANY, share: 0.5 },
      { lead: [0xa1, 0xa3], trail: ANY, share: 0.08 },
      { lead: [0xc9, 0xf9], trail: ANY, share: 0.015 },
      { lead: [0x81, 0xfe], trail: ANY, share: 0.001 },
    ],
  },
  {
    name: 'euc-kr',
    headStart: 0,
    frequent:
      '이다는에의을가고하지한은로기사도를리자시인어있서나대정아스해그들부전수라보여장상일과주제만게원구면진화동비국적트무용니신',
    frequentShare: 0.45,
    parts: [
      { lead: [0xb0, 0xc8], trail: HIGH, share: 0.38 },
      { lead: [0xa1, 0xac], trail: HIGH, share: 0.015 },
      { lead: [0xca, 0xfd], trail: HIGH, share: 0.002 },
      { lead: [0x81, 0xc6], trail: ANY, share: 0.003 },
    ],
  },
  {
    name: 'shift_jis',
    headStart: 0,
    kanaShare: 0.002,
    parts: [
      { lead: [0x82, 0x82], trail: [0x9f, 0xf1], share: 0.4 },
      { lead: [0x83, 0x83], trail: [0x40, 0x96], share: 0.15 },
      { lead: [0x88, 0x98], trail: ANY, share: 0.27 },
      { lead: [0x81, 0x82], trail: ANY, share: 0.07 },
      { lead: [0x99, 0x9f], trail: ANY, share: 0.004 },
      { lead: [0xe0, 0xfc], trail: ANY, share: 0.004 },
    ],
  },
];

const KANA: Bytes = [0xa1, 0xdf];

/**
 * The legacy encodings that bytes may be in, the likeliest first: by how common the characters are that would stand there. Meant for texts that
 * are too short for statistics of their own; it does not tell whether every byte pair is assigned. O(bytes).
 */
export function likeliestEncodings(bytes: Uint8Array): string[] {
  return SETS.map((set) => ({ name: set.name, nats: set.headStart + likelihood(bytes, set) }))
    .filter(({ nats }) => nats > -Infinity)
    .sort((a, b) => b.nats - a.nats)
    .map(({ name }) => name);
}

/** In nats; -Infinity where bytes have no place in the set. ASCII is in all of them and tells nothing. */
function likelihood(bytes: Uint8Array, set: CharacterSet): number {
  const { kanaShare = 0 } = set;
  const decoder = new TextDecoder(set.name);
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] < 0x80) sum += ASCII;
    else if (kanaShare > 0 && within(bytes[at], KANA)) sum += Math.log(kanaShare / sizeOf(KANA));
    else {
      sum += pairLikelihood(bytes.subarray(at, at + 2), decoder, set);
      at++;
    }
  }
  return sum;
}

/** Any number, as long as all sets have the same: one may read as a trailing byte what another reads as ASCII. */
const ASCII = Math.log(0.15 / 97);

function pairLikelihood(
  pair: Uint8Array,
  decoder: TextDecoder,
  { parts, frequent = '', frequentShare = 0 }: CharacterSet,
): number {
  if (frequent.includes(decoder.decode(pair))) return Math.log(frequentShare / frequent.length);
  const part = parts.find(({ lead, trail }) => within(pair[0], lead) && within(pair[1] ?? 0, trail));
  return part === undefined ? -Infinity : Math.log(part.share / (sizeOf(part.lead) * sizeOf(part.trail)));
}

function within(byte: number, [from, to]: Bytes): boolean {
  return byte >= from && byte <= to;
}

function sizeOf([from, to]: Bytes): number {
  return to - from + 1;
}
