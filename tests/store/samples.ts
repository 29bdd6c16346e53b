import type {
  DisagreementRecord,
  NewAudit,
  ModelRecord,
  NewApiKey,
  NewDelivery,
  NewSampleRecord,
  SiteRule,
  TenantSettings,
  VerdictRecord,
  Webhook,
} from '../../src/store/store.ts';

/** Rows of each kind with nothing odd in them; a test says what is special about its own. */

/** 1 January 2026, 00:00 UTC. */
export const NOW = 1_767_225_600_000;

export const HOUR = 3_600_000;

export function apiKey(id: string, more: Partial<NewApiKey> = {}): NewApiKey {
  const hash = `hash of ${id}`;
  return {
    id,
    name: `key ${id}`,
    hash,
    prefix: 'ls_live_ab',
    scopes: ['check'],
    createdAt: NOW,
    expiresAt: null,
    ...more,
  };
}

export function verdict(id: string, more: Partial<VerdictRecord> = {}): VerdictRecord {
  return {
    id,
    at: NOW,
    verdict: 'pass',
    mode: 'enforce',
    posterior: 0.25,
    engine: { version: '0.1.0', model: 'm1', rules: 'r1', policy: 'p1' },
    documentId: `document of ${id}`,
    contentHash: `hash of ${id}`,
    input: 'text',
    text: `text of ${id}`,
    spans: [{ start: 3, end: 9, category: 'gambling' }],
    options: { lines: true },
    expiresAt: null,
    ...more,
  };
}

export function siteRule(id: string, more: Partial<SiteRule> = {}): SiteRule {
  return {
    id,
    kind: 'deny',
    category: 'gambling',
    pattern: `pattern of ${id}`,
    weight: 2.5,
    description: `description of ${id}`,
    author: 'editor',
    reason: 'seen on two pages',
    createdAt: NOW,
    expiresAt: null,
    ...more,
  };
}

export function tenantSettings(more: Partial<TenantSettings> = {}): TenantSettings {
  return {
    policy: 'balanced',
    retain: 'full',
    retentionDays: 30,
    corsOrigins: ['https://site.test'],
    updatedAt: NOW,
    ...more,
  };
}

export function webhook(id: string, more: Partial<Webhook> = {}): Webhook {
  const url = `https://hooks.test/${id}`;
  return { id, url, events: ['verdict.flagged'], secret: `whsec_${id}`, createdAt: NOW, disabledAt: null, ...more };
}

export function delivery(id: string, webhookId: string, more: Partial<NewDelivery> = {}): NewDelivery {
  return { id, webhookId, event: 'verdict.flagged', payload: `{"id":"${id}"}`, createdAt: NOW, nextAt: NOW, ...more };
}

export function sample(id: string, more: Partial<NewSampleRecord> = {}): NewSampleRecord {
  return {
    id,
    text: `text of ${id}`,
    textHash: `hash of ${id}`,
    label: 'spam',
    category: 'gambling',
    language: 'tr',
    origin: 'human',
    author: 'editor',
    site: 'news',
    documentId: 'page-1',
    verdictId: null,
    influence: 8,
    createdAt: NOW,
    ...more,
  };
}

export function model(digest: string, more: Partial<ModelRecord> = {}): ModelRecord {
  return {
    digest,
    parent: null,
    createdAt: NOW,
    author: 'editor',
    samplesRevision: 3,
    card: { samples: 5, gate: { passed: true } },
    state: 'ready',
    ...more,
  };
}

export function disagreement(id: string, more: Partial<DisagreementRecord> = {}): DisagreementRecord {
  return {
    id,
    at: NOW,
    verdictId: null,
    champion: 'd1',
    challenger: 'd2',
    championVerdict: 'pass',
    challengerVerdict: 'clean',
    spans: { challenger: [{ start: 3, end: 9 }] },
    expiresAt: null,
    ...more,
  };
}

export function audit(id: string, more: Partial<NewAudit> = {}): NewAudit {
  const source = { kind: 'urls', urls: [`https://site.test/${id}`] };
  return {
    id,
    source,
    policy: null,
    author: 'editor',
    createdAt: NOW,
    everyHours: null,
    nextAt: null,
    expiresAt: NOW + 1_000_000,
    ...more,
  };
}
