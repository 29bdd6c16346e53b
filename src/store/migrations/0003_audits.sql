-- An audit is planned (cut into shards), its shards are checked in any order, then it is reported. Steps are leased.
CREATE TABLE audits (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'reporting', 'done', 'failed', 'cancelled')),
  source TEXT NOT NULL,
  policy TEXT,
  author TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  lease_until INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  summary TEXT,
  error TEXT,
  every_hours INTEGER,
  -- When it is run again; the run that follows takes this over.
  next_at INTEGER,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT;
CREATE INDEX audits_newest ON audits (tenant, created_at, id);
CREATE INDEX audits_open ON audits (created_at) WHERE state IN ('queued', 'running', 'reporting');
CREATE INDEX audits_repeated ON audits (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX audits_expiring ON audits (expires_at);

-- Figures are written once, by whoever settles the shard first: a message that comes twice changes nothing.
CREATE TABLE audit_shards (
  tenant TEXT NOT NULL,
  audit TEXT NOT NULL,
  shard INTEGER NOT NULL,
  digest TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
  lease_until INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0,
  flagged INTEGER NOT NULL DEFAULT 0,
  spans INTEGER NOT NULL DEFAULT 0,
  errors INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  PRIMARY KEY (tenant, audit, shard),
  FOREIGN KEY (tenant, audit) REFERENCES audits (tenant, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_shards_open ON audit_shards (tenant, audit, shard) WHERE state IN ('queued', 'running');
