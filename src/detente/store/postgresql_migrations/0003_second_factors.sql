-- As migrations/0007_second_factors.sql.
CREATE TABLE second_factor (
    log        bigint NOT NULL REFERENCES log (position),
    key        text   NOT NULL,
    credential text   NOT NULL,
    public     bytea  NOT NULL,
    site       text   NOT NULL,
    made       bigint NOT NULL,
    PRIMARY KEY (log, key)
);
