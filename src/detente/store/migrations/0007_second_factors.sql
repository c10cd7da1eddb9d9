-- Keys that sign nobody in alone: a passkey is asked for too (docs/adr/0052-security.md). key: thumbprint of the key;
-- credential: WebAuthn credential id, base64url; public: its public key (DER, SubjectPublicKeyInfo); site: the host name
-- that it was made for.
CREATE TABLE second_factor (
    log        INTEGER NOT NULL REFERENCES log (position),
    key        TEXT    NOT NULL,
    credential TEXT    NOT NULL,
    public     BLOB    NOT NULL,
    site       TEXT    NOT NULL,
    made       INTEGER NOT NULL,
    PRIMARY KEY (log, key)
) STRICT, WITHOUT ROWID;
