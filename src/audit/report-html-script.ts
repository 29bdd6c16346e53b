/** The script of the report. It makes elements and text only, never markup, and shows a page of findings at a time. */
export const HTML_SCRIPT = `
'use strict';
const PAGE = 100;
const data = JSON.parse(document.getElementById('data').textContent);
const at = (id) => document.getElementById(id);
const make = (name, text, className) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
};
const { figures, campaigns, findings } = data;
for (const [name, value] of [['documents read', figures.documents], ['with injections', figures.flagged],
  ['injected spans', figures.spans], ['campaigns', campaigns.length], ['not readable', figures.errors]]) {
  const box = make('div');
  box.append(make('b', value.toLocaleString('en')), name);
  at('figures').append(box);
}
if (figures.leftOut > 0) at('left-out').textContent =
  figures.leftOut + ' findings are not shown here; findings.ndjson and report.csv hold all of them.';
const most = Math.max(1, ...campaigns.map((each) => each.documents));
for (const each of campaigns.slice(0, 200)) {
  const row = make('tr');
  const bar = make('span', '', 'bar');
  bar.style.width = (8 * each.documents / most) + 'rem';
  const picture = make('td');
  picture.append(bar);
  const copy = make('button', 'Copy pages');
  copy.onclick = () => navigator.clipboard.writeText(each.pages.join('\\n'));
  const last = make('td');
  last.append(copy);
  row.append(make('td', each.id + ' ' + each.name), make('td', each.documents), picture,
    make('td', Object.keys(each.positions).join(', ')), last);
  at('campaigns').append(row);
}
const choose = (id, column, all) => {
  const values = [...new Set(findings.map((finding) => finding[column]))];
  at(id).append(new Option(all, ''), ...values.slice(0, 500).map((value) => new Option(value, value)));
};
choose('category', 1, 'All categories');
choose('campaign', 5, 'All campaigns');
choose('action', 2, 'All actions');
let shown = [];
let next = 0;
const more = () => {
  const rows = shown.slice(next, next + PAGE).map(([place, category, action, posterior, position, campaign, before, text, after, reasons]) => {
    const row = make('article');
    const line = make('div');
    line.append(before, make('mark', text), after);
    row.append(make('strong', place), make('div', [category, action, 'P(spam) ' + posterior, position, campaign].join(' · '), 'dim'),
      line, make('div', reasons, 'dim'));
    return row;
  });
  next += rows.length;
  at('findings').append(...rows);
  at('more').hidden = next >= shown.length;
};
const filter = () => {
  const wanted = at('search').value.toLowerCase();
  const is = (id, value) => at(id).value === '' || at(id).value === value;
  shown = findings.filter((finding) => is('category', finding[1]) && is('campaign', finding[5]) && is('action', finding[2]) &&
    (wanted === '' || (finding[0] + ' ' + finding[7]).toLowerCase().includes(wanted)));
  at('count').textContent = shown.length + ' findings';
  at('findings').replaceChildren();
  next = 0;
  more();
};
for (const id of ['search', 'category', 'campaign', 'action']) at(id).oninput = filter;
at('more').onclick = more;
filter();
`;
