"""Floor 8: the store. One port (`port.py`), and every implementation passes one conformance suite.

| file | holds |
|---|---|
| `port` | what a store must do |
| `appending` | what an append must be before any store touches it |
| `tiles` | which full tiles an append completes |
| `memory` | a store for tests and for reading a copy |
| `sqlite`, `sqlite_connection` | the embedded default: tables, and how its connections write and read |
| `migrations`, `migrations/*.sql` | the tables, numbered |
| `opening` | from an address to a store |
| `fsck` | a database checked against its own log |
"""
