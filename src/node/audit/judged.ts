import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What verdicts of an audit depend on, beside the engine. */
export interface Judged {
  /** `null`: that of the sieve. */
  readonly policy: string | null;
  readonly excludeRules: readonly string[];
}

/** What the audit in a folder judged by; the usual where there is no journal. */
export function judgedIn(folder: string): Judged {
  return { policy: null, excludeRules: [], ...JSON.parse(judgedText(folder) ?? '{}') };
}

/** As the journal has it, with the engine; `null` where there is none. */
export function judgedText(folder: string): string | null {
  const path = join(folder, 'journal.ndjson');
  if (!existsSync(path)) return null;
  const [head = ''] = readFileSync(path, 'utf8').split('\n', 1);
  return head === '' ? null : ((JSON.parse(head) as { judged?: string }).judged ?? null);
}
