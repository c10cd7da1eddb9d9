"""All scores of one register as a table to download: clear fields only, so that it is the same for every reader."""

from __future__ import annotations

import csv
from io import StringIO

from detente.procedure.disclosure import VisibleRecord
from detente.procedure.matrix import matrix
from detente.views.building.matrix import chosen_register
from detente.views.building.sight import Sight


def matrix_table(record: VisibleRecord, *, register: int = 0) -> str:
    """Comma-separated values (RFC 4180). register: number of the act, 0 for the latest; where there is none, the head."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(("register", "month", "stipulation", "scorer", "score"))
    chosen = chosen_register(Sight(record, ()), register)
    if chosen is not None:
        for month, by in matrix(record.visible.state, chosen).said.items():
            for scorer, scores in sorted(by.items()):
                listed = (s for s in chosen.stipulations if s in scores)
                table.writerows((chosen.index + 1, month, s, scorer, scores[s]) for s in listed)
    return written.getvalue()
