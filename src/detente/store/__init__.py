"""Floor 8: the store. One port (`port.py`), and every implementation passes one conformance suite.

| file | holds |
|---|---|
| `port` | what a store must do |
| `appending` | what an append must be before any store touches it |
| `tiles` | which full tiles an append completes |
| `memory` | a store for tests and for reading a copy |
| `sql`, `sql_append` | what both databases do alike |
| `sqlite`, `sqlite_connection` | the embedded default: tables, and how its connections write and read |
| `durable_files` | small files beside it, whole or not there |
| `files` | sealed files beside it, kept under their SHA-256 |
| `static_files` | a directory or a bucket from which anybody's web server hands out tiles |
| `postgresql`, `postgresql_connection` | one that several server processes share; likewise |
| `postgresql_listening` | what they tell each other |
| `passing`, `postgresql_passing` | what is kept for a while and may be lost |
| `backup` | everything in one file, and back |
| `migrations`, `migrations/*.sql` | the tables, numbered |
| `opening` | from an address to a store |
| `looking` | a database that is only looked at |
| `fsck` | a database checked against its own log |
"""
