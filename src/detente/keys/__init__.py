"""Floor 1: one person's key pair. Ed25519 (RFC 8032) only; randomness in `generate` only.

| file | says |
|---|---|
| `ed25519` | the curve's numbers, and whether a signature holds |
| `public` | which 32 bytes are admitted as a public key |
| `generate` | a new key pair; signing |
| `thumbprint` | the key's id, and the words to read out over the telephone |
| `word_list` | the 256 words |
| `possession` | proof, at enrolment, that the person holds the private key |
"""
