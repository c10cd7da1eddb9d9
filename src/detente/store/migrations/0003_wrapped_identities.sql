-- Keys of people that wait behind a passkey, wrapped where the host cannot look (docs/specs/wrapped-identity.md). position:
-- the order kept; credential: WebAuthn credential id, base64url; public, sealing: public halves of what is wrapped. A row is
-- deleted when its key is revoked.
CREATE TABLE wrapped_identity (
    position   INTEGER PRIMARY KEY,
    log        INTEGER NOT NULL REFERENCES log (position),
    credential TEXT    NOT NULL,
    person     TEXT    NOT NULL,
    public     TEXT    NOT NULL,
    sealing    TEXT    NOT NULL,
    wrapped    BLOB    NOT NULL,
    made       INTEGER NOT NULL,
    UNIQUE (log, credential)
) STRICT;

CREATE INDEX wrapped_identity_by_person ON wrapped_identity (log, person);
