"""A host that starts from a verified snapshot: served at once, folded meanwhile, and a false one is found out."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from detente.codec.refusal import Refused
from detente.depositary import logs
from detente.depositary.vouched import Vouched
from detente.proofs.replay_bundle import VerifiedBundle
from detente.proofs.state_statement import statement_on
from detente.proofs.verified_snapshot import VerifiedSnapshot, open_snapshot, write_snapshot
from detente.state.records import State
from tests.depositary.talks import NOW, WITNESSES, Talks, open_host
from tests.proofs.stated import bundle_of, folded, signed, written


@pytest.fixture
def talks() -> Talks:
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat().open_text()
    talks.cosign(NOW + 1, NOW + 2)
    return talks


def snapshot(talks: Talks, told: Callable[[State], State] = lambda state: state) -> VerifiedSnapshot:
    """Signed by two cosigners. told: what they say that the acts come to."""
    bundle: VerifiedBundle = folded(bundle_of(talks))
    bundle = replace(bundle, state=told(bundle.state))
    statement = signed(statement_on(bundle), *WITNESSES[:2])
    return open_snapshot(io.BytesIO(written(lambda out: write_snapshot(out, bundle, statement))))


def false(state: State) -> State:
    """A is not at the table."""
    return replace(state, people=state.people.delete("A"))


def moved(talks: Talks) -> None:
    """To a machine that has the database, and none of the states."""
    talks.depositary = open_host(talks.depositary.store)


def test_only_what_came_after_it_is_folded(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    found, size = snapshot(talks), talks.size
    talks.say("A")
    state = talks.state
    moved(talks)
    folds: list[int] = []
    fold = logs.fold_stored
    monkeypatch.setattr(logs, "fold_stored", lambda s, *act: (folds.append(s.size), fold(s, *act))[1])
    vouched = Vouched(talks.depositary, found)
    assert talks.state == state and folds == [size]
    vouched.fold()
    assert talks.state == state and len(folds) == 1 + size + 1
    assert talks.depositary.main(talks.origin).state_at(3).size == 3


def test_a_false_one_is_said_and_left(talks: Talks) -> None:
    found = snapshot(talks, false)
    moved(talks)
    vouched = Vouched(talks.depositary, found)
    with pytest.raises(Refused) as refusing:
        talks.say("A")  # by their word, A is nobody
    assert refusing.value.refusals[0].code != "host.snapshot_fold"
    talks.say("M")
    with pytest.raises(Refused) as refusing:
        vouched.fold()
    assert refusing.value.refusals[0].code == "host.snapshot_fold"
    assert "A" in talks.state.people and talks.state.size == talks.size
    talks.say("A")


def test_one_of_other_acts_is_refused(talks: Talks) -> None:
    found = snapshot(talks)
    said = found.anchored.statement
    here, elsewhere = talks.depositary, open_host()
    for host, statement, code in (
        (here, replace(said, root=bytes(32)), "host.snapshot"),
        (here, replace(said, size=said.size + 1), "host.snapshot"),
        (elsewhere, said, "log.unknown"),
    ):
        with pytest.raises(Refused) as refusing:
            Vouched(host, replace(found, anchored=replace(found.anchored, statement=statement)))
        assert refusing.value.refusals[0].code == code


def test_what_the_host_folded_itself_it_keeps(talks: Talks) -> None:
    found = snapshot(talks, false)
    state = talks.state
    Vouched(talks.depositary, found)
    assert talks.state is state
