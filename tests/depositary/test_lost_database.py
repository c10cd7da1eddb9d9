"""A database that was lost and came back with less, or with other acts: nothing more is signed over it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.client.replica import held_logs
from detente.codec.refusal import Refused
from detente.depositary import host
from detente.depositary.certifying import certify_copy
from detente.depositary.recovery import recover
from detente.procedure.disclosure import Viewer
from detente.store.sqlite import SqliteStore
from tests.depositary.talks import NOW, Talks, open_host


class Losable:
    """A store that can be another file from one moment to the next, as a database behind an address can be."""

    def __init__(self, store: SqliteStore) -> None:
        self.store, self.losses = store, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    def become(self, store: SqliteStore) -> None:
        self.store, self.losses = store, self.losses + 1


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    store = Losable(SqliteStore(tmp_path / "a.sqlite"))
    talks = Talks(open_host(store)).convene().seat()  # type: ignore[arg-type]
    talks.say("A", "The road is open.")
    return talks


def standby(talks: Talks, folder: Path, name: str = "b.sqlite") -> SqliteStore:
    """A copy of the database as it is now."""
    from detente.store.backup import back_up

    back_up(talks.depositary.store.store, folder / name)  # type: ignore[attr-defined]
    return SqliteStore(folder / name)


def fails_over(talks: Talks, to: SqliteStore) -> None:
    talks.depositary.store.become(to)  # type: ignore[attr-defined]


def code(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.refusals[0].code


def copied(talks: Talks) -> io.BytesIO:
    out = io.BytesIO()
    certify_copy(talks.depositary, talks.origin, Viewer("A"), NOW, out)
    out.seek(0)
    return out


def test_what_was_seen_of_a_log_that_left_memory_is_not_forgotten(
    talks: Talks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "KEPT_PROCESSES", 1)
    Talks(talks.depositary, label="others").convene()
    behind = standby(talks, tmp_path)
    talks.say("B", "We take note.")
    raw = talks.raw_statement("A", "So do we.")
    (other,) = (origin for origin in talks.depositary.processes() if origin != talks.origin)
    talks.depositary.main(other).state()
    fails_over(talks, behind)
    assert code(lambda: talks.depositary.receive_act(raw)) == "host.stopped"


def test_a_database_that_came_back_whole_is_gone_on_with(talks: Talks, tmp_path: Path) -> None:
    size = talks.size
    fails_over(talks, standby(talks, tmp_path))
    assert talks.say("B").index == size


def test_a_database_that_lacks_what_was_signed_is_signed_over_by_nobody_until_it_is_back(
    talks: Talks, tmp_path: Path
) -> None:
    behind = standby(talks, tmp_path)
    before = talks.size
    talks.say("B", "We take note.")
    kept = copied(talks)
    raw = talks.raw_statement("A", "So do we.")
    fails_over(talks, behind)
    assert talks.state.size == before, "pages show what is held"
    assert code(lambda: talks.depositary.receive_act(raw)) == "host.stopped"
    # Another server process that knows nothing of the lost act finds the note in the database.
    other = open_host(behind, snapshots=None)
    assert code(lambda: other.receive_act(raw)) == "host.stopped"
    recover(talks.depositary, held_logs(kept))
    assert talks.state.size == before + 1
    assert talks.depositary.receive_act(raw).index == before + 1


def test_a_database_with_as_many_other_acts_is_signed_over_by_nobody(talks: Talks, tmp_path: Path) -> None:
    other = standby(talks, tmp_path)
    elsewhere = open_host(other)
    branch = Talks.__new__(Talks)
    branch.__dict__.update(talks.__dict__, depositary=elsewhere)
    for _ in range(3):
        branch.say("A", "No.")
    talks.say("A", "Yes.")
    raw = talks.raw_statement("B", "Words.")
    fails_over(talks, other)
    assert code(lambda: talks.depositary.receive_act(raw)) == "host.stopped"


def test_a_chamber_that_lost_an_act_stops_its_process(talks: Talks, tmp_path: Path) -> None:
    talks.do("A", "note", {"text": "Quiet."}, chamber="side-A")
    behind = standby(talks, tmp_path)
    talks.do("A", "note", {"text": "Quieter."}, chamber="side-A")
    fails_over(talks, behind)
    assert code(lambda: talks.say("A")) == "host.stopped"


def test_witnesses_are_asked_once_before_anything_is_signed_after_a_loss(
    talks: Talks, tmp_path: Path
) -> None:
    asked: list[str] = []
    talks.depositary.ask_witnesses = asked.append
    talks.say("A")
    assert asked == []
    fails_over(talks, standby(talks, tmp_path))
    talks.say("A")
    talks.say("B")
    assert asked == [talks.origin]


def test_a_witness_that_saw_more_stops_a_process_that_knew_nothing_of_it(
    talks: Talks, tmp_path: Path
) -> None:
    size = talks.size
    fails_over(talks, standby(talks, tmp_path))
    talks.depositary.ask_witnesses = lambda origin: talks.depositary.ahead.add((origin, "harbour.example"))
    assert code(lambda: talks.say("A")) == "host.stopped"
    assert talks.size == size
