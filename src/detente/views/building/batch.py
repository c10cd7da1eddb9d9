"""The file of a batch of incidents: where its readers fetch it, and how they check it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.acts.incidents import ReportIncidents
from detente.procedure.disclosure import VisibleAct
from detente.views.act import ActField
from detente.views.building.exhibit import sized
from detente.views.building.sight import Sight, digits
from detente.views.marks import linked, worded
from detente.wording.language import gettext as _


def file_of(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    clear = act.act.clear
    if not isinstance(clear, ReportIncidents) or act.act.leaf in sight.state.erasures or act.sealed:
        return
    href = sight.place.now.page(f"files/{clear.file}").address
    said = worded(
        "{file}, {size}. Its SHA-256 begins with {digest}: whoever fetches it can compare.",
        file=linked(_("The file of incidents"), href), size=sized(clear.size), digest=digits(clear.file, 16),
    )  # fmt: skip
    yield ActField(label=_("File"), value=said)
