"""Floor 2: content that only its readers can open. age v1 files to X25519 recipients (docs/specs/sealed-file.md).

| file | says |
|---|---|
| `bech32` | 32 bytes as text that catches slips of the hand |
| `recipient` | which 32 bytes are admitted as a key to seal to, and their text `age1...` |
| `identity` | the key that opens, `AGE-SECRET-KEY-1...`; reading one typed from paper |
| `seal` | sealing to several readers; opening |

The format is age's, by Rust's `age` (pyrage) here and the same author's `age-encryption` in browsers. Random numbers are
drawn in `identity.make_identity` and `seal.seal` only, by that library, from the system's generator.
"""
