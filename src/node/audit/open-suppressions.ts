import { readFileSync } from 'node:fs';
import { parseSuppressions, type Suppression } from '../../audit/suppressions.ts';
import { UserFailure } from '../failure.ts';

/** The suppressions of a file by their fingerprints. Throws a UserFailure. */
export function openSuppressions(path: string): Map<string, Suppression> {
  try {
    return parseSuppressions(JSON.parse(readFileSync(path, 'utf8')), new Date().toISOString().slice(0, 10));
  } catch (error) {
    throw new UserFailure(`--suppress ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
