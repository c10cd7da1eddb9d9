"""Floor 9: a log witness, called a cosigner on pages: it signs only checkpoints that extend what it saw."""
