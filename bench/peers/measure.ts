import { recallAbove, thresholdFor, written } from '../../scripts/eval-ranking.ts';
import type { PeerLines } from './lines.ts';
import type { Peer, TrainedPeer } from './peer.ts';

export interface PeerFigures {
  readonly name: string;
  readonly spans: string;
  readonly learned: string;
  readonly honestLines: number;
  /** Percent with its 95 % interval; `null` where too few honest lines were judged to know. */
  readonly phrasesAt1000: string | null;
  readonly phrasesAt10000: string | null;
  readonly listsAt10000: string | null;
  /** Lists behind an honest paragraph. */
  readonly gluedAt10000: string | null;
  readonly trainingSeconds: number;
  readonly bytes: number;
  /** Of honest lines. */
  readonly linesPerSecond: number;
  readonly megabytesPerSecond: number;
}

/** What a peer finds of the held-out spam at two rates of false positives, and how fast; `null` where it is not installed. */
export async function measurePeer(peer: Peer, lines: PeerLines): Promise<PeerFigures | null> {
  const training = lines.training.slice(0, peer.trains);
  const began = performance.now();
  const trained = await peer.train(training);
  if (trained === null) return null;
  const trainingSeconds = (performance.now() - began) / 1000;
  try {
    return {
      name: peer.name,
      spans: peer.spans,
      learned: peer.learned ?? `${training.length} lines`,
      trainingSeconds,
      bytes: trained.bytes,
      ...(await measureTrained(trained, lines, lines.honest.slice(0, peer.measures))),
    };
  } finally {
    await trained.close();
  }
}

async function measureTrained(trained: TrainedPeer, lines: PeerLines, honest: readonly string[]) {
  const phrases = await trained.score(lines.phrases);
  const lists = await trained.score(lines.lists);
  const glued = await trained.score(lines.glued);
  const began = performance.now();
  const scores = await trained.score(honest);
  const seconds = (performance.now() - began) / 1000;
  const at = (spam: readonly number[], one: number): string | null =>
    honest.length < one ? null : written(recallAbove(spam, thresholdFor(scores, 100_000 / one)));
  return {
    honestLines: honest.length,
    phrasesAt1000: at(phrases, 1000),
    phrasesAt10000: at(phrases, 10_000),
    listsAt10000: at(lists, 10_000),
    gluedAt10000: at(glued, 10_000),
    linesPerSecond: honest.length / seconds,
    megabytesPerSecond: honest.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / seconds / 1e6,
  };
}
