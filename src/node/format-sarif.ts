import { builtinRules } from '../rules/sets/index.ts';
import { VERSION } from '../sieve.ts';
import type { InjectedSpan, Verdict } from '../verdict/verdict.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Verdicts as a SARIF 2.1.0 log: one result a span, columns in UTF-16 units, with the removal as a fix. */
export function formatSarif(checked: readonly { readonly verdict: Verdict; readonly source: string }[]): object {
  const results = checked.flatMap(({ verdict, source }) =>
    verdict.spans.map((span) => resultOf(verdict.id, span, source)),
  );
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{ tool: { driver: driver() }, columnKind: 'utf16CodeUnits', results }],
  };
}

function driver(): object {
  const rules = builtinRules.rules.map(({ id, description }) => ({ id, shortDescription: { text: description } }));
  return {
    name: 'linesieve',
    version: VERSION,
    rules: [{ id: 'injected-span', shortDescription: { text: 'Text that was injected into the document' } }, ...rules],
  };
}

function resultOf(uri: string, span: InjectedSpan, source: string): object {
  const region = regionOf(span, source);
  const deleted = (span.pieces ?? [span]).map((piece) => ({ deletedRegion: regionOf(piece, source) }));
  return {
    ruleId: 'injected-span',
    level: span.action === 'remove' ? 'error' : 'warning',
    message: { text: `Injected ${span.category} text, P(spam) ${span.posterior.toFixed(4)}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(uri) }, region } }],
    fixes: [
      {
        description: { text: 'Remove the injected text' },
        artifactChanges: [{ artifactLocation: { uri: encodeURI(uri) }, replacements: deleted }],
      },
    ],
    properties: { category: span.category, logOdds: span.logOdds, posterior: span.posterior, reasons: span.reasons },
  };
}

function regionOf({ start, end }: { readonly start: number; readonly end: number }, source: string): object {
  const before = source.slice(0, start).split(/\r\n|[\n\r\u2028\u2029]/);
  const within = source.slice(start, end).split(/\r\n|[\n\r\u2028\u2029]/);
  const startColumn = (before.at(-1)?.length ?? 0) + 1;
  const last = within.at(-1)?.length ?? 0;
  return {
    startLine: before.length,
    startColumn,
    endLine: before.length + within.length - 1,
    endColumn: within.length === 1 ? startColumn + last : last + 1,
    charOffset: start,
    charLength: end - start,
    snippet: { text: source.slice(start, end) },
  };
}
