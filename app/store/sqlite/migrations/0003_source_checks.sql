-- What the server found when it last opened a cited address.
CREATE TABLE source_checks (
  url     TEXT PRIMARY KEY,
  outcome TEXT NOT NULL,
  domain  TEXT NOT NULL,
  checked INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX source_checks_age ON source_checks (checked);
