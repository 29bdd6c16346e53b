/** To and from `natural`: its saved classifiers as samples, and samples as a classifier that it restores. */
export type { NaturalClassifier } from './formats/natural-classifier.ts';
export { naturalOfSamples, type NaturalExportOptions } from './formats/natural-export.ts';
export { samplesOfNatural, type LabelMeaning, type NaturalImportOptions } from './formats/natural-import.ts';
export { tokensOf } from './formats/natural-tokens.ts';
