"""Floor 2: the transparency log, one file for each C2SP specification. Bytes in, bytes out.

| file | specified by |
|---|---|
| `merkle` | RFC 6962 sec. 2.1: the tree, inclusion and consistency |
| `tile` | C2SP tlog-tiles: paths, hash tiles, entry bundles |
| `signed_note` | C2SP signed-note: text, signature lines, verifier keys |
| `checkpoint` | C2SP tlog-checkpoint: origin, size, root |
| `cosignature` | C2SP tlog-cosignature: what a witness adds |
| `proof` | C2SP tlog-proof: a receipt |
| `policy`, `policy_file` | C2SP tlog-policy: whose signatures are enough, and the file that says so |
| `add_checkpoint` | C2SP tlog-witness: what a log asks of a witness |
| `line` | the two spellings they share: base64 and decimal numbers |
"""
