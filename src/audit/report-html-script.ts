/** The script of the report. It makes elements and text only, never markup, and shows a page of findings at a time. */
export const HTML_SCRIPT = `
'use strict';
const PAGE = 50;
const [PLACE, CATEGORY, ACTION, POSTERIOR, POSITION, CAMPAIGN, BEFORE, TEXT, AFTER, REASONS, VERDICT, STATE, LINE, PAGES, FINGERPRINT, OPEN] =
  Array.from({ length: 16 }, (_, i) => i);
const { findings, leftOut, pages, names } = JSON.parse(document.getElementById('data').textContent);
const at = (id) => document.getElementById(id);
const make = (name, text, className) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
};
if (leftOut > 0) at('left-out').textContent = 'The most urgent ' + findings.length.toLocaleString('en') + ' are shown; ' +
  leftOut.toLocaleString('en') + ' more are in findings.ndjson and report.csv.';
const FILTERS = { campaign: CAMPAIGN, category: CATEGORY, position: POSITION, verdict: VERDICT, action: ACTION, state: STATE };
const byNumber = new Intl.Collator('en', { numeric: true });
for (const [id, column] of Object.entries(FILTERS)) {
  const counts = new Map();
  for (const finding of findings) counts.set(finding[column], (counts.get(finding[column]) || 0) + 1);
  counts.delete('');
  const values = [...counts.keys()].sort(byNumber.compare).slice(0, 500);
  const label = (value) => value + (id === 'campaign' && names[value] ? ' ' + names[value].slice(0, 60) : '') + ' (' + counts.get(value) + ')';
  at(id).append(new Option('all', ''), ...values.map((value) => new Option(label(value), value)));
  if (values.length === 0) at(id).parentElement.hidden = true;
}
const card = (finding) => {
  const item = make('li', undefined, finding[OPEN] ? finding[ACTION] : 'closed');
  const line = make('p', undefined, 'context');
  line.append(finding[BEFORE], make('mark', finding[TEXT]), finding[AFTER]);
  const facts = ['line ' + finding[LINE], finding[CATEGORY], finding[ACTION], 'P(spam) ' + (finding[POSTERIOR] === 1 ? '> 0.9999' : finding[POSTERIOR]), finding[POSITION],
    finding[CAMPAIGN], finding[STATE], finding[PAGES] > 1 ? 'on ' + finding[PAGES] + ' pages' : ''];
  const why = make('details');
  why.append(make('summary', 'Why'), make('div', finding[REASONS], 'soft'), make('div', 'fingerprint ' + finding[FINGERPRINT], 'soft'));
  item.append(make('h3', finding[PLACE]), make('div', facts.filter((fact) => fact !== '').join(' · '), 'soft'), line, why);
  return item;
};
let shown = [];
let next = 0;
const more = () => {
  at('findings').append(...shown.slice(next, next + PAGE).map(card));
  next = Math.min(shown.length, next + PAGE);
  at('more').hidden = next >= shown.length;
};
const filter = () => {
  const wanted = at('search').value.trim().toLowerCase();
  const chosen = Object.entries(FILTERS).filter(([id]) => at(id).value !== '').map(([id, column]) => [column, at(id).value]);
  shown = findings.filter((finding) => chosen.every(([column, value]) => finding[column] === value) &&
    (wanted === '' || (finding[PLACE] + ' ' + finding[TEXT]).toLowerCase().includes(wanted)));
  at('count').textContent = shown.length.toLocaleString('en') + (shown.length === 1 ? ' finding' : ' findings');
  at('findings').replaceChildren();
  next = 0;
  more();
};
at('filters').addEventListener('input', filter);
at('filters').addEventListener('submit', (event) => event.preventDefault());
at('more').addEventListener('click', () => {
  const first = at('findings').children.length;
  more();
  const item = at('findings').children[first];
  if (item) { item.tabIndex = -1; item.focus({ preventScroll: true }); }
});
new IntersectionObserver(([entry]) => entry.isIntersecting && more(), { rootMargin: '600px' }).observe(at('more'));
const list = (button, id) => {
  const row = make('tr', undefined, 'pages');
  const cell = make('td');
  cell.colSpan = 6;
  const box = make('textarea', pages[id].join('\\n'));
  box.readOnly = true;
  box.rows = Math.min(12, pages[id].length + 1);
  box.setAttribute('aria-label', 'Pages of ' + id);
  const copy = make('button', 'Copy');
  copy.type = 'button';
  copy.addEventListener('click', async () => {
    box.select();
    try { await navigator.clipboard.writeText(box.value); } catch { document.execCommand('copy'); }
    copy.textContent = 'Copied';
  });
  cell.append(copy, box);
  row.append(cell);
  button.closest('tr').after(row);
};
document.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (!button) return;
  if (button.dataset.filter) {
    at('campaign').value = button.dataset.filter;
    filter();
    at('findings-title').focus();
    at('findings-title').scrollIntoView();
  }
  if (button.dataset.pages) {
    const open = button.getAttribute('aria-expanded') === 'true';
    if (open) button.closest('tr').nextElementSibling.remove();
    else list(button, button.dataset.pages);
    button.setAttribute('aria-expanded', String(!open));
  }
});
filter();
`;
