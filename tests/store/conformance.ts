import { describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { auditTests } from './conformance/audits.ts';
import { disagreementTests } from './conformance/disagreements.ts';
import { figureTests } from './conformance/figures.ts';
import { idempotencyTests } from './conformance/idempotency.ts';
import { jobTests } from './conformance/jobs.ts';
import { keyTests } from './conformance/keys.ts';
import { modelTests } from './conformance/models.ts';
import { oddStringTests } from './conformance/odd-strings.ts';
import { purgeTests } from './conformance/purge.ts';
import { rateTests } from './conformance/rates.ts';
import { ruleTests } from './conformance/rules.ts';
import { sampleTests } from './conformance/samples.ts';
import { settingsTests } from './conformance/settings.ts';
import { tenancyTests } from './conformance/tenancy.ts';
import { usageTests } from './conformance/usage.ts';
import { verdictTests } from './conformance/verdicts.ts';
import { webhookTests } from './conformance/webhooks.ts';

/** Opens a store that holds nothing. */
export type OpenEmpty = () => Promise<Store>;

/** What every backend is held to. */
export function describeStore(backend: string, openEmpty: OpenEmpty): void {
  describe(`the store on ${backend}`, () => {
    describe('keys', () => keyTests(openEmpty));
    describe('verdicts', () => verdictTests(openEmpty));
    describe('rules', () => ruleTests(openEmpty));
    describe('settings', () => settingsTests(openEmpty));
    describe('webhooks', () => webhookTests(openEmpty));
    describe('usage', () => usageTests(openEmpty));
    describe('idempotency', () => idempotencyTests(openEmpty));
    describe('samples', () => sampleTests(openEmpty));
    describe('models', () => modelTests(openEmpty));
    describe('jobs', () => jobTests(openEmpty));
    describe('audits', () => auditTests(openEmpty));
    describe('disagreements', () => disagreementTests(openEmpty));
    describe('figures', () => figureTests(openEmpty));
    describe('rates', () => rateTests(openEmpty));
    describe('tenants', () => tenancyTests(openEmpty));
    describe('odd strings', () => oddStringTests(openEmpty));
    describe('purge and health', () => purgeTests(openEmpty));
  });
}
