"""Floor 10: the web. Pages to read, the door for acts, and the log as static files. No rule is decided here."""
