"""Floor 4: what the record says stands now. Frozen records of ids, leaves and grades; never content.

The two tables of the procedure are data here: `phases.py` (what may follow what) and `ladder.py` (how far a
side has gone towards an instrument).
"""
