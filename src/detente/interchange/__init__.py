"""Floor 8: the record in other forms, both ways. So far: plain-text minutes."""
