import type { Context } from 'hono';
import type { CheckInput, CheckOptions, InjectedSpan, Sieve, Verdict } from '../index.ts';
import { foldString } from '../text/fold.ts';
import { readySieve, type Dependencies } from './dependencies.ts';
import { checkDocument } from './document-limits.ts';
import type { Answer, Asked, Judged, Site } from './judged.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';

/** The sieve for the client of a request. Rejects with a `not-ready` problem. */
export async function siteOf(dependencies: Dependencies, c: Context<ServiceEnv>): Promise<Site> {
  if (dependencies.siteOf !== undefined) return await dependencies.siteOf(c);
  return { sieve: await readySieve(dependencies, c.get('requestId')) };
}

/** Judges a document as it came. Throws a problem: `too-large` for one that passes a limit, `invalid-request` for a policy that there is not. */
export function judgeSent({ limits }: Dependencies, site: Site, input: CheckInput, asked: Asked): Judged {
  checkDocument(input, limits);
  return judge(site, input, asked);
}

/** Judges one document. Throws an `invalid-request` problem for a policy that there is not. */
export function judge({ sieve, policy, degraded }: Site, input: CheckInput, asked: Asked): Judged {
  const mode = asked.mode ?? 'enforce';
  const checked = sieve.check(input, optionsOf(asked, knownPolicy(sieve, asked.policy ?? policy)));
  const verdict = degraded === undefined ? checked : { ...checked, engine: { ...checked.engine, degraded } };
  const told = asked.folded === true ? withFolded(verdict, input) : verdict;
  const answer = mode === 'shadow' ? passing(told, input, asked) : told;
  return { input, asked, mode, verdict, answer };
}

/** Counts and logs what was judged: when this is fulfilled, the answers may be sent. */
export async function keep(
  dependencies: Dependencies,
  c: Context<ServiceEnv>,
  judged: readonly Judged[],
): Promise<void> {
  for (const { verdict } of judged) dependencies.metrics?.observeVerdict(verdict);
  await dependencies.keep?.(c, judged);
}

function optionsOf({ lines, explain, clean }: Asked, policy: string | undefined): CheckOptions {
  const flags = { lines: lines ?? false, explain: explain ?? false, clean: clean ?? false };
  return policy === undefined ? flags : { ...flags, policy };
}

/** The name, which the sieve has. Throws an `invalid-request` problem. */
export function knownPolicy({ policies }: Sieve, name: string | undefined): string | undefined {
  if (name === undefined || policies.includes(name)) return name;
  const detail = `there is no such policy; choose one of ${policies.join(', ')}`;
  throw new ProblemError('invalid-request', `/policy: ${detail}`, { errors: [{ pointer: '/policy', detail }] });
}

function withFolded(verdict: Verdict, input: CheckInput): Answer {
  const source = input.text ?? input.html ?? input.markdown ?? '';
  const folded = (span: InjectedSpan) =>
    (span.pieces ?? [span]).map(({ start, end }) => foldString(source.slice(start, end))).join('');
  return { ...verdict, spans: verdict.spans.map((span) => ({ ...span, folded: folded(span) })) };
}

/** What is said instead of a verdict that shall have no effect. */
function passing(verdict: Answer, input: CheckInput, { clean }: Asked): Answer {
  const { id, coverage, engine, offsetUnit } = verdict;
  const cleaned = clean === true ? { cleaned: input.text ?? input.html ?? input.markdown ?? '' } : {};
  return { id, verdict: 'pass', posterior: 0, spans: [], ...cleaned, coverage, engine, offsetUnit, shadow: verdict };
}
