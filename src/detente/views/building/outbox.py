"""The page on which a browser shows what was signed in it and is not in the record."""

from __future__ import annotations

from detente.views.addresses import PROCESSES, Place, process_id
from detente.views.building.around import READABLE
from detente.views.marks import Link
from detente.views.outbox import OutboxPage
from detente.views.shell import Footer, Shell, Viewer
from detente.wording.language import gettext as _


def outbox_page(*, process: str) -> OutboxPage:
    """process: the origin as the address has it. Nothing is said of whether it is there."""
    shell = Shell(
        page_title=_("Signed here"),
        processes=PROCESSES,
        viewers=(Viewer(name=_("This browser"), href=PROCESSES, current=True),),
        footer=Footer(derived="", zone=_("Times are of this device's zone."), readable=_(READABLE)),
    )
    overview = Link(text=_("To the process"), href=Place(process_id(process)).page().address)
    return OutboxPage(shell=shell, process=process, overview=overview)
