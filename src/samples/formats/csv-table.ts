import { textOfCell } from './csv-cell.ts';
import { csvRecords } from './csv-records.ts';
import type { TextSource } from './text-lines.ts';

/** A record by the names of its header, or why it has none. */
export interface TableRow {
  readonly place: string;
  readonly cells: ReadonlyMap<string, string>;
  readonly error?: string;
}

/**
 * The records under a header, which must have a column of each of `needed` (a list: one of them). Without it there is one error row and
 * nothing else. A record with more cells than the header is refused: a delimiter in its text has cut it.
 */
export async function* tableRows(
  source: TextSource,
  name: string,
  needed: readonly (readonly string[])[],
): AsyncGenerator<TableRow> {
  let header: readonly string[] | null = null;
  for await (const { line, cells, error } of csvRecords(source)) {
    const place = `${name}:${line}`;
    if (error !== undefined) yield failed(place, error);
    else if (header !== null) yield rowOf(header, cells, place);
    else {
      header = cells.map((cell) => cell.trim());
      const complaint = complaintOf(header, needed);
      if (complaint !== null) {
        yield failed(place, complaint);
        return;
      }
    }
  }
}

function rowOf(header: readonly string[], cells: readonly string[], place: string): TableRow {
  if (cells.length > header.length) {
    return failed(
      place,
      `${cells.length} cells under a header of ${header.length}; quote cells that hold the delimiter`,
    );
  }
  return { place, cells: new Map(cells.map((cell, at) => [header[at], textOfCell(cell)])) };
}

function complaintOf(header: readonly string[], needed: readonly (readonly string[])[]): string | null {
  const missing = needed.filter((names) => !names.some((name) => header.includes(name)));
  if (missing.length > 0) {
    const wanted = missing.map((names) => names.join(' or ')).join(', and of ');
    return `no column of ${wanted} in a header of ${header.slice(0, 20).join(', ').slice(0, 300)}; name the columns`;
  }
  const twice = header.find((name, at) => name !== '' && header.indexOf(name) !== at);
  return twice === undefined ? null : `the header names ${twice} twice; rename one`;
}

function failed(place: string, error: string): TableRow {
  return { place, cells: new Map(), error };
}
