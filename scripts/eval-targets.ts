import type { EngineStamp } from '../src/verdict/verdict.ts';
import type { calibrationFigures } from './eval-calibration.ts';
import type { DocumentFigures } from './eval-documents.ts';
import type { falseAlarms } from './eval-honest.ts';
import type { recall } from './eval-lines.ts';
import type { RuleFigures } from './eval-rules.ts';
import type { recallAtBudgets } from './eval-ranking.ts';

type Recall = ReturnType<typeof recall>;

/** Everything that `eval:corpora` measures. */
export interface CorpusReport {
  readonly part: 'dev' | 'held';
  readonly engine: EngineStamp;
  readonly honest: ReturnType<typeof falseAlarms>;
  readonly recall: Readonly<Record<string, Recall>>;
  readonly 'recall at budgets': ReturnType<typeof recallAtBudgets>;
  readonly calibration: ReturnType<typeof calibrationFigures>;
  readonly obfuscated: Readonly<Record<string, Recall>>;
  readonly documents: Readonly<Record<string, DocumentFigures>>;
  /** Percent by verdict. */
  readonly 'spam through and through': Readonly<Record<string, number>>;
  readonly 'titles in a list, wholly found': { readonly titles: number; readonly found: number };
  readonly rules: RuleFigures;
}

interface Target {
  readonly figure: string;
  readonly measured: number;
  readonly wanted: number;
  readonly most: boolean;
}

/** What is wanted of the held-out half, with what was measured, as a table in Markdown. Misses are bold. */
export function targetTable(report: CorpusReport): string {
  const rows = targets(report).map(({ figure, measured, wanted, most }) => {
    const met = most ? measured <= wanted : measured >= wanted;
    const written = String(Number(measured.toPrecision(5)));
    return `| ${figure} | ${met ? written : `**${written}**`} | ${most ? '≤' : '≥'} ${wanted} |`;
  });
  return ['| figure | measured | wanted |', '|---|---|---|', ...rows].join('\n');
}

function targets(report: CorpusReport): Target[] {
  const { honest, documents, calibration } = report;
  const found = (name: string): number => report.recall[name]?.found ?? NaN;
  const [list, titled] = ['list at the tail', 'list with titles at the tail'].map((name) => documents[name]);
  const shares = Object.values(report.obfuscated).map((figures) => figures.found);
  return [
    most('honest lines removed, per 100,000', honest.all.removedPer100k, 2),
    most('honest lines sent to review, per 100,000', honest.all.reviewPer100k, 30),
    most('hard negatives removed, per 100,000', honest['hard-negative'].removedPer100k, 10),
    most('hard negatives sent to review, per 100,000', honest['hard-negative'].reviewPer100k, 150),
    most('crude but honest lines removed, per 100,000', honest['crude sources'].removedPer100k, 20),
    least('adult zh, composed lists, % found', found('adult zh, composed lists'), 99.9),
    least('adult zh, single phrases, % found', found('adult zh, single phrases of 5 or more'), 92),
    least('adult en, titles alone, % found', found('adult en, titles'), 40),
    least('titles in a list, % wholly found', report['titles in a list, wholly found'].found, 97),
    least('gambling zh, phrases, % found', found('gambling zh, phrases'), 95),
    least('gambling id, comments, % found', found('gambling id, comments'), 95),
    least('obfuscated lists, worst transform, % found', Math.min(...shares), 95),
    least('obfuscated lists, mean, % found', shares.reduce((sum, share) => sum + share, 0) / shares.length, 99),
    least('documents with a list, % exact', 100 * list.exact, 98.5),
    least('documents with a list, % within 3', 100 * list.within3, 99.5),
    least('… precision of characters', list.precision, 0.999),
    least('… recall of characters', list.recall, 0.997),
    most('… clean ones flagged, %', 100 * list.cleanFlagged, 0.05),
    least('documents with titles in the list, % exact', 100 * titled.exact, 90),
    least('… recall of characters', titled.recall, 0.97),
    most('calibration error, all lines at the prevalence', calibration['all lines, at the prevalence'], 0.01),
    most('calibration error, all lines at the mix', calibration['all lines, at the mix'], 0.01),
    most('calibration error, worst length', Math.max(...Object.values(calibration.byLength)), 0.01),
    most('calibration error, worst kind of spam', Math.max(...Object.values(calibration.byGroup)), 0.01),
  ];
}

function most(figure: string, measured: number, wanted: number): Target {
  return { figure, measured, wanted, most: true };
}

function least(figure: string, measured: number, wanted: number): Target {
  return { figure, measured, wanted, most: false };
}
