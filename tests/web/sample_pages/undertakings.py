"""Five chains with every kind of gap, and exhibits answered, challenged and not received; and none at all."""

from __future__ import annotations

from detente.views.marks import Link, Mark, Prose, prose
from detente.views.undertakings import (
    ChainCell,
    ChainColumn,
    ExhibitAnswer,
    ExhibitRow,
    UndertakingsPage,
)
from tests.web.sample_pages.around import SAME_NIGHT, A, B, M, cite, shell
from tests.web.sample_pages.verifiable import checked

COLUMNS = (
    ChainColumn(name="Exhibit", note="presented, received, acknowledged"),
    ChainColumn(name="Demand", note="what was asked for"),
    ChainColumn(name="Assurance", note="given, confirmed by its speaker"),
    ChainColumn(name="Commitment", note="in words that can be verified"),
    ChainColumn(name="Observance", note="reported, found"),
)


def undertakings_page(*, empty: bool = False) -> UndertakingsPage:
    return UndertakingsPage(
        shell=shell(SAME_NIGHT, "Evidence and undertakings", 61, "M", phase=prose("Session open")),
        gaps="" if empty else "4 gaps in 5 chains",
        lead="A line stops where an act is missing. Each entry is its author’s claim.",
        columns=COLUMNS,
        chains=() if empty else _chains(),
        empty="The record holds no exhibit, no demand and no assurance." if empty else "",
        earlier=None
        if empty
        else Link(text="100 earlier chains", href=f"{SAME_NIGHT}/undertakings?before=100"),
        groups=(A, B, M),
        exhibits=() if empty else _exhibits(),
        checked=None if empty else checked(),
        exhibits_count="3 exhibits",
    )


def _there(mark: Mark | None, title: str, detail: Prose, **more: object) -> ChainCell:
    given = {"glyph": "done", "onward": True, **more}
    return ChainCell(place="", mark=mark, title=prose(title), detail=detail, **given)  # type: ignore[arg-type]


def _gap(title: str, turn: str, mark: Mark | None = None) -> ChainCell:
    return ChainCell(place="", glyph="gap", gap=True, mark=mark, title=prose(title), turn=prose(turn))


def _row(*cells: ChainCell) -> tuple[ChainCell, ...]:
    """The cells with the name of each place; nothing stands beyond the last."""
    drawn = (*cells, *(ChainCell(place="") for _column in COLUMNS[len(cells) :]))
    return tuple(
        ChainCell(
            place=column.name, glyph=cell.glyph, onward=cell.onward, gap=cell.gap, mark=cell.mark,
            title=cell.title, detail=cell.detail, turn=cell.turn,
        )
        for column, cell in zip(COLUMNS, drawn, strict=True)
    )  # fmt: skip


def _chains() -> tuple[tuple[ChainCell, ...], ...]:
    received = prose("Delegation B: received, ", *cite(SAME_NIGHT, 22))
    asked = prose("that groups named in annex 1 not use the territory, ", *cite(SAME_NIGHT, 24))
    return (
        _row(_there(A, "E1 Incident file", received), _there(A, "D1", asked),
             _gap("No assurance by Delegation B", "Turn: Delegation B, since 27 Oct 14:20")),
        _row(_there(A, "E2 Intercept summary", received), _there(A, "D1", prose("as above")),
             _gap("Spoken by the head of Delegation B, read back, unconfirmed", "Turn: the speaker, since 27 Oct 16:05")),
        _row(_gap("E3 Video, border post: no receipt by Delegation B", "Turn: Delegation B, since 27 Oct 16:40", A)),
        _row(_there(B, "E4 List of crossings closed", received), _there(B, "D2", prose("that closings be notified")),
             _there(A, "S1", prose("given 18:10")), _there(None, "Article 6(1)", prose("9 of 9 elements present")),
             _there(None, "Not yet", prose("Nothing is in force, so nothing is owed under Article 6(1)"),
                    glyph="empty", onward=False)),
        _row(_there(A, "E5 Earlier text, 2020", prose("Described by Delegation A, not presented"), glyph="spoken"),
             _there(A, "D3", prose("that it be counted")),
             _there(B, "S2", prose("Claimed by Delegation A"), glyph="spoken"),
             _gap("Article 5(1): No verifier, no period, no area", "Turn: Delegation A, since 27 Oct 17:35")),
    )  # fmt: skip


def _exhibits() -> tuple[ExhibitRow, ...]:
    own = ExhibitAnswer(whose="Delegation A", glyph=None, word="Its own")
    none = ExhibitAnswer(whose="Delegation B", glyph="gap", word="No receipt in this record")
    said = (prose("examined, ", *cite(SAME_NIGHT, 29)), prose("challenged on its completeness"))
    examined = ExhibitAnswer(whose="Delegation B", glyph="done", word="Examined, challenged", details=said)
    outside = ExhibitAnswer(whose="Secretariat", glyph=None, word="Not presented to it")
    waiting = ExhibitAnswer(whose="Secretariat", glyph="empty", word="No answer in this record")
    titles = ("E1 Incident file", "E3 Video, border post", "E5 Earlier text, 2020")
    answers = ((own, examined, outside), (own, none, outside), (own, none, waiting))
    return tuple(
        ExhibitRow(
            anchor=f"exhibit-{number}",
            mark=A,
            title=title,
            presented=prose("presented ", *cite(SAME_NIGHT, 22), ", 27 Oct 14:02"),
            custody=prose("custody recorded: ", *cite(SAME_NIGHT, 23)) if number == 1 else (),
            answers=three,
        )
        for number, (title, three) in enumerate(zip(titles, answers, strict=True), 1)
    )
