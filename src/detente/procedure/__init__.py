"""Floor 6: the procedure. Examine an act, fold it, say what is final and whose act is missing, offer what is
possible, and decide who may read what. Pure: no clock, no store, no network.
"""
