"""Floor 10: a participant's own machine. It holds keys, trusts no host, and keeps what proves that a host lied.

| file | says |
|---|---|
| `remote_host` | asking a host over HTTP; refusals in the one shape |
| `keyring` | the keys held here, a private file each |
| `replica` | the record, copied from its host and checked whole before anything of it is shown |
| `last_seen` | that a record still is the one seen before, and holds every act whose receipt is kept |
| `outbox` | acts signed here: kept before they are sent, and until their receipt is checked |
| `pouch` | the same where there is no line: acts leave as one file, and their receipts come back as another |
| `later_acts`, `host_tiles`, `titles` | a long record known from a snapshot on, from the host's files |
| `mirror`, `erasures` | a copy kept here; what it has to let go of |
| `contradiction`, `verified_before` | what proves that a log contradicts itself; which copies were verified here |
| `chamber_keys`, `exhibit_keys`, `preferences` | what is sealed to one's own keys, opened here and nowhere else |
| `witnessing`, `cosigner_key`, `witness_policy`, `unchained` | a witness: its key, whose logs it follows, what it keeps |
| `asking_witness`, `asking_witnesses` | a host's own round of its witnesses |
"""
