import type { KnownFinding } from './baseline.ts';
import { reasonsText, repeatedWeight, type Finding } from './finding.ts';
import type { Place } from './source.ts';
import type { Suppression } from './suppressions.ts';
import { NEWLINE_SEQUENCES } from './text-lines.ts';

/** What code scanning takes: 25,000 results a run. More are counted, not written. */
export const MOST_SARIF_RESULTS = 25_000;
export const SARIF_SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** Log-odds of a rank of 100: nothing is surer. The order of the weights is kept, their size is not. */
const HIGHEST = 60;

/** Bytes of the results: what uploads take (10 MB packed) with room to spare. */
export const MOST_SARIF_BYTES = 64 * 1024 * 1024;

/** A run without its results. */
export function sarifRun(version: string) {
  const rules = [
    rule('injected-span', 'Text that was injected into the document'),
    rule('boilerplate', 'A line of the site itself that resembles injected text, on many pages'),
  ];
  return {
    tool: { driver: { name: 'linesieve', version, rules } },
    columnKind: 'utf16CodeUnits' as const,
    newlineSequences: oneOrMore(...NEWLINE_SEQUENCES),
  };
}

/** The head of a SARIF 2.1.0 log up to its results, so that these can be streamed; `sarifTail` closes it. */
export function sarifHead(version: string): string {
  const run = JSON.stringify(sarifRun(version)).slice(0, -1);
  return `{"$schema":${JSON.stringify(SARIF_SCHEMA)},"version":"2.1.0","runs":[${run},"results":[`;
}

/** `leftOut`: results that are in findings.ndjson only. */
export function sarifTail(leftOut: number): string {
  const properties = { resultsLeftOut: leftOut, allResults: 'findings.ndjson' };
  return `],"properties":${JSON.stringify(properties)}}]}\n`;
}

/** One result; regions count UTF-16 units of the content as the source gave it. */
export function sarifResult(finding: Finding) {
  const { row, span, campaign, fingerprint, state, suppression, pages } = finding;
  const { category, action, posterior, position } = span;
  const isFile = row.place.entry === undefined;
  return {
    ruleId: 'injected-span',
    level: action === 'remove' ? ('error' as const) : ('warning' as const),
    message: { text: `Injected ${category} text, P(spam) ${posterior.toFixed(4)}, campaign ${campaign}` },
    locations: [locationOf(row.place, isFile ? regionOf(finding) : null)],
    ...(state === null ? {} : { baselineState: state }),
    suppressions: suppression === null ? [] : [suppressedBy(suppression)],
    partialFingerprints: { 'linesieve/v1': fingerprint },
    rank: rankOf(finding),
    ...(isFile ? { fixes: [fixOf(finding)] } : {}),
    properties: { id: row.id, category, campaign, position, posterior, pages, reasons: reasonsText(finding) },
  };
}

/** Boilerplate as one result, at the first page it stands on: for a look, not a failure. */
export function sarifBoilerplate({ row, span, fingerprint, pages }: Finding) {
  const shown = span.text.slice(0, 100);
  return {
    ruleId: 'boilerplate',
    kind: 'review' as const,
    level: 'none' as const,
    message: { text: `A line of the site on ${pages} pages, below certainty: ${shown}` },
    locations: [locationOf(row.place, null)],
    occurrenceCount: pages,
    partialFingerprints: { 'linesieve/v1': fingerprint },
    properties: { id: row.id, category: span.category, posterior: span.posterior },
  };
}

/** A finding of the baseline that is there no more. */
export function sarifAbsent({ fingerprint, place, category, text }: KnownFinding) {
  return {
    ruleId: 'injected-span',
    level: 'none' as const,
    kind: 'pass' as const,
    message: { text: `Gone since the baseline: ${category} text, ${text.slice(0, 100)}` },
    locations: [{ logicalLocations: [{ fullyQualifiedName: place }] }],
    baselineState: 'absent' as const,
    partialFingerprints: { 'linesieve/v1': fingerprint },
  };
}

function rule(id: string, text: string) {
  return { id, shortDescription: { text } };
}

function uriOf({ source }: Place): string {
  return encodeURI(source.replaceAll('\\', '/').toWellFormed());
}

function locationOf(place: Place, region: ReturnType<typeof regionOf> | null) {
  const { entry, field } = place;
  const name = [entry, field].filter((part) => part !== undefined).join('#');
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(place) }, ...(region === null ? {} : { region }) },
    ...(entry === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: name }] }),
  };
}

function regionOf({ span }: Finding) {
  const { start, end, text, region } = span;
  return { ...region, charOffset: start, charLength: end - start, snippet: { text: text.toWellFormed() } };
}

/** Deletions of the parts that go so that markup stays well-formed. */
function fixOf({ row, span }: Finding) {
  const [first, ...rest] = (span.pieces ?? [span]).map(({ start, end }) => ({
    deletedRegion: { charOffset: start, charLength: end - start },
  }));
  return {
    description: { text: 'Remove the injected text' },
    artifactChanges: oneOrMore({
      artifactLocation: { uri: uriOf(row.place) },
      replacements: oneOrMore(first, ...rest),
    }),
  };
}

function oneOrMore<T>(...list: [T, ...T[]]): [T, ...T[]] {
  return list;
}

function rankOf(finding: Finding): number {
  const weight = finding.span.logOdds + repeatedWeight(finding);
  return Math.round(Math.min(100, Math.max(0, (100 * weight) / HIGHEST)) * 10) / 10;
}

function suppressedBy({ author, reason, expires }: Suppression) {
  return {
    kind: 'external' as const,
    status: 'accepted' as const,
    justification: reason,
    properties: { author, expires },
  };
}
