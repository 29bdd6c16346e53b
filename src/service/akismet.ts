import { Hono, type Context } from 'hono';
import { orderedId } from '../ordered-id.ts';
import { documentOf, isTest, isTrigger } from './akismet-comment.ts';
import { readForm, type Form } from './akismet-form.ts';
import type { Dependencies } from './dependencies.ts';
import { judgeSent, keep, siteOf } from './judge.ts';
import type { ServiceEnv } from './problem.ts';
import type { Scope } from './tenant.ts';

type Handler = (c: Context<ServiceEnv>, form: Form) => Response | Promise<Response>;

/**
 * Akismet's protocol, so that clients that speak it need no change but the host name: forms in, `true` or `false` out. The key is a
 * field (`api_key`, `key`), the first label of the host name, or a Bearer token.
 */
export function akismetResource(dependencies: Dependencies) {
  const withForm = (handler: Handler) => async (c: Context<ServiceEnv>) => {
    const form = await readForm(c.req.raw, dependencies.limits);
    const missing = (form.get('blog') ?? '') === '';
    if (missing) return refused(c, 'Missing required field: blog.', 'send the address of your site as blog');
    return await handler(c, form);
  };
  const withKey = (scope: Scope, handler: Handler) =>
    withForm(async (c, form) => {
      const help = await faultOfKey(dependencies, c, form, scope);
      return help === null ? await handler(c, form) : refused(c, 'invalid', help);
    });
  return new Hono<ServiceEnv>()
    .post(
      '/1.1/verify-key',
      withKey('check', (c) => told(c, 'valid')),
    )
    .post(
      '/1.1/comment-check',
      withKey('check', (c, form) => checkComment(dependencies, c, form)),
    )
    .post(
      '/1.1/submit-spam',
      withKey('samples', (c, form) => submit(dependencies, c, form, 'spam')),
    )
    .post(
      '/1.1/submit-ham',
      withKey('samples', (c, form) => submit(dependencies, c, form, 'legit')),
    );
}

/** Spam is whatever does not pass: a client of this protocol puts it where a person can look, and cannot cut a span out. */
async function checkComment(dependencies: Dependencies, c: Context<ServiceEnv>, form: Form): Promise<Response> {
  const input = documentOf(form, orderedId());
  const judged = judgeSent(dependencies, await siteOf(dependencies, c), input, {});
  if (!isTest(form)) await keep(dependencies, c, [{ ...judged, verdictId: judged.verdict.id }]);
  const { verdict, id } = judged.answer;
  c.header('X-akismet-guid', id);
  // Nothing would be left of it: it may be dropped without a look.
  if (verdict === 'block') c.header('X-akismet-pro-tip', 'discard');
  return told(c, verdict !== 'pass' || isTrigger(form) ? 'true' : 'false');
}

async function submit(
  { samples }: Dependencies,
  c: Context<ServiceEnv>,
  form: Form,
  label: 'legit' | 'spam',
): Promise<Response> {
  if (samples === undefined) {
    c.status(501);
    return refused(c, 'Not stored.', 'this service keeps no samples; start it with a store to let it learn');
  }
  const verdictId = form.get('guid') ?? null;
  const input = documentOf(form, verdictId ?? orderedId());
  if (!isTest(form)) await samples.add(c, { label, input, verdictId, via: 'akismet' });
  return told(c, 'Thanks for making the web a better place.');
}

/**
 * What is wrong with the key of a request, `null` where it is good. A service without keys takes any; there must be one, so that a client
 * that forgot it learns of it here and not later.
 */
async function faultOfKey(
  { akismetKey }: Dependencies,
  c: Context<ServiceEnv>,
  form: Form,
  scope: Scope,
): Promise<string | null> {
  const key = keyOf(c, form);
  const state = key === null ? 'unknown' : ((await akismetKey?.(c, key, scope)) ?? 'good');
  if (state === 'good') return null;
  if (state === 'unknown') return 'the key is not known here; send it as api_key';
  return `the key lacks the scope ${scope}; ask an admin for one that has it`;
}

function keyOf(c: Context<ServiceEnv>, form: Form): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  const label = /^([^.:]+)\.[^:]*[a-z]/i.exec(c.req.header('Host') ?? '')?.[1];
  const given = [form.get('api_key'), form.get('key'), bearer, label];
  return given.find((key) => key !== undefined && key !== '') ?? null;
}

function refused(c: Context<ServiceEnv>, text: string, help: string): Response {
  c.header('X-akismet-debug-help', help);
  return told(c, text);
}

function told(c: Context<ServiceEnv>, text: string): Response {
  c.header('Cache-Control', 'no-store');
  return c.text(text);
}
