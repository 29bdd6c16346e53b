/** Pieces of a page: everything that comes from data goes through `escape`. */

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

/** A table of plain texts; columns after the first hold figures and are set flush right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = (row: readonly (string | number)[], name: string): string =>
    row.map((cell, i) => `<${name}${i > 0 ? ' class=n' : ''}>${escape(String(cell))}</${name}>`).join('');
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
  return `<div class=wide><table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
