import { Hono } from 'hono';
import type * as z from 'zod';
import type { SiteRule } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import { faultAt } from './fault-at.ts';
import { timeOf } from './keys.ts';
import { nothingAt, readBody } from './parse-body.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import type { ruleRequest } from './schemas-rules.ts';
import { checkSize } from './rule-size.ts';
import { tryRule } from './rule-test.ts';
import { encodeMatcher, engineId, lintSiteRule, matcherOf } from './site-rule.ts';
import type { TenantSieves } from './tenant-sieves.ts';

const schemas = () => import('./schemas-rules.ts');

type RuleRequest = z.infer<typeof ruleRequest>;

/** Half of what the linter takes, twice the prior of a span (3): two hits decide where the words of a line say nothing. */
const DEFAULT_WEIGHT = 6;
/** The automaton of a site is built anew after each write, in some milliseconds for as many. */
const MOST_RULES = 1000;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_ID = 64;

/** `/v1/rules`: a site's own deny and allow rows, linted before they are taken. */
export function siteRulesResource(dependencies: StoreDependencies, sieves: TenantSieves) {
  const { store, clock = Date.now } = dependencies;
  const inForce = async (tenant: string) => await store.rules.list(tenant, clock());
  return new Hono<ServiceEnv>()
    .get('/v1/rules', async (c) => {
      const { rules, revision } = await inForce(tenantOf(c).tenant);
      return c.json({ rules: rules.map(shownRule), revision });
    })
    .put('/v1/rules/:id', async (c) => {
      const { tenant } = tenantOf(c);
      const id = checkedId(c.req.param('id'));
      const rule = ruleOf(id, await readBody(c, dependencies, (await schemas()).ruleRequest), clock(), '');
      const { rules } = await inForce(tenant);
      await sieves.parts();
      checkRule(rule, rules, '');
      if (!(await store.rules.put(tenant, rule, MOST_RULES))) throw tooMany();
      return c.json(shownRule(rule));
    })
    .delete('/v1/rules/:id', async (c) => {
      const id = c.req.param('id');
      if (!(await store.rules.delete(tenantOf(c).tenant, id))) throw nothingAt('rule', id);
      return c.body(null, 204);
    })
    .post('/v1/rules/test', async (c) => {
      const { tenant } = tenantOf(c);
      const asked = await readBody(c, dependencies, (await schemas()).ruleTestRequest);
      const rule = ruleOf(checkedId(asked.id ?? 'on-trial'), asked.rule, clock(), '/rule');
      checkRule(rule, (await inForce(tenant)).rules, '/rule');
      return c.json(await tryRule(dependencies, sieves, { tenant, requestId: c.get('requestId') }, rule, asked));
    });
}

/** Of the path or of a body, which both call it `id`. */
function checkedId(id: string): string {
  if (ID.test(id) && id.length <= LONGEST_ID) return id;
  throw faultAt('/id', `must be lower case letters, digits and hyphens, ${LONGEST_ID} at most`);
}

/** Throws an `invalid-request` problem where it has ended; `at` points to the rule in the body. */
function ruleOf(id: string, request: RuleRequest, now: number, at: string): SiteRule {
  const { kind, category = '', weight, description = '', author, reason, expiresAt } = request;
  const ends = expiresAt === undefined ? null : Date.parse(expiresAt);
  if (ends !== null && ends <= now) throw faultAt(`${at}/expiresAt`, 'must be in the future');
  return {
    id,
    kind,
    category: kind === 'allow' ? '' : category,
    pattern: encodeMatcher(request),
    weight: kind === 'allow' ? 0 : (weight ?? DEFAULT_WEIGHT),
    description,
    author,
    reason,
    createdAt: now,
    expiresAt: ends,
  };
}

/** Throws an `invalid-request` problem with what the linter found; `at` points to the rule in the body. */
function checkRule(rule: SiteRule, others: readonly SiteRule[], at: string): void {
  const { literals, pattern, needs } = matcherOf(rule);
  if (rule.kind === 'allow' && (literals === undefined || pattern !== undefined || needs !== undefined)) {
    throw faultAt(`${at}/literals`, 'an allow rule has literals and nothing else to find');
  }
  if (others.length >= MOST_RULES && !others.some(({ id }) => id === rule.id)) throw tooMany();
  checkSize(rule, others, at);
  const errors = lintSiteRule(rule, others)
    .filter(({ level }) => level === 'error')
    .map(({ problem, remedy }) => ({ pointer: at, detail: `${problem}; ${remedy}` }));
  if (errors.length === 0) return;
  throw new ProblemError('invalid-request', errors.map(({ detail }) => detail).join('; '), { errors });
}

function tooMany(): ProblemError {
  return new ProblemError('conflict', `a site may have ${MOST_RULES} rules; delete one, or put literals together`);
}

function shownRule(rule: SiteRule) {
  const { id, kind, category, weight, description, author, reason, createdAt, expiresAt } = rule;
  const times = { createdAt: timeOf(createdAt), expiresAt: timeOf(expiresAt) };
  return {
    id,
    engineId: engineId(rule),
    kind,
    category,
    weight,
    description,
    author,
    reason,
    ...matcherOf(rule),
    ...times,
  };
}
