-- The latest cosignature of each cosigner of a log, beside the largest cosigned note: who has witnessed what, and when.
-- cosigner: its key's name; time: Unix seconds, as it states; note: the checkpoint with the log's line and this one.
CREATE TABLE cosignature (
    log      INTEGER NOT NULL REFERENCES log (position),
    cosigner TEXT    NOT NULL,
    size     INTEGER NOT NULL CHECK (size >= 0),
    time     INTEGER NOT NULL,
    note     BLOB    NOT NULL,
    PRIMARY KEY (log, cosigner)
) STRICT;
