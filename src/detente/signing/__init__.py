"""Floor 2: one act as signed bytes (docs/specs/act.md): an SD-JWT (RFC 9901) in one strict spelling.

| file | says |
|---|---|
| `canonical_object` | JSON in its one form, the fault named |
| `compact` | a signed statement: header, payload, signature |
| `envelope` | an act: such a statement, with its disclosures |
| `disclosure` | the hidden fields: salted digests and what opens them |
| `signer` | an act signed |
| `verifier` | an act verified: another type, not a flag |
| `salt` | randomness for salts and nonces, the only one in this room |
"""
