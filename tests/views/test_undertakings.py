"""The page of evidence and undertakings: the Istanbul chains, every gap in words, and what a sealed title shows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from detente.interchange.cases import read_case
from detente.procedure.disclosure import Viewer
from detente.state.records import State
from detente.state.undertakings import Commitment
from detente.views.building import overview_page, room_page, undertakings_page
from detente.views.building.undertakings import MOST
from detente.views.undertakings import ChainCell, UndertakingsPage
from tests.interchange.player import played
from tests.simulator import fake_leaf
from tests.views.istanbul import as_reported
from tests.views.played import Play, PlayedRecord
from tests.views.reading import plain, read_aloud

PLACES = ("Exhibit", "Demand", "Assurance", "Commitment", "Observance")


def talks() -> Play:
    play = Play(open_to="public")
    for side in ("A", "B"):
        for person, role in ((side, "delegate"), (f"P{side}", "principal")):
            play.must(
                "M", "admit", person=person, role=role, side=side, hidden={"title": f"Delegation {person}"}
            )
            play.enrol(person)
    return play


def cells(page: UndertakingsPage, chain: int = 0) -> dict[str, ChainCell]:
    return {cell.place: cell for cell in page.chains[chain]}


def page_of(play: Play, viewer: str | None = None, before: int = 0) -> UndertakingsPage:
    return undertakings_page(play.record(viewer), before=before)


def test_an_empty_page_says_why_and_what_would_fill_it() -> None:
    page = page_of(talks())
    assert not page.chains and not page.exhibits and not page.gaps
    assert "Next: anybody at the table presents an exhibit" in page.empty
    assert overview_page(talks().record()).undertakings is None


def test_five_places_stand_in_each_chain_and_the_line_stops_at_the_gap() -> None:
    play = talks()
    exhibit = play.must("A", "describe_exhibit", hidden={"title": "Earlier text"})
    play.must("A", "demand", of="B", exhibits=(exhibit,), hidden={"title": "that it be kept"})
    page = page_of(play)
    assert tuple(cells(page)) == PLACES and page.gaps == "1 gap in 1 chain"
    described, demand, assurance, *beyond = page.chains[0]
    assert (described.glyph, described.onward) == ("spoken", True)
    assert plain(described.title) == "E1 Earlier text" and "not presented" in plain(described.detail)
    assert (demand.glyph, demand.onward) == ("done", True) and "that it be kept" in plain(demand.detail)
    assert (assurance.glyph, assurance.gap, assurance.onward) == ("gap", True, False)
    assert plain(assurance.title) == "No assurance by Delegation B"
    assert plain(assurance.turn).startswith("Turn: Delegation B, since 27 Oct")
    assert all(cell.glyph is None for cell in beyond)


def test_the_overview_says_how_many_gaps_there_are_and_leads_to_the_page() -> None:
    play = talks()
    play.must("A", "demand", of="B")
    link = overview_page(play.record()).undertakings
    assert link is not None and link.text == "1 gap in 1 chain" and "/undertakings" in link.href


def test_a_spoken_assurance_a_claimed_one_and_a_signed_one_look_different() -> None:
    play = talks()
    for speaker in ("M", "A"):
        demand = play.must("A", "demand", of="B")
        play.must(speaker, "read_back_assurance", speaker="B", demand=demand)
    demand = play.must("A", "demand", of="B")
    play.must("B", "assure", demand=demand)
    page = page_of(play)
    spoken, claimed, signed = (cells(page, n)["Assurance"] for n in range(3))
    assert (spoken.glyph, spoken.gap) == ("gap", True) and "unconfirmed" in plain(spoken.title)
    assert (claimed.glyph, claimed.gap) == ("spoken", False) and "Claimed by" in plain(claimed.detail)
    assert (signed.glyph, signed.gap) == ("done", False)


def test_what_is_declined_is_said_and_is_no_gap() -> None:
    play = talks()
    demand = play.must("A", "demand", of="B")
    play.must("B", "decline_demand", demand=demand)
    page = page_of(play)
    assert page.gaps == "0 gaps in 1 chain"
    assert "Declined by Delegation B" in plain(cells(page)["Assurance"].detail)


def test_a_demand_is_said_once_where_it_rests_on_several_exhibits() -> None:
    play = talks()
    two = tuple(play.must("A", "describe_exhibit") for _n in range(2))
    play.must("A", "demand", of="B", exhibits=two, hidden={"title": "that both be kept"})
    first, second = (plain(cells(page_of(play), n)["Demand"].detail) for n in range(2))
    assert "that both be kept" in first and second == "as above"


def test_a_title_that_is_sealed_leaves_the_number_alone() -> None:
    play = talks()
    play.must("A", "describe_exhibit", hidden={"title": "The secret annex"}, aud=("A",))
    assert plain(cells(page_of(play, "B"))["Exhibit"].title) == "E1"
    assert plain(cells(page_of(play, "A"))["Exhibit"].title) == "E1 The secret annex"
    assert page_of(play, "B").exhibits[0].title == "E1"


def test_an_earlier_moment_shows_what_stood_then() -> None:
    play = talks()
    demand = play.must("A", "demand", of="B")
    then = play.state.size
    play.must("B", "assure", demand=demand)
    assert cells(undertakings_page(play.record(at=then)))["Assurance"].gap
    assert not cells(page_of(play))["Assurance"].gap


class Drawn(PlayedRecord):
    """The record as it would be with a commitment on the words of the first provision: their act is another room's."""

    commitment: Commitment
    in_force: int | None = None

    def state_at(self, size: int):  # type: ignore[no-untyped-def]
        visible = super().state_at(size)
        state: State = visible.state
        kept = state.commitments.set(self.commitment.leaf, self.commitment)
        text = replace(state.instruments["text"], in_force_index=self.in_force)
        held = state.instruments.set("text", text)
        return replace(visible, state=replace(state, commitments=kept, instruments=held))


def with_text() -> Play:
    play = talks()
    play.must("M", "open_instrument", instrument="text", sides=("A", "B"), basis="analogy",
              languages=(("en", "authentic"),), hidden={"title": "A text"})  # fmt: skip
    return play


def test_every_gap_that_is_counted_is_drawn() -> None:
    """What is owed under a text in force stands open beside what its commitment lacks."""
    play = with_text()
    record = Drawn(play, Viewer(None), None)
    record.in_force = play.state.size - 1
    record.commitment = Commitment(
        fake_leaf(5), 3, "A", "text", fake_leaf(6), "art_6__para_1", "ensure", ("B",), ("duty", "action")
    )
    page = undertakings_page(record)
    drawn = [cell.place for chain in page.chains for cell in chain if cell.gap]
    assert drawn == ["Commitment", "Observance"] and page.gaps == "2 gaps in 1 chain"
    assert plain(cells(page)["Observance"].title) == "No report, no finding in this record"


@pytest.mark.parametrize("lacking", [True, False])
def test_a_commitment_says_what_it_lacks_or_that_nothing_is_in_force(lacking: bool) -> None:
    record = Drawn(with_text(), Viewer(None), None)
    every = ("actor", "duty", "action", "area", "period", "indicator", "verifier", "method", "consequence")
    record.commitment = Commitment(
        fake_leaf(5), 3, "A", "text", fake_leaf(6), "art_6__para_1", "ensure", ("B",),
        every[:6] if lacking else every,  # type: ignore[arg-type]
    )  # fmt: skip
    found = cells(undertakings_page(record))
    if lacking:
        assert plain(found["Commitment"].title) == "Article 6(1): No verifier, no method, no consequence"
        assert found["Observance"].glyph is None
    else:
        assert "9 of 9 elements present" in plain(found["Commitment"].detail)
        assert found["Observance"].glyph == "empty"
        assert (
            plain(found["Observance"].detail) == "Nothing is in force, so nothing is owed under Article 6(1)"
        )


def test_a_long_record_shows_the_latest_chains_and_the_way_to_the_others() -> None:
    play = talks()
    for _n in range(MOST + 5):
        play.must("A", "demand", of="B")
    page = page_of(play)
    assert len(page.chains) == MOST and page.gaps == f"{MOST + 5} gaps in {MOST + 5} chains"
    assert (
        page.earlier is not None
        and page.earlier.text == "5 earlier chains"
        and "before=5" in page.earlier.href
    )
    earlier = page_of(play, before=5)
    assert len(earlier.chains) == 5 and earlier.earlier is None


def test_both_istanbul_processes_play_with_their_chains() -> None:
    """As reported nothing of B or M stands on the evidence; the other night it is received, acknowledged and assured."""
    reported, _lines = played(read_case("istanbul/as-reported")[0][1])
    exhibits = reported.state.exhibits.values()
    assert not any(e.acknowledged for e in exhibits) and any(e.to == ("B", "M") for e in exhibits)
    assert not any(a.confirmed for a in reported.state.assurances.values())
    night, _lines = played(read_case("istanbul/asking-first")[0][1])
    graded = {(a.group, a.grade) for e in night.state.exhibits.values() for a in e.acknowledged}
    assert {("B", "examined"), ("M", "examined"), ("A", "accepted")} <= graded
    assert all(a.confirmed is not None for a in night.state.assurances.values())
    assert 60 <= len(night.stood) <= 120


def test_in_the_room_several_demands_are_told_apart_by_their_words_where_they_are_disclosed() -> None:
    play = as_reported()
    for title in ("that the road be kept open", "word " * 100):
        play.must("A", "demand", of="B", hidden={"title": title})
    play.must("A", "demand", of="B")
    asked = [deed for deed in room_page(play.record("B")).asked if "the demand #" in deed.text]
    first, long, closed = (deed.detail for deed in asked)
    assert (first, closed) == ("that the road be kept open", "")
    assert long.endswith("word …") and len(long) < 300
    assert "that the road be kept open" in read_aloud(room_page(play.record("B")))
