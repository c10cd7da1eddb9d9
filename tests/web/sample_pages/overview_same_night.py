"""The same night, asking the principal first: a bracket open, adopted, signed, in force."""

from __future__ import annotations

from detente.views.act_line import ActGroup
from detente.views.brackets import Brackets
from detente.views.finality_figure import FinalityFigure
from detente.views.hours import Hours
from detente.views.marks import Link, linked, prose, strong
from detente.views.overview import Answer, Deadline, MissingAct, OtherInstrument, OverviewPage, Owed, Turn
from detente.views.shell import Shell
from tests.web.sample_pages.around import PA, PB, SAME_NIGHT, A, B, K, M, at, cite, line, shell
from tests.web.sample_pages.ladders import adopted_figure, in_force_figure, open_figure, signed_figure
from tests.web.sample_pages.overview_parts import (
    BRACKET_OPEN,
    BRACKETS_CLOSED,
    FOUR_NO,
    HOURS,
    LAST_AT_61,
    LAST_AT_82,
    NO_CLAIMS,
    SEATS,
)


def same_night(
    shown: Shell,
    answer: Answer,
    turn: Turn,
    figure: FinalityFigure,
    brackets: Brackets,
    last: tuple[ActGroup, ...],
    others: tuple[OtherInstrument, ...] = (),
) -> OverviewPage:
    return OverviewPage(
        shell=shown,
        answer=answer,
        turn=turn,
        figure=figure,
        others=others,
        brackets=brackets,
        claims=NO_CLAIMS,
        hours=HOURS,
        sessions=Link(text="Sessions", href=f"{SAME_NIGHT}/sessions"),
        last_acts=last,
        timeline=Link(text="Timeline", href=f"{SAME_NIGHT}/timeline"),
        table=SEATS,
        powers=Link(text="Powers", href=f"{SAME_NIGHT}/powers"),
    )


def bracket_overview() -> OverviewPage:
    return same_night(
        shell(SAME_NIGHT, "Overview", 61, "A", phase=prose("Session 2 open since 27 Oct 10:00")),
        Answer(
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
        Turn(
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
            how=prose("It is signed on the command line, with your key:"),
            command="detente act answer art_5 --process same-night --as A",
            first=Link(text="What your powers say before you ask Islamabad", href=f"{SAME_NIGHT}/powers"),
            note=prose("has answered. Answers stay sealed until both are in, and open only if both are yes."),
            note_mark=B,
        ),
        open_figure(),
        BRACKET_OPEN,
        LAST_AT_61,
        (
            OtherInstrument(
                title="Declaration on humanitarian crossings",
                href=f"{SAME_NIGHT}?instrument=crossings",
                edition="Edition 1, basis: by analogy",
                sentence="No. One assent is missing: Delegation B’s.",
                answers=FOUR_NO,
                missing=(MissingAct(place=1, mark=B, whose="Delegation B", act="assent to edition 1"),),
            ),
        ),
    )


def adopted_overview() -> OverviewPage:
    return same_night(
        shell(SAME_NIGHT, "Overview", 73, "B", phase=prose("Session 2 open since 27 Oct 10:00")),
        Answer(
            sentence="No. It is adopted, not yet fixed.",
            because=prose(
                "Both sides assented to edition 3, ad referendum. ",
                strong("The initials of A and of B are missing"),
                " before it is the final text.",
            ),
            besides=(),
            missing_head="Missing before it is authentic",
            missing=(
                MissingAct(
                    place=1, mark=A, whose="Delegation A", act="initials, in English, Urdu and Pashto"
                ),
                MissingAct(
                    place=1,
                    mark=B,
                    whose="You, Delegation B",
                    act="initials, in English, Urdu and Pashto",
                    yours=True,
                ),
            ),
            later_head="Missing after that, until it is in force",
            later=(
                MissingAct(
                    place=2, mark=PA, whose="Islamabad", act="confirmation of the signature", why="binding"
                ),
                MissingAct(
                    place=2, mark=PB, whose="Kabul", act="confirmation of the signature", why="binding"
                ),
            ),
        ),
        Turn(
            label="Your turn",
            yours=True,
            heading="Initial edition 3, or do not",
            no_deadline="No time limit was agreed.",
            silence="Silence means nothing.",
            how=prose(
                "Your powers reach this act (", *cite(SAME_NIGHT, 15), "). It is signed on the command line:"
            ),
            command="detente act initial understanding --process same-night --as B",
        ),
        adopted_figure(),
        BRACKETS_CLOSED,
        LAST_AT_82,
    )


def signed_overview() -> OverviewPage:
    return same_night(
        shell(
            SAME_NIGHT,
            "Overview",
            82,
            "A",
            phase=prose("Adjourned, ", *cite(SAME_NIGHT, 82), "; everything closed stays closed"),
        ),
        Answer(
            sentence="No. It binds no side yet.",
            because=prose(
                "The text is fixed: edition 3 is adopted and authentic, and only a correction can change it. ",
                strong("Two confirmations are missing: Islamabad’s and Kabul’s."),
            ),
            besides=(),
            missing_head="Missing before it binds",
            missing=(
                MissingAct(
                    place=1, mark=PA, whose="Islamabad", act="confirmation of the signature of 28 Oct 03:46"
                ),
                MissingAct(
                    place=1, mark=PB, whose="Kabul", act="confirmation of the signature of 28 Oct 03:40"
                ),
            ),
            later_head="Missing after that, until it is in force",
            later=(
                MissingAct(
                    place=2, mark=K, whose="Keeper", act="note that 30 days have passed", why="in force"
                ),
            ),
        ),
        Turn(
            label="Not your turn",
            yours=False,
            heading="Two principals must act next",
            owed=(
                Owed(mark=PA, who="Islamabad", what="confirm, or decline, the signature of 28 Oct 03:46"),
                Owed(mark=PB, who="Kabul", what="confirm, or decline, the signature of 28 Oct 03:40"),
            ),
            no_deadline="No time limit was agreed.",
            silence="Silence means nothing:",
            silence_note="it neither confirms nor declines.",
        ),
        signed_figure(),
        BRACKETS_CLOSED,
        LAST_AT_82,
    )


def in_force_overview() -> OverviewPage:
    return same_night(
        shell(SAME_NIGHT, "Overview", 87, "PB", phase=prose("Concluded, ", *cite(SAME_NIGHT, 86))),
        Answer(
            sentence="Yes. It binds both sides and is in force.",
            because=prose(
                "Adopted, authentic, binding, and in effect under its terms since ",
                strong("30 November 2025"),
                " (",
                *cite(SAME_NIGHT, 87),
                ").",
            ),
            besides=prose(
                "The record shows that the required acts were done, not that a court would hold them valid."
            ),
            missing_head="",
            missing=(),
            later_head="",
            later=(),
        ),
        Turn(
            label="Nothing is owed",
            yours=False,
            heading="No act is missing",
            how=prose(
                "A correction of the text, a withdrawal under its terms, or an amendment would show here."
            ),
        ),
        in_force_figure(),
        BRACKETS_CLOSED,
        LAST_AT_82,
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
