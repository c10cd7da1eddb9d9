-- Addresses with which people follow a record without a session. position: the order made; digest: SHA-256 of the secret
-- part, in hex, so that the database opens no feed; ends: its last characters, for its owner; key: thumbprint of the key
-- that made it. A row is deleted when its address is revoked.
CREATE TABLE feed (
    position INTEGER PRIMARY KEY,
    digest   TEXT    NOT NULL UNIQUE CHECK (length(digest) = 64),
    log      INTEGER NOT NULL REFERENCES log (position),
    person   TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    ends     TEXT    NOT NULL,
    made     INTEGER NOT NULL
) STRICT;

CREATE INDEX feed_by_person ON feed (log, person);
