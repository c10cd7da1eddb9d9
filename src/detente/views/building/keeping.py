"""Whether what was agreed is kept: findings, the implementation matrix and notices of breach, on one page."""

from __future__ import annotations

from detente.procedure.disclosure import VisibleRecord
from detente.views.building.around import drawn_around
from detente.views.building.breach import breach_part
from detente.views.building.findings import findings
from detente.views.building.matrix import matrix_part
from detente.views.building.sight import Sight
from detente.views.keeping import KeepingPage
from detente.wording.language import gettext as _


def keeping_page(
    record: VisibleRecord, *, register: int = 0, until: str = "", row: int = 0, viewers: tuple[str, ...] = ()
) -> KeepingPage:
    """register: number of the act whose register is shown, 0 for the latest; until: the last month in the table; row:
    the first stipulation in it."""
    asked = {"register": str(register or ""), "until": until, "row": str(row or "")}
    sight = Sight(record, viewers, "keeping", asked)
    return KeepingPage(
        findings=findings(sight),
        matrix=matrix_part(sight, register=register, until=until, row=row),
        breach=breach_part(sight),
        shell=drawn_around(sight, _("Findings and breach")),
    )
