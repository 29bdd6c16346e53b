import {
  GrammarError,
  NOISES,
  type Grammar,
  type GrammarFile,
  type ListRow,
  type ListType,
  type Noise,
  type Quantiles,
  type ReadyGrammar,
  type ReadyList,
  type Weighted,
} from './generator-grammar.ts';
import { fromPlain, isPlain } from './generator-plain.ts';
import { parseTemplate, repeatedTooEarly, slotsOf, type Template } from './generator-template.ts';

const CATEGORIES = ['adult', 'gambling', 'pharma', 'escort', 'loans', 'replica', 'essay', 'gossip'];
const LANGUAGES = ['zh-Hans', 'zh-Hant', 'ja', 'ko', 'en', 'ru', 'vi', 'th', 'id', 'de', 'fr', 'es'];
const TYPES: readonly ListType[] = ['random', 'series', 'story'];
const QUANTILES = 7;

type Slots = ReadonlyMap<string, Weighted<string>>;

/** Checks a grammar and makes it ready to draw from. Throws GrammarError at the first row that cannot be used. */
export function readyGrammar(grammar: Grammar): ReadyGrammar {
  const file: GrammarFile = isPlain(grammar) ? fromPlain(grammar) : grammar;
  checkHead(file);
  const fail = failing(file.name);
  const slots = new Map(Object.entries(file.slots).map(([slot, words]) => [slot, readWords(slot, words, fail)]));
  const lists = readLists(file, slots, fail);
  const clipped = readClipped(file, slots, fail);
  checkUse(slots, lists, fail);
  const variants = readVariants(file, slots, fail);
  const { name, category, language, share, joint, alone } = file;
  const noise = readNoise(file.noise, fail);
  return { name, category, language, share, joint, alone, noise, clipped, slots, lists, variants };
}

type Fail = (problem: string, remedy: string) => never;

function failing(name: string): Fail {
  return (problem, remedy) => {
    throw new GrammarError(`grammar ${name}: ${problem}; ${remedy}`);
  };
}

function checkHead(file: GrammarFile): void {
  const fail = failing(file.name || '(no name)');
  if (typeof file.name !== 'string' || file.name === '') fail('it has no name', 'give it the name of its file');
  if (!CATEGORIES.includes(file.category)) {
    fail(`category "${file.category}" is unknown`, `use one of ${CATEGORIES.join(' ')}`);
  }
  if (!LANGUAGES.includes(file.language)) {
    fail(`language "${file.language}" is unknown`, `use one of ${LANGUAGES.join(' ')}`);
  }
  if (!(file.share > 0)) fail('share must be a number above 0', 'give it its weight among all grammars');
  if (typeof file.joint !== 'string') fail('joint must be a text', 'use "" or " "');
  if (!isShare(file.alone)) fail('alone must be a share from 0 to 1', 'give the share of lines with one phrase');
  if (!isRecord(file.slots)) fail('slots are missing', 'add "slots": {"SLOT": "word=weight, word"}');
  if (!isRecord(file.lists)) fail('lists are missing', 'add "lists": {"random": {…}}');
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readWords(slot: string, row: unknown, fail: Fail): Weighted<string> {
  if (!/^[A-Z][A-Z0-9]*$/.test(slot)) fail(`slot ${slot} has a bad name`, 'write it in upper-case letters and digits');
  const words = typeof row === 'string' ? row.split(',').map(readWord) : weightsOf(row);
  const seen = new Set<string>();
  for (const [word, weight] of words) {
    if (word === '') fail(`slot ${slot} has an empty word`, 'delete the comma that is too many');
    if (!(weight > 0)) fail(`slot ${slot}: weight of "${word}" is not above 0`, 'write word=weight, or delete it');
    if (seen.has(word)) fail(`slot ${slot} has "${word}" twice`, 'add the weights up in one');
    seen.add(word);
  }
  if (words.length === 0) fail(`slot ${slot} has no words`, 'add "word=weight, word"');
  return words;
}

function readWord(source: string): [string, number] {
  const [word, weight = '1', ...more] = source.split('=');
  return [word.trim(), more.length > 0 ? Number.NaN : Number(weight)];
}

function weightsOf(row: unknown): [string, number][] {
  return isRecord(row) ? Object.entries(row).map(([text, weight]) => [text, Number(weight)]) : [];
}

function readLists(file: GrammarFile, slots: Slots, fail: Fail): ReadyList[] {
  for (const type of Object.keys(file.lists)) {
    if (!TYPES.includes(type as ListType)) fail(`list type ${type} is unknown`, `use ${TYPES.join(', ')}`);
  }
  const lists = TYPES.flatMap((type) => {
    const row = file.lists[type];
    return row === undefined ? [] : [readList(type, row, slots, fail)];
  });
  if (lists[0]?.type !== 'random') fail('it has no random list', 'add lists.random');
  return lists;
}

function readList(type: ListType, row: ListRow, slots: Slots, fail: Fail): ReadyList {
  const { share, count, length, fixed = null, own = 1, sorted = 0, bait = 0 } = row;
  if (!(share > 0)) fail(`list ${type}: share must be above 0`, 'give its share among the list types');
  if (![own, sorted, bait].every(isShare)) fail(`list ${type}: own, sorted and bait are shares`, 'use 0 to 1');
  if (fixed !== null && !slots.has(fixed)) fail(`list ${type} fixes slot ${fixed}, which is not there`, 'add the slot');
  checkQuantiles(`list ${type}: count`, count, fail);
  if (length !== undefined) checkQuantiles(`list ${type}: length`, length, fail);
  const read = (rows: unknown): Weighted<Template> =>
    weightsOf(rows).map(([source, weight]) => [readTemplate(type, source, weight, fixed, slots, fail), weight]);
  const [templates, baits] = [read(row.templates), read(row.baits)];
  if (templates.length === 0) fail(`list ${type} has no templates`, 'add "templates": {"SLOT SLOT": weight}');
  if (bait > 0 && baits.length === 0) fail(`list ${type} has no baits`, 'add them, or set bait to 0');
  const separators = readSeparators(type, row.separators, fail);
  return { type, share, count, length: length ?? null, separators, templates, fixed, own, sorted, bait, baits };
}

function readTemplate(type: string, source: string, weight: number, fixed: string | null, slots: Slots, fail: Fail) {
  const at = `list ${type}, template "${source}"`;
  if (!(weight > 0)) fail(`${at}: weight is not above 0`, 'give it one, or delete the template');
  const template = parseTemplate(source);
  if (template.length === 0) fail(`${at} is empty`, 'name at least one slot');
  const missing = slotsOf(template).find((slot) => !slots.has(slot));
  if (missing !== undefined)
    fail(`${at} names slot ${missing}, which is not there`, 'add the slot, or correct the name');
  const [early] = repeatedTooEarly(template, fixed);
  if (early !== undefined)
    fail(`${at} repeats ${early}@ before it is drawn`, `put ${early} before it, or fix the slot`);
  return template;
}

function readSeparators(type: string, row: unknown, fail: Fail): Weighted<string> {
  const separators = weightsOf(row);
  if (separators.length === 0) fail(`list ${type} has no separators`, 'add "separators": {"_": 1}');
  const broken = separators.find(([text, weight]) => !(weight > 0) || /[\r\n]/.test(text));
  if (broken !== undefined) {
    fail(`list ${type}: separator "${broken[0]}" breaks the line or has no weight above 0`, 'correct or delete it');
  }
  return separators;
}

function checkQuantiles(at: string, values: Quantiles, fail: Fail): void {
  const rising = Array.isArray(values) && values.every((value, i) => value >= 1 && (i === 0 || value >= values[i - 1]));
  if (!rising || values.length !== QUANTILES) {
    fail(`${at} must be ${QUANTILES} rising numbers from 1`, 'give min, p10, p25, median, p75, p90, max');
  }
}

function readNoise(rates: Partial<Noise>, fail: Fail): Noise {
  for (const [name, rate] of Object.entries(rates)) {
    if (!NOISES.includes(name as keyof Noise)) fail(`noise ${name} is unknown`, `use ${NOISES.join(', ')}`);
    if (!isShare(rate)) fail(`noise ${name} must be a share from 0 to 1`, 'correct it');
  }
  return Object.fromEntries(NOISES.map((name) => [name, rates[name] ?? 0])) as Noise;
}

function readClipped(file: GrammarFile, slots: Slots, fail: Fail): Set<string> {
  const names = (file.clipped ?? '').split(',').flatMap((name) => name.trim() || []);
  const missing = names.find((name) => !slots.has(name));
  if (missing !== undefined) fail(`clipped names slot ${missing}, which is not there`, 'correct the name');
  return new Set(names);
}

function readVariants(file: GrammarFile, slots: Slots, fail: Fail): Map<string, string[]> {
  const known = new Set([...slots.values()].flatMap((words) => words.map(([word]) => word)));
  return new Map(
    Object.entries(file.variants ?? {}).map(([word, row]) => {
      if (!known.has(word))
        fail(`variants of "${word}", which no slot has`, 'add the word to a slot, or delete the row');
      const spellings = row.split(',').map((spelling) => spelling.trim());
      if (spellings.includes('')) fail(`variants of "${word}" have an empty one`, 'delete the comma that is too many');
      return [word, spellings];
    }),
  );
}

function checkUse(slots: Slots, lists: readonly ReadyList[], fail: Fail): void {
  const templates = lists.flatMap((list) => [...list.templates, ...list.baits]);
  const used = new Set([...templates.flatMap(([template]) => slotsOf(template)), ...lists.map((list) => list.fixed)]);
  const idle = [...slots.keys()].find((slot) => !used.has(slot));
  if (idle !== undefined) fail(`slot ${idle} is used by no template`, 'use it, or delete it');
}
