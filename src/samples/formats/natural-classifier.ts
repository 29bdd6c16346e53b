import type { NewSample } from '../sample.ts';

/** A labelled document as `natural` keeps it. On the first line of a sample that was exported the sample goes along, on its others `null`. */
export interface NaturalDocument {
  readonly label: string;
  readonly text: readonly string[];
  readonly sample?: NewSample | null;
}

/** What `JSON.stringify` makes of a `BayesClassifier` of natural 8.1, as far as `restore` needs it. */
export interface NaturalClassifier {
  readonly classifier: {
    /** By label, by the number of a token in `features`: lines that hold it, plus the smoothing. */
    readonly classFeatures: Readonly<Record<string, Readonly<Record<string, number>>>>;
    /** By label: lines, plus one. */
    readonly classTotals: Readonly<Record<string, number>>;
    readonly totalExamples: number;
    readonly smoothing: number;
  };
  readonly docs: readonly NaturalDocument[];
  readonly features: Readonly<Record<string, number>>;
  readonly stemmer: Readonly<Record<string, never>>;
  readonly lastAdded: number;
}
