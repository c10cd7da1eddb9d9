"""Chains from evidence to observance: what stands, where each stops, whose turn it is and since when."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from detente.codec.base64url import encode_base64url
from detente.procedure.chains import Chain, chains, is_ended
from detente.procedure.turn import turns
from detente.state.observance import Performance
from detente.state.records import State
from detente.state.undertakings import Commitment, Element
from tests.acts.test_sealing import Sealing
from tests.simulator import Simulator, fake_leaf, with_text

DIGEST = encode_base64url(bytes(31) + b"\x01")
ALL: tuple[Element, ...] = (
    "actor", "duty", "action", "area", "period", "indicator", "verifier", "method", "consequence",
)  # fmt: skip


@pytest.fixture
def simulator() -> Simulator:
    return Sealing().simulator


def present(simulator: Simulator, *people: str) -> str:
    keys = tuple(simulator.key_of(person) for person in ("A", *people))
    return simulator.must("A", "present", files=((DIGEST, 5),), keys=keys)


def gaps(state: State) -> list[tuple[str, str, tuple[str, ...], int]]:
    return [(g.place, g.missing, g.whose, g.since) for chain in chains(state) for g in chain.gaps]


def test_an_exhibit_waits_for_each_group_that_it_was_presented_to(simulator: Simulator) -> None:
    leaf = present(simulator, "B", "M")
    since = simulator.state.exhibits[leaf].index
    assert gaps(simulator.state) == [("exhibit", "receipt", ("B", "M"), since)]
    simulator.must("B", "receive_exhibit", exhibit=leaf)
    assert gaps(simulator.state) == [("exhibit", "receipt", ("M",), since)]
    simulator.must("M", "acknowledge_exhibit", exhibit=leaf, grade="examined")
    assert gaps(simulator.state) == []


def test_what_is_asked_on_an_exhibit_waits_for_the_side_asked_alone(simulator: Simulator) -> None:
    leaf = present(simulator, "B", "M")
    simulator.must("B", "receive_exhibit", exhibit=leaf)
    demand = simulator.must("A", "demand", of="B", exhibits=(leaf,))
    assert gaps(simulator.state) == [
        ("assurance", "assurance", ("B",), simulator.state.demands[demand].index)
    ]


def test_a_demand_on_what_the_side_was_not_shown_is_a_gap_of_whoever_presented_it(
    simulator: Simulator,
) -> None:
    leaf = present(simulator, "M")
    simulator.must("A", "demand", of="B", exhibits=(leaf,))
    assert next(g[:3] for g in gaps(simulator.state)) == ("exhibit", "presentation", ("A",))


def test_words_read_back_wait_for_their_speaker_then_for_words_that_take_them_up(
    simulator: Simulator,
) -> None:
    demand = simulator.must("A", "demand", of="B")
    spoken = simulator.must("M", "read_back_assurance", speaker="B", demand=demand)
    assert [g[:3] for g in gaps(simulator.state)] == [("assurance", "confirmation", ("B",))]
    assert [(t.whose, t.act, t.subject) for t in turns(simulator.state)][-1] == (
        "B", "confirm_assurance", spoken,
    )  # fmt: skip
    simulator.must("B", "confirm_assurance", assurance=spoken)
    since = simulator.state.assurances[spoken].confirmed
    assert gaps(simulator.state) == [("commitment", "commitment", ("M",), since)]


@pytest.mark.parametrize(
    ("kind", "missing"), [("refuse_assurance", "refused"), ("confirm_assurance", "taken back")]
)
def test_what_is_contested_or_taken_back_is_the_side_s_turn_again(
    simulator: Simulator, kind: str, missing: str
) -> None:
    demand = simulator.must("A", "demand", of="B")
    spoken = simulator.must("M", "read_back_assurance", speaker="B", demand=demand)
    simulator.must("B", kind, assurance=spoken)
    if kind == "confirm_assurance":
        simulator.must("B", "withdraw_assurance", assurance=spoken)
    assert [g[:3] for g in gaps(simulator.state)] == [("assurance", missing, ("B",))]
    assert ("B", "assure") in [(t.whose, t.act) for t in turns(simulator.state)]


def test_what_another_side_says_was_assured_is_claimed_and_asks_for_words_of_it(simulator: Simulator) -> None:
    demand = simulator.must("A", "demand", of="B")
    simulator.must("A", "read_back_assurance", speaker="B", demand=demand)
    assert [g[:3] for g in gaps(simulator.state)] == [("commitment", "words", ("A",))]


@pytest.mark.parametrize(("person", "kind"), [("A", "withdraw_demand"), ("B", "decline_demand")])
def test_a_demand_withdrawn_or_declined_ends_its_chain_and_nobody_is_awaited(
    simulator: Simulator, person: str, kind: str
) -> None:
    demand = simulator.must("A", "demand", of="B")
    simulator.must(person, kind, demand=demand)
    (chain,) = chains(simulator.state)
    assert is_ended(chain) and not chain.gaps
    assert "assure" not in [t.act for t in turns(simulator.state)]


def test_an_assurance_on_a_declined_demand_goes_on(simulator: Simulator) -> None:
    demand = simulator.must("A", "demand", of="B")
    simulator.must("B", "decline_demand", demand=demand)
    simulator.must("B", "assure", demand=demand)
    (chain,) = chains(simulator.state)
    assert not is_ended(chain) and chain.gap("commitment")


def test_one_demand_on_two_exhibits_is_asked_once(simulator: Simulator) -> None:
    two = tuple(simulator.must("A", "describe_exhibit") for _n in range(2))
    simulator.must("A", "demand", of="B", exhibits=two)
    assert len(chains(simulator.state)) == 2
    assert [t.act for t in turns(simulator.state)].count("assure") == 1


# --- commitments and what was observed, as the record will hold them


def committed(state: State, **fields: object) -> State:
    given = {"leaf": fake_leaf(7), "index": state.size, "by": "A", "instrument": "text", "edition": fake_leaf(8),
             "provision": "art_1", "duty": "refrain", "actors": ("B",), "elements": ALL, **fields}  # fmt: skip
    commitment = Commitment(**given)  # type: ignore[arg-type]
    return replace(state, commitments=state.commitments.set(commitment.leaf, commitment))


def in_force(state: State) -> State:
    text = replace(state.instruments["text"], in_force_index=3)
    return replace(state, instruments=state.instruments.set("text", text))


def only(state: State) -> Chain:
    (chain,) = chains(state)
    return chain


def test_a_commitment_lacking_elements_is_a_gap_of_whoever_drew_it() -> None:
    state = committed(with_text().state, elements=ALL[:5])
    (gap,) = only(state).gaps
    assert (gap.place, gap.missing, gap.whose) == ("commitment", "elements", ("A",))


def test_a_commitment_follows_on_its_assurance_or_on_the_words_that_would_meet_the_demand() -> None:
    simulator = with_text()
    first = simulator.edition().provisions[0]
    simulator.must("A", "demand", of="B", instrument="text", provision=first)
    by_words = only(committed(simulator.state, provision=first))
    assert by_words.demand and by_words.commitment and not by_words.gaps
    assurance = simulator.must("B", "assure")
    found = chains(committed(simulator.state, assurance=assurance, provision="art_99"))
    assert [(bool(c.demand), bool(c.assurance), bool(c.commitment)) for c in found] == [
        (True, False, False), (False, True, True),
    ]  # fmt: skip


def test_nothing_is_owed_before_the_text_is_in_force_and_then_a_report_is() -> None:
    state = committed(with_text().state)
    assert not only(state).gaps
    (gap,) = only(in_force(state)).gaps
    assert (gap.place, gap.missing, gap.whose) == ("observance", "report", ("B",))
    report = Performance(fake_leaf(9), state.size, "B", "B", fake_leaf(7))
    assert not only(replace(in_force(state), performances=state.performances.set(report.leaf, report))).gaps


def test_a_drawing_that_another_took_the_place_of_stands_in_no_chain() -> None:
    assert not chains(committed(with_text().state, replaced=5))
