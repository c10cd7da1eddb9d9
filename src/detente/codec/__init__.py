"""Floor 0: canonical JSON, base64url, instants, identifiers and refusals. Bytes in, bytes out."""
