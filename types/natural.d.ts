/** The classifier alone: the front door of `natural` loads every module it has (0.7 s, 150 MB) and prints to stdout. */
declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  export default class BayesClassifier {
    /** `smoothing` is added to every count, 1 where it is left out. */
    constructor(stemmer?: undefined, smoothing?: number);
    addDocument(tokens: readonly string[], label: string): void;
    train(): void;
    classify(tokens: readonly string[]): string;
    /** Best first; `value` is the product of the probabilities, 0 where it underflows. */
    getClassifications(tokens: readonly string[]): { label: string; value: number }[];
  }
}
