"""Press articles: what is read of a file, and what it attributes to whom."""
