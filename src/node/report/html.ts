import type { Observation } from '../../evaluation/observation.ts';
import { escape, percent, table } from './html-parts.ts';
import {
  boundaryTable,
  calibrationErrors,
  confusionTable,
  reliabilityTable,
  ruleTable,
  sliceTable,
} from './html-tables.ts';
import type { Report } from './measure.ts';
import { plots } from './plots.ts';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0;font-size:.9rem}td,th{padding:.2rem .6rem;border-bottom:1px solid #8886;text-align:left}
.n{text-align:right;font-variant-numeric:tabular-nums}.wide{overflow-x:auto}mark{background:#fc06;color:inherit}svg{max-width:100%;background:#fff;color:#000}
nav a{margin-right:1rem}.pictures{display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0;max-width:100%;overflow-x:auto}li,small{overflow-wrap:anywhere}small{opacity:.7}
@media print{body{max-width:none}nav{display:none}}`;

/** One self-contained page: no script, no outside request. */
export function htmlReport(report: Report): string {
  const parts = sections(report);
  const links = parts.map(({ id, title }) => `<a href="#${id}">${escape(title)}</a>`);
  const body = parts.map(({ id, title, html }) => `<section id="${id}"><h2>${escape(title)}</h2>${html}</section>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>linesieve: what it finds and where it errs</title><style>${STYLE}</style>
<h1>What linesieve finds and where it errs</h1><p>${summary(report)}</p><nav>${links.join('')}</nav>
${body.join('\n')}<p><small>Model ${escape(report.engine.model)}</small></p></html>
`;
}

function summary({ overall, boundaries }: Report): string {
  return `Of ${overall.spam} spam lines linesieve found ${percent(overall.recall.share)} and would take out
    ${percent(overall.removedSpam.share)} without asking. It flagged ${overall.falseAlarms.part} of ${overall.honest} honest lines and would have
    removed ${overall.removedHonest.part}. In ${percent(boundaries.all.exact.share)} of ${boundaries.all.exact.whole} composed articles it found exactly
    what was put in.`;
}

function sections(report: Report): { id: string; title: string; html: string }[] {
  const { slices, errors, ranking } = report;
  const pictures = plots(report).map(
    ({ title, svg }) => `<figure><figcaption>${escape(title)}</figcaption>${svg}</figure>`,
  );
  const budgets = Object.entries(ranking.recallAtBudget).map(([budget, recall]) => [budget, percent(recall)]);
  return [
    {
      id: 'pictures',
      title: 'Pictures',
      html: `<div class=pictures>${pictures.join('')}</div>
<p>What a threshold finds that allows so many false alarms in 100,000 honest lines:</p>${table(['false alarms', 'spam found'], budgets)}`,
    },
    {
      id: 'boundaries',
      title: 'Where spans begin and end',
      html: `<p>Articles with spam in a known place. Exact: every span with both ends right and nothing else. Precision and recall count characters.</p>${boundaryTable(report)}`,
    },
    {
      id: 'reliability',
      title: 'Are the percentages true?',
      html: `<p>At one spam line in ${Math.round(1 / report.calibration.prevalence)}.</p>${reliabilityTable(report)}${calibrationErrors(report)}`,
    },
    {
      id: 'slices',
      title: 'What is found',
      html: Object.entries(slices)
        .map(([name, group]) => sliceTable(`by ${name}`, group))
        .join(''),
    },
    {
      id: 'categories',
      title: 'Which kind it is called',
      html: `<p>Lines by what they are (rows) and what they were called (columns).</p>${confusionTable(report)}`,
    },
    {
      id: 'rules',
      title: 'Rules',
      html: `<p>Lines that a rule hits. Unique: nothing would have been found there without it.</p>${ruleTable(report)}`,
    },
    {
      id: 'errors',
      title: 'Worst errors',
      html: `<h3>Honest lines that were flagged</h3>${list(errors.falseAlarms)}<h3>Spam that was missed</h3>${list(errors.missed)}`,
    },
  ];
}

function list(lines: readonly Observation[]): string {
  if (lines.length === 0) return '<p>None.</p>';
  const items = lines.map(
    (line) =>
      `<li>${marked(line)} <small>${escape([line.id, line.category, line.language, line.kind].filter(Boolean).join(' · '))}, posterior ${line.posterior.toFixed(4)}</small></li>`,
  );
  return `<ol>${items.join('\n')}</ol>`;
}

function marked({ text, spans }: Observation): string {
  let [out, at] = ['', 0];
  for (const { start, end } of spans) {
    out += `${escape(text.slice(at, start))}<mark>${escape(text.slice(start, end))}</mark>`;
    at = end;
  }
  return out + escape(text.slice(at));
}
