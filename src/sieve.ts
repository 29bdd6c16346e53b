import type { Model } from './bayes/model.ts';
import { orderedId } from './ordered-id.ts';
import { compiledRules, providedDigest } from './rules/compiled.ts';
import type { RuleSet } from './rules/rule.ts';
import { builtinRules } from './rules/sets/index.ts';
import { plainDocument, type TextDocument } from './text/document.ts';
import { htmlDocument } from './text/markup-html.ts';
import { markdownDocument } from './text/markup-markdown.ts';
import { cutOut } from './verdict/clean.ts';
import { decide } from './verdict/decide.ts';
import { Finder } from './verdict/find.ts';
import { chosenPolicy, policyNames, type Policy } from './verdict/policy.ts';
import { readLines, type Reading } from './verdict/reading.ts';
import { cutsOfSome, settle, type Settled } from './verdict/settle.ts';
import type { EngineStamp, InjectedSpan, Verdict } from './verdict/verdict.ts';
import { VERSION } from './version.ts';
import { hexadecimal, sha256Hex } from './sha256.ts';

export interface SieveOptions {
  readonly model: Model;
  readonly policy: Policy;
  /** What `model` was made of by adding samples: their share of a finding is then a reason of its own. */
  readonly base?: Model;
  /** The built-in rules where left out. */
  readonly rules?: RuleSet;
}

/** One document: exactly one of `text`, `html` and `markdown`. */
export interface CheckInput {
  readonly text?: string;
  readonly html?: string;
  readonly markdown?: string;
  readonly id?: string;
}

export interface CheckOptions {
  /** A verdict on every line. */
  readonly lines?: boolean;
  /** The n-grams that weighed most, with every `bayes` reason. */
  readonly explain?: boolean;
  /** The document without the spans, or without those for which a function is true: the others stay, untouched. */
  readonly clean?: boolean | ((span: InjectedSpan) => boolean);
  /** Name of a policy of the sieve: `balanced` where left out. */
  readonly policy?: string;
}

export interface Sieve {
  readonly engine: EngineStamp;
  /** Names that `CheckOptions.policy` takes, the default first. */
  readonly policies: readonly string[];
  /**
   * Checks one document. Throws a TypeError unless exactly one of text, html and markdown is a string, and a PolicyError for
   * a policy that the sieve does not have.
   */
  check(input: CheckInput, options?: CheckOptions): Verdict;
}

/**
 * A sieve for one model, one rule set and one policy: the way a document takes, from top to bottom. Building one compiles
 * the rules and lays out the model (some milliseconds); checking does no I/O and keeps nothing of the document.
 */
export async function createSieve(options: SieveOptions): Promise<Sieve> {
  return await prepareSieve(options)();
}

/**
 * `createSieve` in two steps, the first of which waits for no promise: an isolate compiles and lays out before its first request. What is returned is
 * called once.
 */
export function prepareSieve(options: SieveOptions): () => Promise<Sieve> {
  const { model, base, rules = builtinRules } = options;
  const finder = new Finder(model, compiledRules(rules), base);
  return async () => stampedSieve(options, finder);
}

async function stampedSieve({ model, policy, rules = builtinRules }: SieveOptions, finder: Finder): Promise<Sieve> {
  const names = policyNames(policy);
  const digests = [digestOfRules(rules), ...names.map((name) => sha256Hex(JSON.stringify(chosenPolicy(policy, name))))];
  const [rulesDigest, ...stamps] = await Promise.all(digests);
  const stamp = { version: VERSION, model: model.digest, rules: rulesDigest };
  // One object for each policy, in all of its verdicts: who writes verdicts down writes it once.
  const engines = names.map((_, at): EngineStamp => Object.freeze({ ...stamp, policy: stamps[at] }));
  const engineOf = (name: string): EngineStamp => engines[names.indexOf(name)];
  const check = (input: CheckInput, options: CheckOptions = {}): Verdict => {
    const chosen = options.policy === undefined ? policy : chosenPolicy(policy, options.policy);
    const document = openDocument(input);
    const read = (again: TextDocument): Reading => readLines(again, finder, chosen, options);
    const { spans, lines, suppressed, coverage } = read(document);
    const settled = settle(document, spans, (cleaned) => read(openLike(input, cleaned)).spans);
    return {
      id: input.id ?? orderedId(),
      verdict: decide(document, settled.spans, settled.removed, chosen),
      posterior: settled.spans.reduce((most, span) => Math.max(most, span.posterior), 0),
      spans: settled.spans,
      ...(options.lines === true ? { lines } : {}),
      ...(suppressed.length > 0 ? { suppressed } : {}),
      ...cleanedBy(document, settled, options.clean),
      coverage,
      engine: engineOf(chosen.name),
      offsetUnit: 'utf16',
    };
  };
  return { engine: engineOf(policy.name), policies: names, check };
}

function cleanedBy(
  document: TextDocument,
  settled: Settled,
  clean: CheckOptions['clean'] = false,
): Pick<Verdict, 'cleaned'> {
  if (clean === false) return {};
  return { cleaned: cutOut(document.source, clean === true ? settled.cuts : cutsOfSome(document, settled, clean)) };
}

function openDocument({ text, html, markdown }: CheckInput): TextDocument {
  const given = [text, html, markdown].filter((source) => typeof source === 'string');
  if (given.length !== 1) {
    throw new TypeError(`a document is exactly one string of text, html or markdown; ${given.length} were given`);
  }
  if (typeof html === 'string') return htmlDocument(html);
  return typeof markdown === 'string' ? markdownDocument(markdown) : plainDocument(text ?? '');
}

/** Another source of the same kind as the input. */
function openLike(input: CheckInput, source: string): TextDocument {
  if (input.html !== undefined) return htmlDocument(source);
  return input.markdown === undefined ? plainDocument(source) : markdownDocument(source);
}

const digestsOfRules = new WeakMap<RuleSet, Promise<string>>();

/** As `compiledRules`: once for each set. */
function digestOfRules(rules: RuleSet): Promise<string> {
  const provided = providedDigest(rules);
  if (provided !== null) return Promise.resolve(hexadecimal(provided));
  const known = digestsOfRules.get(rules) ?? sha256Hex(JSON.stringify(rules));
  digestsOfRules.set(rules, known);
  return known;
}
