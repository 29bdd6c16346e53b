/**
 * `npm run -s bench:peers [-- --json]`: linesieve beside other filters, on the same lines in one run. Prints a table in Markdown. Needs the
 * corpora; programs that are not installed get a line that says so. Some eight minutes.
 */
import { automaton } from './automaton.ts';
import { bogofilter } from './bogofilter.ts';
import { fasttext } from './fasttext.ts';
import { peerLines } from './lines.ts';
import { linesieve, shipped } from './linesieve.ts';
import { measurePeer, type PeerFigures } from './measure.ts';
import { natural } from './natural.ts';
import { rspamd } from './rspamd.ts';
import { spamassassin } from './spamassassin.ts';
import { wink } from './wink.ts';

const PEERS = [linesieve, shipped, fasttext, wink, bogofilter, spamassassin, rspamd, natural, automaton];

const lines = await peerLines();
const rows: (PeerFigures | { readonly name: string; readonly why: string })[] = [];
for (const peer of PEERS) {
  console.error(peer.name);
  rows.push((await measurePeer(peer, lines)) ?? { name: peer.name, why: 'not installed' });
}
console.log(process.argv.includes('--json') ? JSON.stringify(rows, null, 2) : table());

function table(): string {
  const first = rows.find((row): row is PeerFigures => 'linesPerSecond' in row);
  const head = [
    'filter',
    'learned',
    'phrases at 1 in 1,000',
    'at 1 in 10,000',
    'lists',
    'lists behind a paragraph',
    'lines/s ÷ linesieve',
    'MB/s',
    'training',
    'kB',
    'spans',
  ];
  return [head, head.map(() => '---'), ...rows.map((row) => cells(row, first?.linesPerSecond ?? 1))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function cells(row: (typeof rows)[number], ours: number): string[] {
  if ('why' in row) return [row.name, row.why, ...Array.from({ length: 9 }, () => '')];
  return [
    row.name,
    row.learned,
    row.phrasesAt1000 ?? '–',
    row.phrasesAt10000 ?? '–',
    row.listsAt10000 ?? '–',
    row.gluedAt10000 ?? '–',
    (row.linesPerSecond / ours).toPrecision(2),
    row.megabytesPerSecond.toPrecision(2),
    `${row.trainingSeconds.toPrecision(2)} s`,
    String(Math.round(row.bytes / 1000)),
    row.spans,
  ];
}
