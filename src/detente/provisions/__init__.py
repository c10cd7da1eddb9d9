"""Floor 3: provisions, their ids and numbers, brackets, editions, languages, comparison. Text in, values out."""
