"""The files of an exhibit: what each is called, how large it is sealed, and where its readers open it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.acts.evidence import Present
from detente.procedure.disclosure import VisibleAct
from detente.views.act import ActField
from detente.views.building.sight import Sight
from detente.views.marks import linked, worded
from detente.wording.language import gettext as _

_UNITS = ("kB", "MB", "GB", "TB")


def files_of(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    clear = act.act.clear
    if not isinstance(clear, Present) or act.act.leaf in sight.state.erasures or act.sealed:
        return
    names = act.opened.get("names") or {}
    for digest, size in clear.files:
        href = sight.place.now.page(f"files/{digest}").address
        name = linked(names.get(digest) or _("without a name"), href)
        yield ActField(label=_("File"), value=worded("{name}, {size} sealed", size=sized(size), name=name))
    said = worded(
        "Each file is sealed to those named, and the host cannot read it. On the command line, “detente exhibit PROCESS "
        "{number} FOLDER” checks it against this act and opens it.",
        number=str(act.index + 1),
    )
    yield ActField(label=_("How to open them"), value=said)


def sized(size: int) -> str:
    """
    >>> sized(900), sized(2_000_000_000)
    ('0.9 kB', '2.0 GB')
    """
    found = size / 1000
    for unit in _UNITS[:-1]:
        if found < 1000:
            return f"{found:.1f} {unit}"
        found /= 1000
    return f"{found:.1f} {_UNITS[-1]}"
