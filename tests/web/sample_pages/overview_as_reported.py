"""The talks as reported: just after the question was put, and at the end of the record."""

from __future__ import annotations

from detente.views.act_line import ActGroup
from detente.views.brackets import Brackets
from detente.views.finality_figure import Aside
from detente.views.hours import Hours
from detente.views.marks import ActRef, Link, linked, prose, strong
from detente.views.overview import Answer, Claim, Claims, MissingAct, OverviewPage, Owed, Turn
from detente.views.shell import AsOf
from tests.web.sample_pages.around import PA, PB, REPORTED, A, B, M, act, at, cite, line, shell
from tests.web.sample_pages.ladders import reported_figure
from tests.web.sample_pages.overview_parts import NO_CLAIMS, SEATS


def oral(root: str, number: int, head: str, time: str) -> Aside:
    return Aside(
        head=f"{head},",
        text=prose(linked(f"#{number}", act(root, number)), f", {time}†. Unconfirmed: no step"),
    )


REPORTED_MISSING = (
    MissingAct(place=1, mark=A, whose="Delegation A", act="assent to edition 3"),
    MissingAct(place=1, mark=B, whose="Delegation B", act="assent to edition 3"),
)


REPORTED_LATER = (
    MissingAct(place=2, mark=A, whose="Delegation A", act="initials or signature", why="authentic (10)"),
    MissingAct(place=2, mark=B, whose="Delegation B", act="initials or signature", why="authentic (10)"),
    MissingAct(place=3, mark=PA, whose="Islamabad", act="powers, or the confirmation of a signature"),
    MissingAct(place=3, mark=PB, whose="Kabul", act="powers, or the confirmation of a signature"),
)


REPORTED_BRACKETS = Brackets(
    count="None recorded",
    text=Link(text="Text of edition 3", href=f"{REPORTED}/text"),
    articles=(),
    open=(),
    empty="The record holds three editions by the Secretariat and no alternative tabled by a side. That shows "
    "what was entered here, not that the sides agreed. Next: each side can table an alternative, or assent.",
)


NO_AGENDA = Hours(
    total="No agenda in the record",
    bars=(),
    longest=1,
    note="",
    empty="The record holds one session of 18 h and no item taken up, so time by item cannot be derived. "
    "Next: the Secretariat can enter the agenda and the items of its minutes.",
)


def claim(number: int, words: str, source: str, answer: str, detail: str) -> Claim:
    return Claim(
        mark=A,
        words=words,
        source=source,
        ref=ActRef(number=number, href=act(REPORTED, number)),
        glyph="gap",
        answer=answer,
        detail=prose(detail),
    )


REPORTED_CLAIMS = Claims(
    count="4 registered, all by A; B and the mediators are invited to answer",
    rows=(
        claim(
            24,
            "“Four days of dialogue”",
            "a minister, 29 Oct",
            "Not in the record",
            "The record holds one session. #23 says otherwise.",
        ),
        claim(
            23,
            "“Three days, nearly 50 hours in total”",
            "a source, 29 Oct",
            "Not in the record",
            "The record holds one session of 18 h. #24 says otherwise.",
        ),
        claim(
            22,
            "The evidence was acknowledged by the other side and by the mediators",
            "a minister, 29 Oct",
            "Not in the record",
            "No acknowledgment by B or M. Not stated here by B.",
        ),
        claim(
            21,
            "The delegation withdrew from a nearly finalised draft",
            "officials, 28 Oct",
            "No signed act",
            "None supports or contradicts it; the ladder does not move.",
        ),
    ),
)


def reported_overview(now: bool) -> OverviewPage:
    asides: tuple[Aside, ...] = (oral(REPORTED, 14, "Oral yes", "02:34"),)
    newest = (
        line(REPORTED, 15, M, "Secretariat asked the speaker of #14 to confirm the words", "28 Oct 02:36"),
        line(
            REPORTED,
            14,
            M,
            "Secretariat minuted a yes by the head of Delegation B: oral, in Pashto, through an interpreter",
            "02:34",
        ),
        line(REPORTED, 13, A, "Delegation A’s lead asked whether edition 3 is final (minuted)", "02:33"),
        line(
            REPORTED, 12, M, "Secretariat circulated edition 3; no receipt by A or B in this record", "02:31"
        ),
        line(REPORTED, 11, M, "Secretariat issued edition 3; minute: “described as finalised”", "02:30"),
    )
    band: AsOf | None = AsOf(
        act=15,
        size=24,
        time=at("28 Oct 2025, 02:36", illustrative=True),
        said="just after the question was put.",
        previous=f"{REPORTED}?at=14",
        following=f"{REPORTED}?at=16",
        now=REPORTED,
    )
    turn = Turn(
        label="At this moment",
        yours=False,
        heading="Delegation B’s head was asked to confirm the words minuted",
        how=prose("Asked by the Secretariat at 02:36† (", linked("#15", act(REPORTED, 15)), ")."),
        no_deadline="No time limit is in the record;",
        silence="silence confirms nothing.",
        note=prose(
            "No rules of procedure are in the record. Until the sides adopt some, adoption needs the "
            "assent of both."
        ),
    )
    phase = prose("Session open since 27 Oct 10:00†")
    if now:
        asides = (*asides, oral(REPORTED, 17, "Oral: no longer assents", "02:41"))
        band = None
        phase = prose(
            "Session closed. Breaking off claimed by A (", *cite(REPORTED, 24), "); no act of the convenor"
        )
        newest = (
            line(
                REPORTED,
                24,
                A,
                "Delegation A registered a statement of 29 Oct: “four days of dialogue”",
                "29 Oct 18:00",
            ),
            line(
                REPORTED,
                23,
                A,
                "Delegation A registered a statement of 28 Oct: “withdrew from a nearly finalised draft”",
                "28 Oct 20:00",
            ),
            line(REPORTED, 18, M, "Secretariat closed the session after 18 h 00", "04:00"),
            line(
                REPORTED,
                17,
                M,
                "Secretariat minuted that the head of Delegation B no longer assents",
                "02:41",
            ),
            line(REPORTED, 16, M, "Secretariat minuted a reported telephone call; no referral act", "02:40"),
        )
        turn = Turn(
            label="Not your turn",
            yours=False,
            heading="Two delegations may act on edition 3",
            owed=(
                Owed(mark=A, who="Delegation A", what="assent to edition 3, or propose an alternative"),
                Owed(
                    mark=B,
                    who="Delegation B",
                    what="assent, propose an alternative, or confirm the words minuted",
                ),
            ),
            no_deadline="No time limit is in the record.",
            silence="Silence means nothing:",
            silence_note="it is neither a yes nor a no.",
            note=prose(
                "No powers of either side are in the record: an assent would be marked unauthorised until its "
                "principal confirms it (Vienna Convention, Article 8, by analogy)."
            ),
        )
    return OverviewPage(
        shell=shell(REPORTED, "Overview", 24, "public", band, phase),
        answer=Answer(
            sentence="No. No side has assented.",
            because=prose(
                "The mediators have issued edition 3. ",
                strong("The assent of A and the assent of B are missing."),
            ),
            besides=prose(
                "A yes by the head of Delegation B is minuted (",
                *cite(REPORTED, 14),
                "). The speaker has not confirmed the words, and a minute takes no step.",
            )
            if not now
            else prose(
                "A yes (",
                *cite(REPORTED, 14),
                ") and, seven minutes† later, its taking back (",
                *cite(REPORTED, 17),
                ") are minuted for the head of Delegation B. Neither is confirmed; neither is a step.",
            ),
            missing_head="Missing before it is adopted",
            missing=REPORTED_MISSING,
            later_head="Missing after that, until it is in force",
            later=REPORTED_LATER,
        ),
        turn=turn,
        figure=reported_figure(asides),
        others=(),
        brackets=REPORTED_BRACKETS,
        claims=REPORTED_CLAIMS if now else NO_CLAIMS,
        hours=NO_AGENDA,
        sessions=Link(text="Sessions", href=f"{REPORTED}/sessions"),
        last_acts=(ActGroup(head="", acts=newest),),
        timeline=Link(text="Timeline", href=f"{REPORTED}/timeline"),
        table=SEATS,
        powers=Link(text="Powers", href=f"{REPORTED}/powers"),
    )
