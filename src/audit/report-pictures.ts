import type { Campaign } from './campaign.ts';
import { escapeHtml } from './escape-html.ts';
import { counted } from './report-summary.ts';
import { barsOf, type TimelineDay } from './timeline.ts';

const WIDTH = 960;
/** Columns of one document each are no peaks. */
const LOWEST_TOP = 4;
/** Room for a date below its column. */
const DATE = 80;
const HEIGHT = 120;
/** Room for the names below the columns. */
const FOOT = 22;
/** A row of the bars, and the part of its width that the names take. */
const ROW = 24;
const NAMES = 330;
/** Campaigns that the picture shows; the table has more. */
const BARS = 12;
/** Units of a name that fit beside its bar: Han letters are twice as wide. */
const NAME_WIDTH = 38;

/** Columns over time: flagged documents by the date that their source gives. Empty where no source gives one. */
export function timelinePicture(days: readonly TimelineDay[]): string {
  const bars = barsOf(days);
  if (bars.length === 0) return '';
  const most = Math.max(LOWEST_TOP, ...bars.map(({ documents }) => documents));
  const step = WIDTH / bars.length;
  const columns = bars.map(({ label, documents }, i) => {
    const height = (documents / most) * HEIGHT;
    const box = `x="${round(i * step + 1)}" y="${round(HEIGHT - height)}" width="${round(Math.min(step - 2, 60))}" height="${round(height)}"`;
    return `<rect class="column" rx="2" ${box}><title>${label}: ${counted(documents, 'document')}</title></rect>`;
  });
  const every = Math.ceil(bars.length / 8);
  const names = bars.map(({ label }, i) => (i % every === 0 ? dateBelow(label, i * step + 1) : ''));
  const told = `Flagged documents over time, from ${bars[0].label} to ${bars.at(-1)?.label}`;
  return picture(told, HEIGHT + FOOT, [
    `<line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}"/>`,
    ...columns,
    ...names,
  ]);
}

/** Dates that would run out of the picture end at its edge. */
function dateBelow(label: string, x: number): string {
  const fits = x + DATE <= WIDTH;
  return `<text class="name" x="${fits ? round(x) : WIDTH}" y="${HEIGHT + 16}"${fits ? '' : ' text-anchor="end"'}>${label}</text>`;
}

/** A bar a campaign, by the documents it is on. Empty where there is no campaign. */
export function campaignPicture(campaigns: readonly Campaign[]): string {
  const shown = campaigns.slice(0, BARS);
  if (shown.length === 0) return '';
  const most = Math.max(...shown.map(({ documents }) => documents));
  const rows = shown.map(({ id, name, documents }, i) => {
    const width = Math.max(2, (documents / most) * (WIDTH - NAMES - 70));
    const y = i * ROW;
    return (
      `<g><title>${escapeHtml(`${id} ${name}: ${counted(documents, 'document')}`)}</title>` +
      `<text class="name" x="0" y="${y + 16}">${escapeHtml(`${id} ${fitting(name)}`)}</text>` +
      `<rect class="bar" rx="2" x="${NAMES}" y="${y + 4}" width="${round(width)}" height="${ROW - 8}"/>` +
      `<text class="name" x="${round(NAMES + width + 8)}" y="${y + 16}">${documents.toLocaleString('en')}</text></g>`
    );
  });
  return picture(`Documents of the ${counted(shown.length, 'largest campaign')}`, shown.length * ROW, rows);
}

function picture(told: string, height: number, parts: readonly string[]): string {
  return `<svg role="img" aria-label="${escapeHtml(told)}" viewBox="0 0 ${WIDTH} ${height}" width="100%">${parts.join('')}</svg>`;
}

function fitting(name: string): string {
  let width = 0;
  let shown = '';
  for (const letter of name) {
    width += /[\u1100-\uffdc]/.test(letter) ? 2 : 1;
    if (width > NAME_WIDTH) return `${shown}…`;
    shown += letter;
  }
  return shown;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
