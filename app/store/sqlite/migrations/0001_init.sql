-- Times are microseconds since 1970, UTC. Columns that hold structures are JSON.

CREATE TABLE articles (
  slug    TEXT PRIMARY KEY,
  created INTEGER NOT NULL, -- of the first revision
  updated INTEGER NOT NULL, -- when the newest revision became the newest
  newest  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE revisions (
  slug     TEXT NOT NULL REFERENCES articles (slug),
  id       TEXT NOT NULL,
  title    TEXT NOT NULL,
  language TEXT NOT NULL,
  created  INTEGER NOT NULL,
  deck     TEXT NOT NULL,
  words    INTEGER NOT NULL,
  blocks   TEXT NOT NULL,
  PRIMARY KEY (slug, id)
);

CREATE TABLE notes (
  id          TEXT PRIMARY KEY,
  article     TEXT NOT NULL REFERENCES articles (slug),
  reader      TEXT NOT NULL,
  state       TEXT NOT NULL,
  etag        TEXT NOT NULL,
  annotation  TEXT NOT NULL,
  public      TEXT,
  public_etag TEXT NOT NULL,
  anchor      TEXT,
  verdict     TEXT,
  reasons     TEXT,
  reason      TEXT NOT NULL,
  appeal      INTEGER NOT NULL,
  created     INTEGER NOT NULL,
  updated     INTEGER NOT NULL,
  stance      TEXT NOT NULL,   -- by which the public version is counted, or ''
  waiting     INTEGER NOT NULL -- 1 while a moderator has to look
);

CREATE INDEX notes_article ON notes (article, stance);
CREATE INDEX notes_waiting ON notes (updated, id) WHERE waiting;

-- The public feeds. A row that a later one supersedes is deleted, but never an
-- article's last row: seq goes on from it.
CREATE TABLE feed (
  article TEXT NOT NULL REFERENCES articles (slug),
  seq     INTEGER NOT NULL,
  op      TEXT NOT NULL,
  ref     TEXT NOT NULL, -- a note; op revision: a revision
  put     INTEGER,       -- op anchor: the number of the note's put row; NULL: never shown
  PRIMARY KEY (article, seq)
) WITHOUT ROWID;

CREATE INDEX feed_ref ON feed (ref) WHERE op <> 'revision';

-- The author-only feeds, in the same way.
CREATE TABLE mine (
  reader TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  note   TEXT NOT NULL,
  PRIMARY KEY (reader, seq)
) WITHOUT ROWID;

CREATE INDEX mine_note ON mine (note);

CREATE TABLE outcomes (
  reader  TEXT NOT NULL,
  change  TEXT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (reader, change)
) WITHOUT ROWID;

CREATE TABLE readers (
  id       TEXT PRIMARY KEY,
  nickname TEXT NOT NULL,
  created  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
  token_hash BLOB PRIMARY KEY,
  reader     TEXT NOT NULL REFERENCES readers (id),
  created    INTEGER NOT NULL
) WITHOUT ROWID;
