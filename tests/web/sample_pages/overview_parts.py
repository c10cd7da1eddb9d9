"""Articles, hours, last acts and seats of the same night."""

from __future__ import annotations

from detente.views.act_line import ActGroup
from detente.views.brackets import ArticleTile, Brackets, OpenBracket, StackedAlternative
from detente.views.finality_figure import ShortAnswer
from detente.views.hours import HourBar, Hours
from detente.views.marks import Link, prose
from detente.views.overview import Claims, Seat
from tests.web.sample_pages.around import SAME_NIGHT, A, B, M, cite, line

ARTICLES = (
    ("1", "Terms"),
    ("2", "Scope"),
    ("3", "Use of territory"),
    ("4", "Notified incidents"),
    ("5", "Monitoring"),
    ("6", "Crossing points"),
    ("7", "Joint commission"),
    ("8", "Closing clauses"),
)


def tiles(states: dict[str, str], open_article: str = "") -> tuple[ArticleTile, ...]:
    return tuple(
        ArticleTile(
            number=number,
            heading=heading,
            state=states.get(number, "No bracket"),
            href=f"{SAME_NIGHT}/text#art_{number}",
            open=number == open_article,
        )
        for number, heading in ARTICLES
    )


SEATS = (
    Seat(mark=A, name="Delegation A", detail=prose("Principal: Islamabad.")),
    Seat(mark=B, name="Delegation B", detail=prose("Principal: Kabul.")),
    Seat(
        mark=M,
        name="Mediators: Qatar, Türkiye",
        detail=prose("Their secretariat keeps the minutes and the record."),
    ),
)


NO_CLAIMS = Claims(count="", rows=())


HOURS = Hours(
    total="14 h 48 so far",
    longest=312,
    bars=(
        HourBar(label="1 Use of territory", minutes=312, duration="5 h 12", share="35 %"),
        HourBar(label="2 Monitoring", minutes=276, duration="4 h 36", share="31 %"),
        HourBar(label="3 Notified incidents", minutes=125, duration="2 h 05", share="14 %"),
        HourBar(label="4 Crossing points", minutes=80, duration="1 h 20", share="9 %"),
        HourBar(label="Off the agenda", minutes=50, duration="0 h 50", share="6 %", hatched=True),
        HourBar(label="Breaks", minutes=45, duration="0 h 45", share="5 %", hatched=True),
    ),
    note="From the minutes of session 2, opened 27 Oct 10:00. Percentages are of the whole session.",
)


BRACKET_OPEN = Brackets(
    count="1 provision of 23, in 1 article of 8",
    text=Link(text="Text of edition 2", href=f"{SAME_NIGHT}/text"),
    articles=tiles({"3": "Closed, #58", "5": "Open"}, "5"),
    open=(
        OpenBracket(
            heading="Article 5, paragraph 1. Who observes, and how soon they get access",
            since=prose("open since 27 Oct 19:12, ", *cite(SAME_NIGHT, 44)),
            alternatives=(
                StackedAlternative(
                    number="5(1)",
                    marks=(A,),
                    bracketed=True,
                    text="joint teams with access within forty-eight hours",
                ),
                StackedAlternative(
                    number="5(1) bis",
                    marks=(B,),
                    bracketed=True,
                    text="liaison officers, each Side observing on its own side",
                ),
                StackedAlternative(
                    number="bridge",
                    marks=(M,),
                    bracketed=False,
                    text="joint teams by arrangement, access within seventy-two hours",
                    note="without prejudice, lapses 02:30",
                ),
            ),
        ),
    ),
)


LAST_AT_61 = (
    ActGroup(
        head="New since your last visit, 27 Oct 23:30",
        acts=(
            line(
                SAME_NIGHT,
                61,
                B,
                "Delegation B answered the proposal on Article 5",
                "00:41",
                sealed="sealed; readable by the mediators and Delegation B",
            ),
            line(SAME_NIGHT, 60, M, "Secretariat proposed a bridge on Article 5", "00:22"),
            line(SAME_NIGHT, 59, M, "Secretariat issued edition 2, one bracket open", "00:05"),
            line(SAME_NIGHT, 58, B, "Delegation B supported 3(2) bis, which closed", "27 Oct 23:51"),
        ),
    ),
    ActGroup(
        head="Seen before",
        acts=(
            line(SAME_NIGHT, 56, M, "Secretariat took up item 2, Monitoring", "27 Oct 22:58"),
            line(SAME_NIGHT, 55, M, "Interpreter certified the Urdu of 4(1)", "27 Oct 22:31"),
        ),
    ),
)


FOUR_NO = (
    ShortAnswer(question="Adopted", yes=False, glyph="awaited"),
    ShortAnswer(question="Authentic", yes=False, glyph="empty"),
    ShortAnswer(question="Binding", yes=False, glyph="empty"),
    ShortAnswer(question="In force", yes=False, glyph="empty"),
)
