"""The two pages with which somebody enters: convening a process, and making a key for one by invitation."""

from __future__ import annotations

from typing import Final

from detente.views.addresses import PROCESSES
from detente.views.building.around import READABLE
from detente.views.shell import Footer, Shell, Viewer
from detente.views.signing import ConvenePage, JoinPage
from detente.wording.host import host_said
from detente.wording.language import gettext as _

ZONES: Final = (
    "UTC", "Africa/Addis_Ababa", "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi",
    "America/Bogota", "America/New_York", "America/Sao_Paulo", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Qatar", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
    "Europe/Berlin", "Europe/Istanbul", "Europe/Kyiv", "Europe/London", "Europe/Moscow", "Europe/Oslo",
    "Europe/Paris", "Europe/Zurich",
)  # fmt: skip


def join_page(*, process: str) -> JoinPage:
    """process: the origin as the address has it. Nothing is said of whether it is there."""
    return JoinPage(process=process, host=host_said(), shell=_around(_("Your key")))


def convene_page() -> ConvenePage:
    return ConvenePage(zones=ZONES, host=host_said(), shell=_around(_("Convene")))


def _around(title: str) -> Shell:
    return Shell(
        page_title=title,
        processes=PROCESSES,
        viewers=(Viewer(name=_("Public"), href=PROCESSES, current=True),),
        footer=Footer(derived="", zone="", readable=_(READABLE)),
    )
