import { script } from './script.ts';
import { style } from './style.ts';

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Cpath d='M2 4h12M2 8h7M2 12h12' stroke='%230a7' stroke-width='2'/%3E" +
  "%3Cpath d='M11 8h3' stroke='%23d33' stroke-width='2'/%3E%3C/svg%3E";

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>linesieve</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/console.css">
<script src="/console.js" defer></script>
</head>
<body>
<header>
<h1>linesieve</h1>
<p>Finds the spam that was injected into an article. <a href="/openapi.json">OpenAPI</a></p>
</header>
<main>
<form id="form">
<label for="source">Document</label>
<textarea id="source" rows="12" spellcheck="false" placeholder="Paste an article"></textarea>
<div class="row">
<label>Read as <select id="kind"><option value="text">plain text</option><option value="html">HTML</option>
<option value="markdown">Markdown</option></select></label>
<label id="keyrow" hidden>Key <input id="key" type="password" autocomplete="off" placeholder="ls_live_…"></label>
<button id="check">Check</button>
<span id="status" role="status"></span>
</div>
</form>
<section id="result" hidden>
<p id="verdict"></p>
<h2>What was found</h2>
<pre id="marked" tabindex="0"></pre>
<div id="found">
<h2>Why</h2>
<div class="scroll">
<table>
<thead><tr><th>Line</th><th>Category</th><th>P(spam)</th><th>Action</th><th>Reason</th><th>Weight</th></tr></thead>
<tbody id="reasons"></tbody>
</table>
</div>
<h2><label for="cleaned">Cleaned</label></h2>
<textarea id="cleaned" rows="8" readonly></textarea>
<button id="copy" type="button">Copy</button>
</div>
<p id="engine"></p>
</section>
</main>
</body>
</html>
`;

/** The console: a static page that posts to `/v1/check` and shows the verdict. It asks nobody else for anything. */
export const consolePage = { html, style, script };
