-- Times are milliseconds since 1970 (UTC). JSON stands in TEXT columns. Every table but `rates` begins with its tenant.

CREATE TABLE api_keys (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  prefix TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  revoked_at INTEGER,
  replaced_by TEXT,
  PRIMARY KEY (tenant, id)
) STRICT;

CREATE TABLE verdicts (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'clean', 'review', 'block')),
  mode TEXT NOT NULL CHECK (mode IN ('enforce', 'shadow')),
  posterior REAL NOT NULL,
  engine TEXT NOT NULL,
  document_id TEXT,
  content_hash TEXT,
  input TEXT NOT NULL CHECK (input IN ('text', 'html', 'markdown')),
  expires_at INTEGER,
  options TEXT NOT NULL,
  text_kept INTEGER NOT NULL,
  -- NULL where the field was not kept, and where it stands in verdict_parts.
  text TEXT,
  spans TEXT,
  PRIMARY KEY (tenant, id)
) STRICT;
CREATE INDEX verdicts_newest ON verdicts (tenant, at, id);
CREATE INDEX verdicts_newest_of_kind ON verdicts (tenant, verdict, at, id);
CREATE INDEX verdicts_expiring ON verdicts (expires_at) WHERE expires_at IS NOT NULL;

-- Long texts and spans, cut so that no row comes near the 2 MB that D1 allows.
CREATE TABLE verdict_parts (
  tenant TEXT NOT NULL,
  verdict_id TEXT NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('text', 'spans')),
  part INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (tenant, verdict_id, field, part),
  FOREIGN KEY (tenant, verdict_id) REFERENCES verdicts (tenant, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE site_rules (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('deny', 'allow')),
  category TEXT NOT NULL,
  pattern TEXT NOT NULL,
  weight REAL NOT NULL,
  description TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (tenant, id)
) STRICT;

CREATE TABLE rule_revisions (
  tenant TEXT NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tenant_settings (
  tenant TEXT NOT NULL PRIMARY KEY,
  policy TEXT NOT NULL,
  retain TEXT NOT NULL CHECK (retain IN ('full', 'spans', 'hash', 'none')),
  retention_days INTEGER NOT NULL,
  cors_origins TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE webhooks (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  disabled_at INTEGER,
  PRIMARY KEY (tenant, id)
) STRICT;

CREATE TABLE deliveries (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  event TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
  last_error TEXT,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, webhook_id) REFERENCES webhooks (tenant, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX deliveries_of_webhook ON deliveries (tenant, webhook_id, created_at, id);
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE state = 'pending';
CREATE INDEX deliveries_settled ON deliveries (created_at) WHERE state <> 'pending';

CREATE TABLE daily_usage (
  tenant TEXT NOT NULL,
  day TEXT NOT NULL,
  requests INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  flagged INTEGER NOT NULL,
  PRIMARY KEY (tenant, day)
) STRICT, WITHOUT ROWID;

-- `response` is NULL while the first request is at work; `expires_at` is then the end of its lock.
CREATE TABLE idempotency_keys (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  token TEXT NOT NULL,
  response TEXT,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) STRICT;
CREATE INDEX idempotency_keys_expiring ON idempotency_keys (expires_at);

-- `full_at`: when the whole allowance is there again (the theoretical arrival time of the generic cell rate algorithm).
CREATE TABLE rates (
  key TEXT NOT NULL PRIMARY KEY,
  full_at REAL NOT NULL,
  allowed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rates_idle ON rates (full_at);
