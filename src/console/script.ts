/**
 * The console's script, as the browser gets it: plain JavaScript without a build. What comes from a document reaches the page as
 * text nodes only, never as markup.
 */
export const script = String.raw`'use strict';

const at = (id) => document.getElementById(id);

const SAYINGS = {
  pass: 'pass: nothing found',
  clean: 'clean: publishable without the marked spans',
  review: 'review: a person must look',
  block: 'block: hardly any legitimate text would be left',
};

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** The source as text and marks. A span of markup is marked piece by piece. */
function markedParts(source, spans) {
  const pieces = spans.flatMap((span) => (span.pieces || [span]).map(({ start, end }) => ({ start, end, action: span.action })));
  const parts = [];
  let done = 0;
  for (const { start, end, action } of pieces.sort((a, b) => a.start - b.start)) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    parts.push(source.slice(done, from), element('mark', source.slice(from, end), action));
    done = end;
  }
  parts.push(source.slice(done));
  return parts;
}

function reasonText(reason) {
  const top = (reason.top || []).map(([feature, weight]) => feature + ' ' + weight.toFixed(1));
  return top.length > 0 ? reason.code + ': ' + top.join(', ') : reason.code;
}

/** A row for each reason; what belongs to the span stands in its first row only. */
function reasonRows(spans) {
  return spans.flatMap((span) =>
    span.reasons.map((reason, i) => {
      const ofSpan = [span.line, span.category, span.posterior.toFixed(4), span.action];
      const cells = [...(i === 0 ? ofSpan : ['', '', '', '']), reasonText(reason), reason.weight.toFixed(2)];
      const row = document.createElement('tr');
      row.append(...cells.map((cell) => element('td', String(cell))));
      return row;
    }),
  );
}

function show(source, verdict) {
  at('verdict').textContent = SAYINGS[verdict.verdict];
  at('verdict').className = verdict.verdict;
  at('marked').replaceChildren(...markedParts(source, verdict.spans));
  at('reasons').replaceChildren(...reasonRows(verdict.spans));
  at('found').hidden = verdict.spans.length === 0;
  at('cleaned').value = verdict.cleaned;
  const { version, model, rules, policy } = verdict.engine;
  const digests = [['model', model], ['rules', rules], ['policy', policy]].map(([name, digest]) => name + ' ' + digest.slice(0, 12));
  at('engine').textContent = 'linesieve ' + version + ' · ' + digests.join(' · ');
  at('result').hidden = false;
}

async function check() {
  const source = at('source').value;
  const body = JSON.stringify({ [at('kind').value]: source, explain: true, clean: true });
  const key = at('key').value.trim();
  const headers = { 'Content-Type': 'application/json', ...(key === '' ? {} : { Authorization: 'Bearer ' + key }) };
  const response = await fetch('/v1/check', { method: 'POST', headers, body });
  const answer = await response.json();
  if (response.status === 401) askForKey();
  if (response.ok && key !== '') sessionStorage.setItem('key', key);
  if (!response.ok) throw new Error(answer.title + ': ' + answer.detail);
  show(source, answer);
}

/** A service with a store wants one; it stays with this tab. */
function askForKey() {
  at('keyrow').hidden = false;
  at('key').focus();
}

if (sessionStorage.getItem('key') !== null) {
  at('keyrow').hidden = false;
  at('key').value = sessionStorage.getItem('key');
}

at('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  at('check').disabled = true;
  at('status').textContent = 'Checking …';
  try {
    await check();
    at('status').textContent = '';
  } catch (error) {
    at('result').hidden = true;
    at('status').textContent = error.message;
  }
  at('check').disabled = false;
});

at('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(at('cleaned').value);
  at('status').textContent = 'Copied';
});
`;
