import type { Suppression } from './suppressions.ts';
import type { BaselineState } from './baseline.ts';
import type { FindingRow, FoundSpan } from './finding-row.ts';

/** What code scanning takes: 25,000 results a run. More are counted, not written. */
export const MOST_SARIF_RESULTS = 25_000;
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** The head of a SARIF 2.1.0 log up to its results, so that these can be streamed; `SARIF_TAIL` closes it. */
export function sarifHead(version: string, leftOut: number): string {
  const driver = {
    name: 'linesieve',
    version,
    rules: [{ id: 'injected-span', shortDescription: { text: 'Text that was injected into the document' } }],
  };
  const head = { tool: { driver }, columnKind: 'utf16CodeUnits', properties: { resultsLeftOut: leftOut } };
  return `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[${JSON.stringify(head).slice(0, -1)},"results":[`;
}

export const SARIF_TAIL = ']}]}\n';

/** What is known of a span beyond its row. */
export interface SarifContext {
  readonly campaign: string;
  readonly fingerprint: string;
  /** `null` without a baseline. */
  readonly state: BaselineState | null;
  readonly suppression: Suppression | null;
}

/** One result; regions count UTF-16 units of the content as the source gave it. */
export function sarifResult(
  row: FindingRow,
  span: FoundSpan,
  { campaign, fingerprint, state, suppression }: SarifContext,
): string {
  const { source, entry, field } = row.place;
  const uri = encodeURI(source.replaceAll('\\', '/'));
  const logical = entry === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: [entry, field].join('#') }] };
  const region = { charOffset: span.start, charLength: span.end - span.start, snippet: { text: span.text } };
  const deleted = (span.pieces ?? [span]).map(({ start, end }) => ({
    deletedRegion: { charOffset: start, charLength: end - start },
  }));
  const changes = [{ artifactLocation: { uri }, replacements: deleted }];
  const wholeFile = entry === undefined;
  return JSON.stringify({
    ruleId: 'injected-span',
    level: span.action === 'remove' ? 'error' : 'warning',
    message: { text: `Injected ${span.category} text, P(spam) ${span.posterior.toFixed(4)}, campaign ${campaign}` },
    locations: [{ physicalLocation: { artifactLocation: { uri }, ...(wholeFile ? { region } : {}) }, ...logical }],
    ...(state === null ? {} : { baselineState: state }),
    suppressions: suppression === null ? [] : [suppressedBy(suppression)],
    partialFingerprints: { 'linesieve/v1': fingerprint },
    ...(wholeFile ? { fixes: [{ description: { text: 'Remove the injected text' }, artifactChanges: changes }] } : {}),
    properties: { id: row.id, category: span.category, campaign, position: span.position, posterior: span.posterior },
  });
}

function suppressedBy({ author, reason, expires }: Suppression): object {
  return { kind: 'external', status: 'accepted', justification: reason, properties: { author, expires } };
}
