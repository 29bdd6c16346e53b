import { SARIF_SCHEMA } from '../audit/report-sarif.ts';
import { NEWLINE_SEQUENCES, TextLines } from '../audit/text-lines.ts';
import { builtinRules } from '../rules/sets/index.ts';
import type { Span } from '../text/span.ts';
import type { InjectedSpan, Verdict } from '../verdict/verdict.ts';
import { VERSION } from '../version.ts';

/** Verdicts as a SARIF 2.1.0 log: one result a span, columns in UTF-16 units, with the removal as a fix. */
export function formatSarif(checked: readonly { readonly verdict: Verdict; readonly source: string }[]) {
  const results = checked.flatMap(({ verdict, source }) => {
    const lines = new TextLines(source);
    return verdict.spans.map((span) => resultOf(verdict.id, span, source, lines));
  });
  const [first, ...others] = NEWLINE_SEQUENCES;
  const newlineSequences: [string, ...string[]] = [first, ...others];
  return {
    $schema: SARIF_SCHEMA,
    version: '2.1.0' as const,
    runs: [{ tool: { driver: driver() }, columnKind: 'utf16CodeUnits' as const, newlineSequences, results }],
  };
}

function driver() {
  const rules = builtinRules.rules.map(({ id, description }) => ({ id, shortDescription: { text: description } }));
  return {
    name: 'linesieve',
    version: VERSION,
    rules: [{ id: 'injected-span', shortDescription: { text: 'Text that was injected into the document' } }, ...rules],
  };
}

function resultOf(id: string, span: InjectedSpan, source: string, lines: TextLines) {
  const { category, logOdds, posterior, reasons } = span;
  const artifactLocation = { uri: encodeURI(id.toWellFormed()) };
  return {
    ruleId: 'injected-span',
    level: span.action === 'remove' ? ('error' as const) : ('warning' as const),
    message: { text: `Injected ${category} text, P(spam) ${posterior.toFixed(4)}` },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(span, source, lines) } }],
    fixes: [
      {
        description: { text: 'Remove the injected text' },
        artifactChanges: oneOrMore({ artifactLocation, replacements: replacementsOf(span, source, lines) }),
      },
    ],
    properties: { category, logOdds, posterior, reasons: reasons.map((reason) => ({ ...reason })) },
  };
}

function replacementsOf(span: InjectedSpan, source: string, lines: TextLines) {
  const [first, ...rest] = (span.pieces ?? [span]).map((piece) => ({ deletedRegion: regionOf(piece, source, lines) }));
  return oneOrMore(first, ...rest);
}

function regionOf({ start, end }: Span, source: string, lines: TextLines) {
  return {
    ...lines.regionOf({ start, end }),
    charOffset: start,
    charLength: end - start,
    snippet: { text: source.slice(start, end).toWellFormed() },
  };
}

function oneOrMore<T>(...list: [T, ...T[]]): [T, ...T[]] {
  return list;
}
