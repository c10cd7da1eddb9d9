"""Can it be verified? A check of the words of a provision, as a linter reads code. It reads words, not intentions."""
