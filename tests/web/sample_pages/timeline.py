"""The timeline as of an act, and with a filter that finds nothing."""

from __future__ import annotations

from detente.views.act_line import ActGroup
from detente.views.marks import Choice, Link, linked, prose, strong
from detente.views.shell import AsOf
from detente.views.timeline import (
    AnswerBar,
    Carried,
    EditionTick,
    Filter,
    Option,
    RecordChart,
    Slider,
    Span,
    TimelinePage,
)
from tests.web.sample_pages.around import PA, PB, SAME_NIGHT, A, B, M, at, line, shell


def timeline_page(at_act: int = 73, *, empty: bool = False) -> TimelinePage:
    root, here = SAME_NIGHT, f"{SAME_NIGHT}/timeline"
    band = AsOf(
        act=73,
        size=87,
        time=at("28 Oct 2025, 03:04"),
        said="",
        previous=f"{here}?at=72",
        following=f"{here}?at=74",
        now=here,
    )
    sentences = (
        (
            73,
            A,
            "Delegation A assented to edition 3, ad referendum",
            "03:04",
            "Adopted: edition 3, by the assent of both sides (rule, #8)",
        ),
        (72, B, "Delegation B assented to edition 3, ad referendum", "02:58", ""),
        (
            71,
            M,
            "Secretariat minuted: Delegation A’s lead asked whether edition 3 is final; this page was read aloud: "
            "not adopted",
            "02:52",
            "",
        ),
        (70, PA, "Islamabad instructed Delegation A", "02:36", ""),
        (69, PB, "Kabul instructed Delegation B", "02:22", ""),
        (
            68,
            B,
            "Delegation B referred edition 3 to Kabul, reply by 02:40; silence means nothing",
            "01:20",
            "",
        ),
        (66, B, "Delegation B received edition 3", "01:15", ""),
        (63, M, "Secretariat issued edition 3", "01:10", "Open brackets: none. Assent is possible"),
    )
    return TimelinePage(
        shell=shell(root, "Timeline", 87, "B", band, prose("Session 2 open since 27 Oct 10:00")),
        heading=f"As of act {at_act}",
        summary=prose(
            "28 Oct 2025, 03:04. ", strong("Adopted: yes. Authentic: no. Binding: no. In force: no.")
        ),
        chart=RecordChart(
            size=87,
            at=at_act,
            instrument="Understanding on border security and verification",
            editions=(
                EditionTick(number=31, label="edition 1"),
                EditionTick(number=59, label=""),
                EditionTick(number=63, label="edition 3"),
            ),
            bars=(
                AnswerBar(question="Adopted", spans=(Span(start=73, end=87),), words="yes from act 73"),
                AnswerBar(question="Authentic", spans=(Span(start=75, end=87),), words="yes from act 75"),
                AnswerBar(question="Binding", spans=(Span(start=84, end=87),), words="yes from act 84"),
                AnswerBar(question="In force", spans=(Span(start=87, end=87),), words="yes from act 87"),
            ),
        ),
        slider=Slider(
            action=here,
            name="at",
            value=at_act,
            size=87,
            carried=(Carried(name="as", value="B"),),
            previous=f"{here}?at=72",
            following=f"{here}?at=74",
            landmarks=(
                Choice(text="Edition 1, #31", href=f"{here}?at=31"),
                Choice(text="Edition 2, #59", href=f"{here}?at=59"),
                Choice(text="Edition 3, #63", href=f"{here}?at=63"),
                Choice(text="Question put, #71", href=f"{here}?at=71"),
                Choice(text="Adopted, #73", href=f"{here}?at=73", current=True),
                Choice(text="Final text, #75", href=f"{here}?at=75"),
                Choice(text="Final commitment, #84", href=f"{here}?at=84"),
                Choice(text="Now, #87", href=here),
            ),
        ),
        hidden=prose(
            "14 later acts are not shown. The other pages also show act 73 until you ",
            linked("return to now", here),
            ".",
        ),
        filter=Filter(
            action=here,
            carried=(Carried(name="as", value="B"), Carried(name="at", value="73")),
            by=(
                Option(value="", text="Anyone", chosen=not empty),
                Option(value="A", text="Delegation A", chosen=empty),
            ),
            kind=(Option(value="", text="All kinds", chosen=True), Option(value="assent", text="Assent")),
            words="crossing" if empty else "",
            active=empty,
            result="0 of 73 acts." if empty else "",
            clear=here,
        ),
        days=()
        if empty
        else (
            ActGroup(
                head="28 October 2025",
                note="17 acts to act 73",
                acts=tuple(
                    line(
                        root,
                        number,
                        mark,
                        sentence,
                        time,
                        effect=effect,
                        sealed="sealed; readable by Kabul and Delegation B" if number == 69 else "",
                    )
                    for number, mark, sentence, time, effect in sentences
                ),
            ),
            ActGroup(
                head="27 October 2025",
                note="session 2 opened 10:00",
                acts=(
                    line(root, 58, B, "Delegation B supported 3(2) bis", "23:51"),
                    line(root, 57, A, "Delegation A withdrew its text of 3(2)", "23:40"),
                ),
            ),
        ),
        older=None if empty else Link(text="Acts 1 to 56", href=f"{here}?before=57"),
        empty="No act by Delegation A holds these words. Words are searched in sentences that you can read."
        if empty
        else "",
    )
