import { UNSEEN } from './markup-elements.ts';
import { hidesByStyle, withoutComments } from './markup-style.ts';

/** The value of an attribute of an element by its lower-case name. */
export type AttributeOf = (name: string) => string | undefined;

/** Simple selectors that hide what they name: `.x`, `#x`, `div.x`, `div#x`. */
export type Selectors = ReadonlySet<string>;

const SELECTOR = /^(?:[a-z][a-z0-9-]*)?[.#][^\s.#:>+~[\]()*,]+$/i;
/** A rule within `@media print` or one for small screens says nothing of what a reader of the page sees. */
const UNCONDITIONAL = /^@(?:media\s+(?:all|screen)|layer\b.*|supports\b.*)\s*$/i;

/** True where an element hides itself and everything inside. */
export function isHidden(name: string, attribute: AttributeOf, selectors: Selectors): boolean {
  if (UNSEEN.has(name)) return true;
  if (attribute('hidden') !== undefined || attribute('aria-hidden') === 'true') return true;
  if (name === 'dialog' && attribute('open') === undefined) return true;
  if ((name === 'marquee' || name === 'table') && (isTiny(attribute('height')) || isTiny(attribute('width'))))
    return true;
  const style = attribute('style');
  if (style !== undefined && hidesByStyle(style)) return true;
  return selectors.size > 0 && isSelected(name, attribute, selectors);
}

function isTiny(size: string | undefined): boolean {
  return size !== undefined && /^\s*[01](?:px|%)?\s*$/.test(size);
}

function isSelected(name: string, attribute: AttributeOf, selectors: Selectors): boolean {
  const keys = (attribute('class') ?? '').split(/\s+/).map((key) => `.${key}`);
  keys.push(`#${attribute('id') ?? ''}`);
  return keys.some((key) => selectors.has(key) || selectors.has(name + key));
}

/** The selectors of all `<style>` elements of a page, wherever they stand: one at the end counts for what is before it. */
export function hidingSelectors(source: string): Selectors {
  const selectors = new Set<string>();
  const opening = /<style(?=[\s/>])/gi;
  const closing = /<\/style/gi;
  for (let open = opening.exec(source); open !== null; open = opening.exec(source)) {
    const start = source.indexOf('>', open.index);
    if (start < 0) break;
    closing.lastIndex = start;
    const end = closing.exec(source)?.index ?? source.length;
    readStylesheet(withoutComments(source.slice(start + 1, end)), selectors);
    opening.lastIndex = end;
  }
  return selectors;
}

/** Walks the rules of a stylesheet; those inside of a conditional rule are left out. */
function readStylesheet(stylesheet: string, selectors: Set<string>): void {
  const preludes: string[] = [];
  let conditions = 0;
  let piece = '';
  for (const [next] of stylesheet.matchAll(/[^{}]+|[{}]/g)) {
    if (next === '{') {
      preludes.push(piece.trim());
      if (isConditional(piece.trim())) conditions++;
    } else if (next === '}') {
      const prelude = preludes.pop() ?? '';
      if (conditions === 0 && hidesByStyle(piece)) addSelectors(prelude, selectors);
      if (isConditional(prelude)) conditions--;
    }
    piece = next === '{' || next === '}' ? '' : next;
  }
}

function isConditional(prelude: string): boolean {
  return prelude.startsWith('@') && !UNCONDITIONAL.test(prelude);
}

function addSelectors(prelude: string, selectors: Set<string>): void {
  for (const selector of prelude.split(',')) {
    if (SELECTOR.test(selector.trim())) selectors.add(selector.trim());
  }
}
