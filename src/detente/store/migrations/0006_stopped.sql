-- A log that signs no more: somebody holds a checkpoint under its key that it does not hold. note: that checkpoint.
CREATE TABLE stopped (
    log  INTEGER PRIMARY KEY REFERENCES log (position),
    note BLOB    NOT NULL
) STRICT;
