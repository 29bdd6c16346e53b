import type { LabelledLine } from '../../src/training/scaling.ts';

/** A filter that linesieve is measured beside. */
export interface Peer {
  readonly name: string;
  /** `no`, or what of a text it can point at. */
  readonly spans: string;
  /** What it learned from where that is not the lines of the bench. */
  readonly learned?: string;
  /** The most lines that it trains on and is measured on within minutes; all where left out. */
  readonly trains?: number;
  readonly measures?: number;
  /** Learns the lines; `null` where the program is not installed. */
  train(lines: readonly LabelledLine[]): Promise<TrainedPeer | null>;
}

export interface TrainedPeer {
  /** Bytes that it keeps of what it learned. */
  readonly bytes: number;
  /** The higher, the more spam; a number for each line, in order. */
  score(lines: readonly string[]): number[] | Promise<number[]>;
  /** Removes what it left on the disk and stops what it left running. */
  close(): void | Promise<void>;
}
