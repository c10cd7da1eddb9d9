"""The page on which a browser shows what was signed in it and is not in the record."""

from __future__ import annotations

from detente.views.addresses import PROCESSES, Place, process_id
from detente.views.building.around import READABLE
from detente.views.marks import Link
from detente.views.outbox import OutboxPage
from detente.views.shell import Footer, Shell, Viewer


def outbox_page(*, process: str) -> OutboxPage:
    """process: the origin as the address has it. Nothing is said of whether it is there."""
    shell = Shell(
        page_title="Signed here",
        processes=PROCESSES,
        viewers=(Viewer(name="This browser", href=PROCESSES, current=True),),
        footer=Footer(derived="", zone="Times are of this device's zone.", readable=READABLE),
    )
    overview = Link(text="To the process", href=Place(process_id(process)).page().address)
    return OutboxPage(shell=shell, process=process, overview=overview)
