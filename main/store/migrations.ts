// The shape of the store, as ordered data: step n turns a store of user_version n into one of n + 1, inside one
// transaction. A step that was released is never edited; a change of the shape is a new step at the end.

/** "ZBGF": marks an SQLite file as a gazette store. */
export const applicationId = 0x5a424746;

export const migrations: readonly string[] = [
  `
  -- The original bytes of an imported file, kept as they came.
  CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    fileName TEXT NOT NULL,
    bytes BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;

  -- fields: NoticeFields, body: Block[], both JSON; digest: sha256 of both, since SQLite does not check content.
  CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    fields TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    characters INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    source TEXT REFERENCES sources (id),
    startLine INTEGER,
    endLine INTEGER,
    created TEXT NOT NULL,
    updated TEXT NOT NULL
  ) STRICT;

  -- Every change of the text of a notice with what it took away and what it put in: replaying the rows of a notice
  -- from the first gives its fields and body, and each can be undone. Append-only.
  CREATE TABLE journal (
    notice TEXT NOT NULL REFERENCES notices (id),
    version INTEGER NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('body', 'fields')),
    "from" INTEGER NOT NULL,
    "to" INTEGER NOT NULL,
    removed TEXT NOT NULL,
    inserted TEXT NOT NULL,
    client TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (notice, version, part)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER journalKept BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journalFixed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  -- shelved: the sections of a deleted issue as JSON, so that restoring finds them; its notices are free meanwhile.
  CREATE TABLE issues (
    id TEXT PRIMARY KEY,
    fields TEXT NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    shelved TEXT,
    created TEXT NOT NULL,
    updated TEXT NOT NULL
  ) STRICT;
  CREATE TABLE sections (
    issue TEXT NOT NULL REFERENCES issues (id),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (issue, id)
  ) STRICT, WITHOUT ROWID;
  -- A notice stands at most once, over all issues.
  CREATE TABLE entries (
    notice TEXT PRIMARY KEY REFERENCES notices (id),
    issue TEXT NOT NULL,
    section TEXT NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (issue, section, position),
    FOREIGN KEY (issue, section) REFERENCES sections (issue, id)
  ) STRICT, WITHOUT ROWID;

  -- The answer to each stamped call; request is the sha256 of what was asked.
  CREATE TABLE answers (
    client TEXT NOT NULL,
    seq INTEGER NOT NULL,
    request TEXT NOT NULL,
    answer TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (client, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- The office's own house styles; digest: sha256 of label and json.
  CREATE TABLE styles (
    name TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    json TEXT NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    created TEXT NOT NULL,
    updated TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The pictures of bodies; mime, width and height are what the bytes say.
  CREATE TABLE images (
    sha256 TEXT PRIMARY KEY,
    bytes BLOB NOT NULL,
    mime TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- What people did with stages and printings, canonical JSON; hash: sha256 of the hash before (previous) and the action.
  -- Append-only, without gaps. The state of the workflow is nowhere but here.
  CREATE TABLE audit (
    n INTEGER PRIMARY KEY,
    action TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER auditKept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER auditFixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER auditChained BEFORE INSERT ON audit
    WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM audit)
      OR NEW.previous <> coalesce((SELECT hash FROM audit ORDER BY n DESC LIMIT 1), '')
    BEGIN SELECT RAISE(ABORT, 'an entry of the audit log follows the last one'); END;

  -- The texts that were signed or printed, each under its SHA-256.
  CREATE TABLE revisions (sha256 TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER revisionKept BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are kept'); END;
  CREATE TRIGGER revisionFixed BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are kept'); END;
  CREATE TRIGGER revisionOnce BEFORE INSERT ON revisions WHEN EXISTS (SELECT 1 FROM revisions WHERE sha256 = NEW.sha256)
    BEGIN SELECT RAISE(ABORT, 'revisions are kept'); END;
  `,
  `
  -- The faces that each issue was last exported with: PrintedFaces as JSON.
  CREATE TABLE printedFaces (
    issue TEXT PRIMARY KEY REFERENCES issues (id),
    faces TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The rule under which a correction was made; "" for a change by hand.
  ALTER TABLE journal ADD COLUMN rule TEXT NOT NULL DEFAULT '';

  -- What people declared right as it stands; issue NULL: in all of the office. Taken back at most once, never removed.
  CREATE TABLE ignores (
    id TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    rule TEXT NOT NULL,
    finding TEXT NOT NULL,
    quote TEXT NOT NULL,
    issue TEXT REFERENCES issues (id),
    reason TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    revokedBy TEXT,
    revokedAt TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER ignoresKept BEFORE DELETE ON ignores BEGIN SELECT RAISE(ABORT, 'ignores are kept'); END;

  -- The office's own entries of the dictionaries, EntryFields as JSON; and those of all that are switched off.
  CREATE TABLE entriesOwn (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    "from" TEXT NOT NULL,
    fields TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    UNIQUE (kind, word, "from")
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE entriesOff (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
  `
  -- ICC profiles of printers, each once.
  CREATE TABLE conditions (
    sha256 TEXT PRIMARY KEY,
    bytes BLOB NOT NULL,
    name TEXT NOT NULL,
    fileName TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  `,
];
