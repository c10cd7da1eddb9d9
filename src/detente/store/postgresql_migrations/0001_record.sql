-- The tables of SQLite's migrations, in the words of PostgreSQL (what each is for stands there).

CREATE TABLE log (
    position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin     text    NOT NULL UNIQUE,
    size       bigint NOT NULL CHECK (size >= 0),
    edge       bytea    NOT NULL CHECK (length(edge) % 32 = 0),
    checkpoint bytea    NOT NULL
);

CREATE TABLE cosigned (
    log  bigint PRIMARY KEY REFERENCES log (position),
    size bigint NOT NULL CHECK (size >= 0),
    note bytea    NOT NULL
);

CREATE TABLE entry (
    log        bigint NOT NULL REFERENCES log (position),
    idx        bigint NOT NULL CHECK (idx >= 0),
    entry      bytea    NOT NULL,
    leaf       bytea    NOT NULL CHECK (length(leaf) = 32),
    submission text    NOT NULL,
    kind       text    NOT NULL,
    author     text    NOT NULL,
    at         bigint NOT NULL,
    PRIMARY KEY (log, idx)
);

CREATE INDEX entry_by_leaf       ON entry (log, leaf, idx);
CREATE INDEX entry_by_submission ON entry (log, submission, idx);
CREATE INDEX entry_by_author     ON entry (log, author, idx, kind);
CREATE INDEX entry_by_kind       ON entry (log, kind, idx);

CREATE TABLE disclosure (
    log        bigint NOT NULL,
    idx        bigint NOT NULL,
    place      bigint NOT NULL,
    digest     text    NOT NULL,
    disclosure text    NOT NULL,
    PRIMARY KEY (log, idx, place),
    FOREIGN KEY (log, idx) REFERENCES entry (log, idx)
);

CREATE TABLE tile (
    log    bigint NOT NULL REFERENCES log (position),
    level  bigint NOT NULL CHECK (level >= 0),
    idx    bigint NOT NULL CHECK (idx >= 0),
    hashes bytea    NOT NULL CHECK (length(hashes) = 8192),
    root   bytea    NOT NULL CHECK (length(root) = 32),
    PRIMARY KEY (log, level, idx)
);

CREATE TABLE secret (
    name    text NOT NULL PRIMARY KEY,
    wrapped bytea NOT NULL
);

CREATE TABLE feed (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest   text    NOT NULL UNIQUE CHECK (length(digest) = 64),
    log      bigint NOT NULL REFERENCES log (position),
    person   text    NOT NULL,
    key      text    NOT NULL,
    ends     text    NOT NULL,
    made     bigint NOT NULL
);

CREATE INDEX feed_by_person ON feed (log, person);

CREATE TABLE wrapped_identity (
    position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    log        bigint NOT NULL REFERENCES log (position),
    credential text    NOT NULL,
    person     text    NOT NULL,
    public     text    NOT NULL,
    sealing    text    NOT NULL,
    wrapped    bytea    NOT NULL,
    made       bigint NOT NULL,
    UNIQUE (log, credential)
);

CREATE INDEX wrapped_identity_by_person ON wrapped_identity (log, person);

CREATE TABLE cosignature (
    log      bigint NOT NULL REFERENCES log (position),
    cosigner text    NOT NULL,
    size     bigint NOT NULL CHECK (size >= 0),
    time     bigint NOT NULL,
    note     bytea    NOT NULL,
    PRIMARY KEY (log, cosigner)
);

CREATE TABLE signed_again (
    log  bigint PRIMARY KEY REFERENCES log (position),
    size bigint NOT NULL CHECK (size >= 0),
    note bytea    NOT NULL
);

CREATE TABLE stamp (
    log       bigint NOT NULL REFERENCES log (position),
    size      bigint NOT NULL CHECK (size > 0),
    place     bigint NOT NULL CHECK (place >= 0),
    note      bytea    NOT NULL,
    answer    bytea    NOT NULL,
    authority text    NOT NULL,
    made      bigint NOT NULL,
    ends      bigint NOT NULL,
    PRIMARY KEY (log, size, place)
);

CREATE TABLE stopped (
    log  bigint PRIMARY KEY REFERENCES log (position),
    note bytea    NOT NULL
);
