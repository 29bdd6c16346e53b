-- A person's label on a text. `revision`: the tenant's count of changes at the last change of the row.
CREATE TABLE samples (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  text TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  label TEXT NOT NULL CHECK (label IN ('legit', 'spam')),
  category TEXT,
  language TEXT,
  origin TEXT NOT NULL CHECK (origin IN ('human', 'rule', 'import')),
  author TEXT NOT NULL,
  site TEXT,
  document_id TEXT,
  verdict_id TEXT,
  influence INTEGER NOT NULL CHECK (influence >= 1),
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'withdrawn', 'ignored', 'conflict')),
  revision INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT;
-- One label of a text is learned, whoever is faster.
CREATE UNIQUE INDEX samples_learned ON samples (tenant, text_hash) WHERE state = 'active';
CREATE INDEX samples_newest ON samples (tenant, created_at, id);
CREATE INDEX samples_changed ON samples (tenant, revision, id);
CREATE INDEX samples_in_state ON samples (tenant, state, created_at, id);
CREATE INDEX samples_by_author ON samples (tenant, author, created_at, id);

CREATE TABLE sample_revisions (
  tenant TEXT NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
  tenant TEXT NOT NULL,
  digest TEXT NOT NULL,
  parent TEXT,
  created_at INTEGER NOT NULL,
  author TEXT NOT NULL,
  samples_revision INTEGER NOT NULL,
  card TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ready', 'refused', 'pruned')),
  PRIMARY KEY (tenant, digest)
) STRICT;
CREATE INDEX models_newest ON models (tenant, created_at, digest);

-- NULL is the base model, which comes with the program.
CREATE TABLE model_aliases (
  tenant TEXT NOT NULL PRIMARY KEY,
  champion TEXT,
  previous TEXT,
  has_previous INTEGER NOT NULL,
  challenger TEXT,
  share REAL NOT NULL CHECK (share BETWEEN 0 AND 1),
  learn_from INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE promotions (
  tenant TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL,
  from_digest TEXT,
  to_digest TEXT,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (tenant, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress REAL NOT NULL DEFAULT 0,
  stage TEXT NOT NULL DEFAULT '',
  input TEXT NOT NULL,
  result TEXT,
  error TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  lease_until INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, id)
) STRICT;
CREATE INDEX jobs_newest ON jobs (tenant, created_at, id);
CREATE INDEX jobs_open ON jobs (kind, created_at) WHERE state IN ('queued', 'running');

CREATE TABLE disagreements (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  verdict_id TEXT,
  champion TEXT NOT NULL,
  challenger TEXT NOT NULL,
  champion_verdict TEXT NOT NULL,
  challenger_verdict TEXT NOT NULL,
  spans TEXT,
  expires_at INTEGER,
  PRIMARY KEY (tenant, id)
) STRICT;
CREATE INDEX disagreements_newest ON disagreements (tenant, at, id);
CREATE INDEX disagreements_expiring ON disagreements (expires_at) WHERE expires_at IS NOT NULL;

-- How often a value of a figure came in a week (`2026-W48`).
CREATE TABLE weekly_figures (
  tenant TEXT NOT NULL,
  week TEXT NOT NULL,
  figure TEXT NOT NULL,
  key TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (tenant, week, figure, key)
) STRICT, WITHOUT ROWID;
