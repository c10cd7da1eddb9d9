"""One report of an incident in words: when, what and where, and the act that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from detente.views.building.sight import Sight
from detente.views.marks import Prose, worded
from detente.wording.language import N_
from detente.wording.language import gettext as _

INCIDENT_KINDS: Final[Mapping[str, str]] = {
    "attack": N_("Attack"), "clash": N_("Clash"), "explosion": N_("Explosion"), "shelling": N_("Shelling"),
    "airstrike": N_("Airstrike"), "abduction": N_("Abduction"),
    "violence_against_civilians": N_("Violence against civilians"), "protest": N_("Protest"),
    "restriction": N_("Restriction"), "other": N_("Other"),
}  # fmt: skip


def days_of(first: str, last: str) -> str:
    return first if first == last else _("{first} to {last}", first=first, last=last)


def kind_and_place(incident: str, place: str) -> str:
    kind = _(INCIDENT_KINDS[incident]) if incident in INCIDENT_KINDS else _("Incident")
    return _("{kind}, {place}", kind=kind, place=place) if place else kind


def report_cited(sight: Sight, leaf: str, row: int | None) -> Prose:
    cited = sight.cite_leaf(leaf)
    return (cited,) if row is None else worded("{act}, row {row}", act=cited, row=str(row))
