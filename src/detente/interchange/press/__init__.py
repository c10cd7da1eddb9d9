"""Press articles and communiqués: from a file to the statements that it attributes, for a person to confirm."""
