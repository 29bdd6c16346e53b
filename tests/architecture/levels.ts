import type { ImportStatement } from './sources.ts';

/**
 * The levels of DESIGN.md §2. Imports go strictly downward, never sideways.
 * `index.ts` stands between the library (≤ 4) and what serves it (≥ 5).
 */
export const LEVELS: Readonly<Record<string, number>> = {
  'sha256.ts': -1,
  'last-kept.ts': -1,
  text: 0,
  bayes: 0,
  evaluation: 0,
  'ordered-id.ts': 0,
  'version.ts': 0,
  rules: 1,
  verdict: 2,
  'sieve.ts': 3,
  client: 3,
  samples: 3,
  training: 4,
  audit: 4,
  store: 4,
  'index.ts': 4.5,
  service: 5,
  console: 5,
  integrations: 5,
  'worker.ts': 6,
  node: 6,
};

/** Files outside `src/` that source may import: the model and its policy, by the two entries that ship them. */
const DATA = /^models\//;
const READS_DATA = new Set(['worker.ts', 'node']);

/** `src/text/fold.ts` → `text`, `src/sieve.ts` → `sieve.ts`; `null` outside `src/`. */
export function unitOf(path: string): string | null {
  return /^src\/([^/]+)/.exec(path)?.[1] ?? null;
}

/** What is wrong with an import, or `null`; `packages` are the names that package.json lists under `dependencies`. */
export function complaint(statement: ImportStatement, packages: ReadonlySet<string>): string | null {
  const wrong =
    statement.target === null
      ? packageComplaint(statement, packages)
      : levelComplaint(statement.from, statement.target);
  return wrong && `${statement.from} imports ${statement.specifier}: ${wrong}`;
}

function packageComplaint({ from, specifier }: ImportStatement, packages: ReadonlySet<string>): string | null {
  const unit = unitOf(from);
  if (specifier.startsWith('node:')) return unit === 'node' ? null : 'only src/node may import node:';
  if (specifier.startsWith('cloudflare:'))
    return unit === 'worker.ts' ? null : 'only src/worker.ts may import cloudflare:';
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return packages.has(name) ? null : 'not under dependencies in package.json';
}

function levelComplaint(from: string, target: string): string | null {
  const here = unitOf(from);
  const there = unitOf(target);
  if (here === null || LEVELS[here] === undefined) return `${here} has no level`;
  if (DATA.test(target)) return READS_DATA.has(here) ? null : 'only the entries read models/';
  if (there === null) return 'outside src/';
  if (here === there) return null;
  const level = LEVELS[there];
  if (level === undefined) return `${there} has no level`;
  return level < LEVELS[here] ? null : `${here} (level ${LEVELS[here]}) may not import ${there} (level ${level})`;
}

/** The first cycle among the files as a path that ends where it starts, or `null`. O(files + imports). */
export function findCycle(imports: readonly ImportStatement[]): string[] | null {
  const next = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | null => {
    const seen = trail.indexOf(path);
    if (seen >= 0) return [...trail.slice(seen), path];
    if (done.has(path)) return null;
    for (const { target } of next.get(path) ?? []) {
      const cycle = target === null ? null : visit(target, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return null;
  };
  for (const path of next.keys()) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return null;
}
