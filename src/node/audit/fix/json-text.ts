import { inner, type LocatedText } from './located-text.ts';

/** The string at `key` of the JSON object that a text holds; `null` where there is none. Of doubled keys the last counts. */
export function jsonText(json: LocatedText, key: string): LocatedText | null {
  let found: LocatedText | null = null;
  let depth = 0;
  let name: string | null = null;
  let last = '';
  for (let i = 0; i < json.text.length; i++) {
    const unit = json.text[i];
    if (unit === '"') {
      const end = endOfString(json.text, i);
      if (depth === 1 && name === key) found = unescaped(json, i, end);
      if (depth === 1) last = json.text.slice(i, end);
      i = end - 1;
    } else if (unit === '{' || unit === '[') depth++;
    else if (unit === '}' || unit === ']') depth--;
    else if (unit === ':' && depth === 1) name = JSON.parse(last) as string;
    else if (unit === ',' && depth === 1) name = null;
  }
  return found;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}

function unescaped(json: LocatedText, start: number, end: number): LocatedText {
  const text = JSON.parse(json.text.slice(start, end)) as string;
  const positions: number[] = [];
  let i = start + 1;
  for (let unit = 0; unit < text.length; unit++) {
    positions.push(i);
    i += json.text[i] !== '\\' ? 1 : json.text[i + 1] === 'u' ? 6 : 2;
  }
  return inner(json, text, [...positions, i]);
}
