import { Distinct } from '../bayes/distinct.ts';
import { BUCKETS, FeatureList, listFeatures } from '../bayes/features.ts';
import { FoldedLine } from '../text/fold.ts';
import { linesOf } from '../text/lines.ts';
import { unitClass } from '../text/unit.ts';

/** Reads the lines of samples as the model counts lines: folded, each feature once. Reused from line to line. */
export class SampleLine {
  readonly folded = new FoldedLine();
  readonly features = new FeatureList();
  readonly #distinct = new Distinct(BUCKETS);

  /** Calls `visit` for each line of the text that has a feature; `ids` are distinct and good until it returns. */
  forEach(text: string, visit: (ids: Uint32Array, length: number) => void): void {
    for (const { start, end } of linesOf(text)) {
      this.read(text, start, end);
      const length = this.#distinct.keep(this.features.ids, this.features.length);
      if (length > 0) visit(this.features.ids, length);
    }
  }

  /** Folds a line and lists every occurrence of its features. */
  read(text: string, start: number, end: number): void {
    this.folded.fold(text, start, end);
    listFeatures(this.folded.units, this.folded.length, unitClass, this.features);
  }
}
