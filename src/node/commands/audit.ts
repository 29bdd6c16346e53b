import { checkOptionsOf, threadsOf, type AuditFlags } from '../audit/audit-flags.ts';
import { CheckThreads } from '../audit/check-threads.ts';

/**
 * `linesieve audit`: checks every document of the sources into a folder; returns the exit code. Throws a UserFailure. Threads are started before
 * this one loads what it needs itself: a fifth of a second less until the first document is checked.
 */
export async function auditCommand(sources: readonly string[], flags: AuditFlags): Promise<number> {
  const check = checkOptionsOf(flags);
  const threads = new CheckThreads(threadsOf(flags.threads), check);
  try {
    const { conductAudit } = await import('../audit/conduct.ts');
    return await conductAudit(sources, flags, check, threads);
  } finally {
    await threads.end();
  }
}
