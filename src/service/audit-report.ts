import { composeReports, type RunFigures } from '../audit/compose-reports.ts';
import { FirstReading } from '../audit/first-reading.ts';
import type { FindingRow, FoundSpan } from '../audit/finding-row.ts';
import { keyOf } from '../audit/source.ts';
import type { OpenText } from '../audit/text-sink.ts';
import type { AuditFolder } from './audit-folder.ts';
import { sha256Hex } from '../sha256.ts';

interface AuditReports {
  readonly rows: () => AsyncIterable<FindingRow>;
  readonly folder: AuditFolder;
  readonly figures: RunFigures;
}

/** Writes the reports of an audit into its folder; gives what summary.json says. */
export async function writeAuditReports({ rows, folder, figures }: AuditReports): Promise<Record<string, unknown>> {
  const reading = new FirstReading();
  for await (const row of rows())
    reading.add(row, await Promise.all(row.spans.map((span) => fingerprintOf(row, span))));
  const judgement = { baseline: null, suppressions: new Map() };
  return await composeReports({ reading, rows: rows(), figures, judgement, open: sinksOf(folder) });
}

/** As the command line makes it. */
async function fingerprintOf({ place }: FindingRow, { text }: FoundSpan): Promise<string> {
  return (await sha256Hex(`${keyOf(place)}\n${text}`)).slice(0, 32);
}

/** Texts are gathered and put in one piece: reports bound themselves to some megabytes. */
function sinksOf(folder: AuditFolder): OpenText {
  return (name) => {
    const parts: string[] = [];
    const encoder = new TextEncoder();
    const sink = {
      bytes: 0,
      async write(text: string) {
        parts.push(text);
        sink.bytes += encoder.encode(text).length;
        return await Promise.resolve();
      },
      close: () => folder.putReport(name, parts.join('')),
    };
    return sink;
  };
}
