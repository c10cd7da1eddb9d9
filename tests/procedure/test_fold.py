"""The fold: total, the same at the door and in every replay, and no tool for a faithless host."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from detente.acts.kinds import Unknown
from detente.procedure.examination import PROCEDURE_EDITIONS
from detente.procedure.fold import fold, fold_all, place, stop
from detente.state.records import Chain, Irregular, State
from tests.simulator import Simulator, fake_leaf, seated, with_text


def played() -> Simulator:
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    simulator.steps("initial", "A", "B")
    simulator.steps("sign_ad_referendum", "A")
    simulator.steps("sign", "B")
    simulator.steps("confirm_signature", "PA")
    simulator.mark("2025-11-01T00:00:00Z")
    return simulator


def test_the_live_state_is_a_fresh_fold_of_every_prefix() -> None:
    simulator = played()
    states = [m.after for m in simulator.history if m.stands]
    state = State()
    for (key, leaf, clear), live in zip(simulator.acts(), states, strict=True):
        state = fold(state, place(state, key, leaf, clear))
        assert state == live
    assert simulator.answers() == "yyyy"


def test_an_irregular_act_changes_only_the_size_its_author_s_chain_and_the_list_of_irregular_acts() -> None:
    simulator = with_text()
    before = simulator.state
    found = simulator.force("A", "issue", **simulator.issue_fields())
    assert {r.code for r in found} == {"participation.role"}
    key, leaf = simulator.key_of("A"), simulator.last
    assert simulator.state == replace(
        before,
        size=before.size + 1,
        chains=before.chains.set(key, Chain(0, leaf)),
        irregular=(Irregular(before.size, leaf, ("participation.role",)),),
    )


def test_an_irregular_act_does_not_stop_what_follows_it() -> None:
    simulator = with_text()
    simulator.force("A", "issue", **simulator.issue_fields())
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_an_act_by_a_stranger_in_the_log_moves_no_chain() -> None:
    simulator = with_text()
    before = simulator.state
    simulator.force("X", "leave", person="X")
    assert simulator.state.chains == before.chains
    assert simulator.state.irregular[-1].codes == ("key.unknown",)


def test_acts_put_into_the_log_twice_do_not_count_twice() -> None:
    """B assents and takes it back. The host replays B's chain from its start: no step comes back."""
    simulator = with_text()
    simulator.must("B", "table_text", instrument="text", origin="side")
    simulator.steps("assent", "A", "B")
    simulator.must("B", "take_back", instrument="text")
    key, state = simulator.key_of("B"), simulator.state
    chain = state.chains[key]
    for _key, leaf, clear in [entry for entry in simulator.acts() if entry[0] == key]:
        state = fold(state, place(state, key, leaf, clear))
        assert state.chains[key] == chain
        assert "act.replayed" in state.irregular[-1].codes
    assert state.instruments == simulator.state.instruments


def test_an_act_of_another_log_does_not_use_up_the_numbers_of_this_one() -> None:
    simulator = with_text()
    for _ in range(5):
        simulator.must("A", "note", "side-A")
    elsewhere = simulator.history[-1]
    simulator.state = fold(
        simulator.state, place(simulator.state, elsewhere.key, elsewhere.leaf, elsewhere.clear)
    )
    assert "act.foreign" in simulator.state.irregular[-1].codes
    simulator.steps("assent", "A")


@pytest.mark.parametrize("unknown", [Unknown("reconvene", 1), Unknown("assent", 2)])
def test_an_unknown_kind_or_version_stops_the_fold_there(unknown: Unknown) -> None:
    simulator = played()
    acts = simulator.acts()
    known = fold_all(State(), acts[:-3])
    stopped = fold_all(State(), [*acts[:-3], (acts[0][0], fake_leaf(0), unknown), *acts[-3:]])
    assert stopped.unknown_from == stopped.size == len(acts) - 3
    assert stopped == replace(known, unknown_from=known.size)


def test_nothing_is_reflected_after_a_fold_has_stopped() -> None:
    simulator = with_text()
    stopped = stop(simulator.state)
    assert stop(stopped) == stopped
    assert fold(stopped, simulator.act("A", "assent", instrument="text", terms="definitive")) == stopped


def test_a_record_under_an_unknown_edition_of_the_procedure_is_not_known_and_is_no_finding_against_its_host() -> (
    None
):
    simulator = Simulator(procedure=PROCEDURE_EDITIONS[-1] + 1)
    assert {r.code for r in simulator.convened_with} == {"procedure.edition"}
    convening = simulator.history[0]
    state = fold_all(State(), [(convening.key, convening.leaf, convening.clear)])
    assert state == State(unknown_from=0)


def test_a_chamber_folds_its_own_acts_and_irregular_ones_alike() -> None:
    simulator = seated()
    simulator.must("A", "note", "side-A")
    before = simulator.chambers["side-A"]
    simulator.force("B", "note", "side-A")
    after = simulator.chambers["side-A"]
    assert (after.size, after.notes) == (before.size + 1, before.notes)
    assert after.irregular[-1].codes == ("log.audience",)


def test_a_record_can_be_looked_at_act_by_act(tmp_path: Path) -> None:
    simulator = with_text()
    simulator.do("A", "confirm_signature", instrument="text")
    simulator.dump(tmp_path)
    folders = sorted(p.name for p in tmp_path.iterdir())
    assert folders[0] == "000 M convene"
    assert folders[-1].endswith("A confirm_signature")
    assert "participation.role" in (tmp_path / folders[-1] / "refusals.json").read_text()
