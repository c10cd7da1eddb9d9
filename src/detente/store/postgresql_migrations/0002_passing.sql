-- What passes (detente.store.passing), shared by server processes. Unlogged: written to no write-ahead log, no standby and
-- no backup, and empty after a crash. position: the order kept; until: Unix seconds.
CREATE UNLOGGED TABLE passing (
    kind     text   NOT NULL,
    name     text   NOT NULL,
    grouped  text   NOT NULL,
    value    bytea  NOT NULL,
    until    double precision NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (kind, name)
);

CREATE INDEX passing_by_group ON passing (kind, grouped, position);
CREATE INDEX passing_by_time  ON passing (until);
