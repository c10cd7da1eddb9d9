"""Whether the languages of a text say the same: provisions that are missing, and numbers and dates that disagree."""
