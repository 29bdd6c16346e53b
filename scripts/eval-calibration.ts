import { lengthBand } from '../src/evaluation/slices.ts';
import { calibrationError, reliability, type Forecast } from '../src/evaluation/reliability.ts';
import type { JudgedLine } from './eval-lines.ts';

/** What policies are calibrated for: one injected line in a hundred. */
const PREVALENCE = 0.01;

/**
 * Expected calibration error of line posteriors: over all lines, and over those in which something was found. Both at the mix of the
 * corpora and at the prevalence that the map was fitted for. `byLength` and `byGroup` are at that prevalence; a group is its spam
 * against all honest lines.
 */
export function calibrationFigures(
  honest: readonly JudgedLine[],
  groups: Readonly<Record<string, readonly JudgedLine[]>>,
) {
  const spam = Object.values(groups).flat();
  const lines = [...honest, ...spam];
  const found = lines.filter(isFinding);
  const banded = lines.map((line) => ({ ...line, text: { length: line.length } as string }));
  const bands = [...Map.groupBy(banded, lengthBand)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    mix: rounded(spam.length / lines.length),
    prevalence: PREVALENCE,
    'all lines, at the mix': errorOf(lines),
    'all lines, at the prevalence': errorOf(lines, PREVALENCE),
    'lines with a finding, at the mix': errorOf(found),
    'lines with a finding, at the prevalence': errorOf(found, prevalenceAmong(isFinding, spam, honest)),
    bins: reliability(lines, PREVALENCE).map(({ lines: count, mass, meanPosterior, spamShare }) => ({
      lines: count,
      mass: rounded(mass),
      said: rounded(meanPosterior),
      true: rounded(spamShare),
    })),
    byLength: Object.fromEntries(bands.map(([band, group]) => [band, errorOf(group, PREVALENCE)])),
    byGroup: Object.fromEntries(
      Object.entries(groups).map(([name, group]) => [name, errorOf([...honest, ...group], PREVALENCE)]),
    ),
  };
}

/** Lines with a stretch that segmentation takes out rank above 1 (`rankOf`): what the map was fitted on. */
function isFinding({ score }: JudgedLine): boolean {
  return score > 1;
}

/** Share of spam among chosen lines where one line in a hundred is spam: classes are chosen from unequally. */
function prevalenceAmong(
  chosen: (line: JudgedLine) => boolean,
  spam: readonly JudgedLine[],
  honest: readonly JudgedLine[],
): number {
  const share = (lines: readonly JudgedLine[]): number => lines.filter(chosen).length / lines.length;
  const [bad, good] = [PREVALENCE * share(spam), (1 - PREVALENCE) * share(honest)];
  return bad / (bad + good);
}

function errorOf(lines: readonly Forecast[], prevalence?: number): number {
  return rounded(calibrationError(reliability(lines, prevalence)));
}

function rounded(value: number): number {
  return Number(value.toFixed(5));
}
