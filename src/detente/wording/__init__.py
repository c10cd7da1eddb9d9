"""Floor 7: words. Every act's sentence, offices, times and what is missing, in plain English for page and terminal."""
