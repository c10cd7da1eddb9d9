-- The latest note of a log that the log has signed with ML-DSA-44 too: apart from the cosigned one, so that a line of the
-- log's own never takes the place of a cosigner's.
CREATE TABLE signed_again (
    log  INTEGER PRIMARY KEY REFERENCES log (position),
    size INTEGER NOT NULL CHECK (size >= 0),
    note BLOB    NOT NULL
) STRICT;

-- Time stamps on checkpoints of a log (docs/specs/time-stamp.md), never changed. size: of the checkpoint; place: 0 for the
-- stamp on the note, then those over the note and the stamps before; answer: what the authority sent, by its name; made,
-- ends: Unix seconds of the stamp, and of the end of its certificate.
CREATE TABLE stamp (
    log       INTEGER NOT NULL REFERENCES log (position),
    size      INTEGER NOT NULL CHECK (size > 0),
    place     INTEGER NOT NULL CHECK (place >= 0),
    note      BLOB    NOT NULL,
    answer    BLOB    NOT NULL,
    authority TEXT    NOT NULL,
    made      INTEGER NOT NULL,
    ends      INTEGER NOT NULL,
    PRIMARY KEY (log, size, place)
) STRICT;
