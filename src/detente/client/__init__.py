"""Floor 10: a participant's own machine. It holds keys, trusts no host, and keeps what proves that a host lied.

| file | says |
|---|---|
| `remote_host` | asking a host over HTTP; refusals in the one shape |
| `keyring` | the keys held here, a private file each |
| `replica` | the record, copied from its host and checked whole before anything of it is shown |
| `last_seen` | that a record still is the one seen before, and holds every act whose receipt is kept |
| `outbox` | acts signed here: kept before they are sent, and until their receipt is checked |
"""
