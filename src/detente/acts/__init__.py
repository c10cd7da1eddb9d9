"""Floor 5: the acts, one file an institution. `kinds.py` lists them; nothing registers itself on import.

Each file, in this order: its legal source and ordering rules; the payload of each kind (`Clear`: what a rule
reads; `Hidden`: what only people read); `examine`; `evolve`; offers; and the `Kind` that ties them together.
"""
