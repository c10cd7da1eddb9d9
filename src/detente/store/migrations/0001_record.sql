-- One row a log. position: the order opened; edge: the right edge's hashes, joined; checkpoint: the signed note.
CREATE TABLE log (
    position   INTEGER PRIMARY KEY,
    origin     TEXT    NOT NULL UNIQUE,
    size       INTEGER NOT NULL CHECK (size >= 0),
    edge       BLOB    NOT NULL CHECK (length(edge) % 32 = 0),
    checkpoint BLOB    NOT NULL
) STRICT;

-- The latest cosigned note of a log: apart, because an append writes the row of its log again.
CREATE TABLE cosigned (
    log  INTEGER PRIMARY KEY REFERENCES log (position),
    size INTEGER NOT NULL CHECK (size >= 0),
    note BLOB    NOT NULL
) STRICT;

-- What the log commits to, never changed. submission, kind, author, at: derived from the entry, for look-ups.
-- With a rowid, since rows of about a kilobyte would fill the inner pages of its primary key.
CREATE TABLE entry (
    log        INTEGER NOT NULL REFERENCES log (position),
    idx        INTEGER NOT NULL CHECK (idx >= 0),
    entry      BLOB    NOT NULL,
    leaf       BLOB    NOT NULL CHECK (length(leaf) = 32),
    submission TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (log, idx)
) STRICT;

CREATE INDEX entry_by_leaf       ON entry (log, leaf, idx);
CREATE INDEX entry_by_submission ON entry (log, submission, idx);
CREATE INDEX entry_by_author     ON entry (log, author, idx, kind);
CREATE INDEX entry_by_kind       ON entry (log, kind, idx);

-- One row a disclosure, so that each can be erased. place: its order in the act; digest: as in the act's _sd.
CREATE TABLE disclosure (
    log        INTEGER NOT NULL,
    idx        INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    digest     TEXT    NOT NULL,
    disclosure TEXT    NOT NULL,
    PRIMARY KEY (log, idx, place),
    FOREIGN KEY (log, idx) REFERENCES entry (log, idx)
) STRICT, WITHOUT ROWID;

-- Full tiles only, never changed. root: the root over the tile's hashes, a hash of the tile above.
CREATE TABLE tile (
    log    INTEGER NOT NULL REFERENCES log (position),
    level  INTEGER NOT NULL CHECK (level >= 0),
    idx    INTEGER NOT NULL CHECK (idx >= 0),
    hashes BLOB    NOT NULL CHECK (length(hashes) = 8192),
    root   BLOB    NOT NULL CHECK (length(root) = 32),
    PRIMARY KEY (log, level, idx)
) STRICT;

-- Keys wrapped under a host key that is kept outside the database.
CREATE TABLE secret (
    name    TEXT NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
