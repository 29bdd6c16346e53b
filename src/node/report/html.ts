import type { Observation } from '../../evaluation/observation.ts';
import type { Slice } from '../../evaluation/slices.ts';
import type { Report } from './measure.ts';
import { plots } from './plots.ts';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .6rem;border-bottom:1px solid #8886;text-align:left}
mark{background:#fc06;color:inherit}svg{max-width:100%}@media print{body{max-width:none}}`;

/** One self-contained page: no script, no outside request. */
export function htmlReport(report: Report): string {
  const { overall, boundaries, slices, errors } = report;
  const summary = `Of ${overall.spam} spam lines linesieve found ${percent(overall.recall.share)} and would take out
    ${percent(overall.removedSpam.share)} without asking. It flagged ${overall.falseAlarms.part} of ${overall.honest} honest lines and would have
    removed ${overall.removedHonest.part}. In ${percent(boundaries.all.exact.share)} of ${boundaries.all.exact.whole} composed articles it found exactly
    what was put in.`;
  const pictures = plots(report).map(
    ({ title, svg }) => `<figure><figcaption>${escape(title)}</figcaption>${svg}</figure>`,
  );
  const tables = Object.entries(slices).map(([name, group]) => `<h3>By ${escape(name)}</h3>${table(group)}`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>linesieve: what it finds and where it errs</title><style>${STYLE}</style>
<h1>What linesieve finds and where it errs</h1><p>${summary}</p><h2>Pictures</h2>${pictures.join('')}
<h2>Tables</h2>${tables.join('')}<h2>Errors</h2><h3>Honest lines that were flagged</h3>${list(errors.falseAlarms)}
<h3>Spam that was missed</h3>${list(errors.missed)}<p>Model ${escape(report.engine.model)}</p></html>
`;
}

function table(group: Readonly<Record<string, Slice>>): string {
  const rows = Object.entries(group).map(([name, { spam, honest, recall, falseAlarms }]) => {
    const found = spam === 0 ? '' : `${percent(recall.share)} (${percent(recall.low)}–${percent(recall.high)})`;
    return `<tr><td>${escape(name)}<td>${spam}<td>${found}<td>${honest}<td>${falseAlarms.part}`;
  });
  const head = '<tr><th><th>spam<th>found (95 % interval)<th>honest<th>flagged';
  return `<table>${head}${rows.join('')}</table>`;
}

function list(lines: readonly Observation[]): string {
  return `<ul>${lines.map((line) => `<li>${marked(line)} <small>${escape(line.id)}</small>`).join('')}</ul>`;
}

function marked({ text, spans }: Observation): string {
  let [out, at] = ['', 0];
  for (const { start, end } of spans) {
    out += `${escape(text.slice(at, start))}<mark>${escape(text.slice(start, end))}</mark>`;
    at = end;
  }
  return out + escape(text.slice(at));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
