"""The list of processes, and an error."""

from __future__ import annotations

from detente.views.error import ErrorPage
from detente.views.finality_figure import ShortAnswer
from detente.views.marks import Link
from detente.views.processes import NextAct, ProcessEntry, ProcessesPage
from detente.views.shell import Notice
from tests.web.sample_pages.around import REPORTED, SAME_NIGHT, A, B, at, plain_shell
from tests.web.sample_pages.overview_parts import FOUR_NO


def processes_page(*, empty: bool = False) -> ProcessesPage:
    return ProcessesPage(
        shell=plain_shell("Processes"),
        entries=()
        if empty
        else (
            ProcessEntry(
                title="Istanbul round, October 2025",
                subtitle="the talks as reported",
                href=REPORTED,
                phase="Session closed. Breaking off claimed by A, no act of the convenor",
                instrument="Draft understanding, edition 3",
                answer="No. No side has assented.",
                answers=FOUR_NO,
                following=(
                    NextAct(mark=A, text="assent to edition 3"),
                    NextAct(mark=B, text="assent to edition 3"),
                ),
                acts="24 acts",
                last=at("29 Oct 2025, 18:00", illustrative=True),
            ),
            ProcessEntry(
                title="Istanbul round, October 2025",
                subtitle="the same night, asking the principal first",
                href=SAME_NIGHT,
                phase="Concluded",
                instrument="Understanding on border security and verification, edition 3",
                answer="Yes. It binds both sides and is in force.",
                answers=tuple(
                    ShortAnswer(question=name, yes=True, glyph="done")
                    for name in ("Adopted", "Authentic", "Binding", "In force")
                ),
                following=(),
                acts="87 acts",
                last=at("30 Nov 2025, 09:00"),
            ),
        ),
        older=None if empty else Link(text="Processes convened before these", href="/?after=20"),
        notice=Notice(
            label="Demonstration.",
            text="Both processes are reconstructions with demonstration keys, made to show the procedure. They prove "
            "nothing about the real talks.",
        ),
        empty="This host keeps no process that you may see. To play the shipped case: detente demo."
        if empty
        else "",
    )


def error_page() -> ErrorPage:
    return ErrorPage(
        shell=plain_shell("There is a problem"),
        status=404,
        heading="There is no act 90 in this record",
        sentence="The record holds 87 acts.",
        clause="",
        instead="Open the newest act, #87, or the timeline.",
        code="record.no_such_act",
        links=(Link(text="Timeline", href=f"{SAME_NIGHT}/timeline"), Link(text="All processes", href="/")),
    )
