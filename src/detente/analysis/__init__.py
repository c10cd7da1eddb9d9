"""What can be reckoned from the record and from incidents: candidates and counts, never verdicts."""
