import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Report } from './measure.ts';

/** SVG pictures of a report, as markup. Drawn without a browser; text in them is the library's own escaping. */
export function plots({ ranking, calibration }: Report): { title: string; svg: string }[] {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const draw = (x: string, y: string, marks: Plot.Markish[]): string => {
    const options = { document, width: 420, height: 320, grid: true };
    return Plot.plot({ ...options, x: { label: x, domain: [0, 1] }, y: { label: y, domain: [0, 1] }, marks }).outerHTML;
  };
  const diagonal = Plot.line(
    [
      [0, 0],
      [1, 1],
    ],
    { strokeOpacity: 0.3 },
  );
  const roc = Plot.line(ranking.curve, { x: 'falsePositiveRate', y: 'truePositiveRate' });
  const trade = Plot.line(ranking.curve, { x: 'truePositiveRate', y: 'precision' });
  const dots = Plot.dot(calibration.bins, { x: 'meanPosterior', y: 'spamShare' });
  return [
    { title: 'Spam found against false alarms (ROC)', svg: draw('false alarms', 'spam found', [diagonal, roc]) },
    { title: 'Precision against recall', svg: draw('recall', 'precision', [trade]) },
    { title: 'Are the percentages true? (reliability)', svg: draw('said', 'true', [diagonal, dots]) },
  ];
}
