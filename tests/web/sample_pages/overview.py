"""The overview with a bracket open, a deadline and a second instrument; and of a process just convened."""

from __future__ import annotations

from detente.views.act_line import ActGroup
from detente.views.brackets import Brackets
from detente.views.hours import Hours
from detente.views.marks import Link, linked, prose
from detente.views.overview import Answer, Deadline, MissingAct, OtherInstrument, OverviewPage, Turn
from tests.web.sample_pages.around import PA, PB, SAME_NIGHT, A, B, M, at, line, shell
from tests.web.sample_pages.ladders import open_figure
from tests.web.sample_pages.overview_parts import (
    BRACKET_OPEN,
    FOUR_NO,
    HOURS,
    LAST_AT_61,
    NO_CLAIMS,
    SEATS,
)


def bracket_overview() -> OverviewPage:
    return OverviewPage(
        shell=shell(SAME_NIGHT, "Overview", 61, "A", phase=prose("Session 2 open since 27 Oct 10:00")),
        answer=Answer(
            sentence="No. It is not adopted.",
            because=prose(
                "One bracket is open, in ",
                linked("Article 5", f"{SAME_NIGHT}/text#art_5"),
                ". No side can assent before it closes.",
            ),
            besides=(),
            missing_head="Missing before it is adopted",
            missing=(
                MissingAct(place=1, mark=A, whose="You, Delegation A", act="answer on Article 5", yours=True),
                MissingAct(place=2, mark=M, whose="Secretariat", act="edition 3, without brackets"),
                MissingAct(place=3, mark=A, whose="Delegation A", act="assent to edition 3"),
                MissingAct(place=3, mark=B, whose="Delegation B", act="assent to edition 3"),
            ),
            later_head="Missing after that, until it is in force",
            later=(
                MissingAct(place=4, mark=A, whose="Delegation A", act="initials", why="authentic"),
                MissingAct(place=4, mark=B, whose="Delegation B", act="initials", why="authentic"),
                MissingAct(
                    place=5, mark=PA, whose="Islamabad", act="confirmation of the signature", why="binding"
                ),
                MissingAct(
                    place=5, mark=PB, whose="Kabul", act="confirmation of the signature", why="binding"
                ),
            ),
        ),
        turn=Turn(
            label="Your turn",
            yours=True,
            heading="Answer the mediators’ proposal on Article 5",
            deadline=Deadline(
                local=at("02:30 Istanbul time, 28 October"),
                utc="23:30 UTC, 27 October",
                left="1 h 42 min left",
            ),
            silence="Silence counts as no.",
            silence_note="Nothing else changes.",
            how=prose("Asked by Secretariat, #14."),
            first=Link(text="What your powers say before you ask Islamabad", href=f"{SAME_NIGHT}/powers"),
            note=prose("has answered. Answers stay sealed until both are in, and open only if both are yes."),
        ),
        figure=open_figure(),
        brackets=BRACKET_OPEN,
        last_acts=LAST_AT_61,
        others=(
            OtherInstrument(
                title="Declaration on humanitarian crossings",
                href=f"{SAME_NIGHT}?instrument=crossings",
                edition="Edition 1, basis: by analogy",
                sentence="No. One assent is missing: Delegation B’s.",
                answers=FOUR_NO,
                missing=(MissingAct(place=1, mark=B, whose="Delegation B", act="assent to edition 1"),),
            ),
        ),
        claims=NO_CLAIMS,
        undertakings=Link(text="4 gaps in 5 chains", href=f"{SAME_NIGHT}/undertakings"),
        hours=HOURS,
        sessions=Link(text="Sessions", href=f"{SAME_NIGHT}/sessions"),
        timeline=Link(text="Timeline", href=f"{SAME_NIGHT}/timeline"),
        table=SEATS,
        powers=Link(text="Powers", href=f"{SAME_NIGHT}/powers"),
    )


def nothing_yet() -> OverviewPage:
    """A process just convened: no instrument, no session, no side."""
    return OverviewPage(
        shell=shell(SAME_NIGHT, "Overview", 1, "M", phase=prose("Convened 27 Oct 08:40")),
        answer=Answer(
            sentence="No. No text is on the table.",
            because=prose("No instrument is open in this process."),
            besides=(),
            missing_head="Missing before anything can be adopted",
            missing=(
                MissingAct(place=1, mark=M, whose="You, Secretariat", act="open an instrument", yours=True),
            ),
            later_head="",
            later=(),
        ),
        turn=Turn(label="Your turn", yours=True, heading="Admit the sides, open an instrument"),
        figure=None,
        others=(),
        brackets=Brackets(
            count="None", text=None, articles=(), open=(), empty="No text is tabled. Next: table one."
        ),
        claims=NO_CLAIMS,
        undertakings=None,
        hours=Hours(total="", bars=(), longest=1, note="", empty="No session is in the record."),
        sessions=Link(text="Sessions", href=f"{SAME_NIGHT}/sessions"),
        last_acts=(
            ActGroup(
                head="", acts=(line(SAME_NIGHT, 1, M, "Secretariat convened the talks", "27 Oct 08:40"),)
            ),
        ),
        timeline=Link(text="Timeline", href=f"{SAME_NIGHT}/timeline"),
        table=(SEATS[2],),
        powers=Link(text="Powers", href=f"{SAME_NIGHT}/powers"),
    )
