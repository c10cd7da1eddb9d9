"""Keys in custody, snapshots of folded state, states at any size: what a restart finds."""

from __future__ import annotations

import gc
import hmac
import pickle
import stat
from pathlib import Path

import pytest
from msgspec import Struct

import detente
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused
from detente.depositary import logs
from detente.depositary.custody import Custody, read_host_key, secret_name
from detente.depositary.logs import ChamberLog, MainLog, decode_stored
from detente.depositary.opening import open_data, open_database
from detente.depositary.self_check import check_process
from detente.depositary.snapshot import Snapshots
from detente.procedure.fold import fold_all
from detente.state import records
from detente.state.records import State
from detente.store.memory import MemoryStore
from detente.tlog.cosignature import MLDSA44_COSIGNATURE, Cosigner
from tests.depositary.talks import NOW, Talks, key_named, open_host


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusals[0].code


# -- custody -----------------------------------------------------------------------------------------------------


def test_the_host_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "host.key"
    key = read_host_key(path)
    assert len(key) == 32 and read_host_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_host_key(tmp_path / "other.key") != key


def test_a_host_key_of_another_length_is_refused(tmp_path: Path) -> None:
    (tmp_path / "host.key").write_bytes(bytes(31))
    with pytest.raises(Refused) as refused:
        read_host_key(tmp_path / "host.key")
    assert code(refused) == "custody.host_key"


def test_a_wrapped_key_opens_under_its_host_key_name_and_bytes_only() -> None:
    custody = Custody(bytes(32))
    key, (name, wrapped) = custody.make_key()
    assert custody.unwrap(name, wrapped) == key.seed and key.seed not in wrapped
    attempts = [
        (Custody(b"\x01" * 32), name, wrapped),
        (custody, secret_name("another"), wrapped),
        *((custody, name, wrapped[:n]) for n in (0, 5, 12, 30, len(wrapped) - 1)),
        *((custody, name, wrapped[:i] + bytes([wrapped[i] ^ 1]) + wrapped[i + 1 :]) for i in range(len(wrapped))),
    ]  # fmt: skip
    for opener, named, given in attempts:
        with pytest.raises(Refused) as refused:
            opener.unwrap(named, given)
        assert code(refused) == "custody.unwrap"


def test_keys_are_never_made_twice() -> None:
    host = open_host()
    made = [host.prepare() for _ in range(5)]
    assert len({key for keys in made for key in keys}) == 15
    for keys in made:
        for public in (keys.log_key, keys.keeper_key):
            assert host.own_key(public).public == decode_base64url(public)
        signer = Cosigner.from_seed("log", MLDSA44_COSIGNATURE, host.own_seed(keys.log_mldsa_key))
        assert signer.public_key == decode_base64url(keys.log_mldsa_key)


def test_under_another_host_key_the_record_can_be_read_and_not_written() -> None:
    talks = Talks(open_host()).convene().seat()
    raw, before = talks.raw_statement("A"), talks.size
    stolen = open_host(talks.depositary.store, host_key=b"\x07" * 32)
    assert stolen.main(talks.origin).state() == talks.state
    with pytest.raises(Refused) as refused:
        stolen.receive_act(raw)
    assert code(refused) == "custody.unwrap" and "host key" in refused.value.refusals[0].instead
    assert talks.size == before
    assert talks.depositary.receive_act(raw).index == before


def test_no_secret_stands_in_the_database_in_the_clear(tmp_path: Path) -> None:
    talks = Talks(open_host(tmp_path / "record.sqlite")).convene()
    seeds = [talks.depositary.own_key(public).seed for public in (talks.log_key, talks.keeper_key)]
    talks.depositary.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert talks.origin.encode() in stored
    for seed in seeds:
        assert seed not in stored


# -- data folders ------------------------------------------------------------------------------------------------


def test_a_data_folder_is_made_when_asked_and_found_again(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_data(tmp_path / "data")
    assert code(refused) == "host.no_data" and not (tmp_path / "data").exists()
    host = open_data(tmp_path / "data", create=True)
    talks = Talks(host).convene().seat()
    host.close()
    again = open_data(tmp_path / "data")
    assert again.processes() == (talks.origin,)
    talks.depositary = again
    assert talks.say("A").index == talks.size - 1
    again.close()


def test_a_shared_database_keeps_its_host_key_elsewhere(tmp_path: Path) -> None:
    host = open_database(f"sqlite:///{tmp_path}/record.sqlite", tmp_path / "elsewhere" / "host.key")
    Talks(host).convene()
    host.close()
    assert (tmp_path / "elsewhere" / "host.key").stat().st_size == 32
    with pytest.raises(Refused):
        open_database("postgresql://x/y", tmp_path / "host.key")


# -- snapshots ---------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Talks, Path]:
    """A host that was closed, and the one snapshot that it left."""
    talks = Talks(open_host(snapshots=tmp_path)).convene().seat()
    talks.say("A")
    for main in talks.depositary._mains.values():
        main.save_snapshot()
    (path,) = tmp_path.iterdir()
    return talks, path


class Counting(MemoryStore):
    """Counts the entries that a fold reads."""

    def __init__(self, other: MemoryStore) -> None:
        self.__dict__ = other.__dict__
        self.read = 0

    def bare_entries(self, origin: str, start: int, stop: int):  # type: ignore[no-untyped-def]
        found = list(super().bare_entries(origin, start, stop))
        self.read += len(found)
        return iter(found)


def restarted(talks: Talks, path: Path, host_key: bytes = bytes(32)) -> tuple[State, int]:
    """The state that a restarted host folds, and how many entries it had to read for it."""
    store = talks.depositary.store
    assert isinstance(store, MemoryStore)
    counting = Counting(store)
    return open_host(counting, host_key, path.parent).main(talks.origin).state(), counting.read


def test_a_snapshot_spares_the_fold(kept: tuple[Talks, Path]) -> None:
    talks, path = kept
    assert restarted(talks, path) == (talks.state, 0)
    talks.say("B")
    talks.say("A")
    assert restarted(talks, path) == (talks.state, 2)


def test_without_a_snapshot_everything_is_folded(kept: tuple[Talks, Path]) -> None:
    talks, path = kept
    path.unlink()
    assert restarted(talks, path) == (talks.state, talks.size)


def seal(path: Path, content: object, host_key: bytes = bytes(32)) -> None:
    body = content if isinstance(content, bytes) else pickle.dumps(content)
    key = hmac.digest(host_key, b"detente snapshot", "sha256")
    path.write_bytes(hmac.digest(key, body, "sha256") + body)


def test_a_snapshot_that_this_machine_does_not_vouch_for_is_ignored(kept: tuple[Talks, Path]) -> None:
    talks, path = kept
    sound = path.read_bytes()
    wrong = msg_with_size(talks.state, 7)
    root = talks.depositary.main(talks.origin).tree.root(talks.size)
    changed = [
        lambda: path.write_bytes(b""),
        lambda: path.write_bytes(sound[:40]),
        lambda: path.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1])),
        lambda: path.write_bytes(bytes([sound[0] ^ 1]) + sound[1:]),
        lambda: seal(path, (talks.origin, root, wrong), b"\x01" * 32),  # another host's key
        lambda: seal(path, (talks.origin, bytes(32), talks.state)),  # not the root of this log
        lambda: seal(path, (talks.origin, root, wrong)),  # another size than the root's
        lambda: seal(path, ("detente/" + "a" * 26, root, talks.state)),  # of another log
        lambda: seal(path, (talks.origin, root, msg_with_size(talks.state, 10**6))),  # longer than the log
        lambda: seal(path, b"no pickle at all"),
        lambda: seal(path, (talks.origin, root)),
    ]
    for change in changed:
        change()
        state, read = restarted(talks, path)
        assert state == talks.state and read == talks.size
        assert gc.isenabled()
    path.write_bytes(sound)
    assert restarted(talks, path)[1] == 0


def msg_with_size(state: State, size: int) -> State:
    from msgspec.structs import replace

    return replace(state, size=size)


def test_a_snapshot_of_another_version_is_not_even_looked_at(
    kept: tuple[Talks, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    talks, path = kept
    monkeypatch.setattr(detente, "__version__", "99.0")
    assert restarted(talks, path) == (talks.state, talks.size)


def test_a_snapshot_under_another_host_key_is_ignored(kept: tuple[Talks, Path]) -> None:
    talks, path = kept
    assert restarted(talks, path, b"\x01" * 32) == (talks.state, talks.size)


def test_a_received_snapshot_is_never_unpickled(kept: tuple[Talks, Path], tmp_path: Path) -> None:
    talks, path = kept
    seal(path, Trap(tmp_path / "sprung"), b"\x01" * 32)
    assert restarted(talks, path)[0] == talks.state
    assert not (tmp_path / "sprung").exists()


class Trap:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):  # type: ignore[no-untyped-def]
        return Path.touch, (self.path,)


def test_closing_keeps_a_snapshot(tmp_path: Path) -> None:
    talks = Talks(open_host(tmp_path / "record.sqlite", snapshots=tmp_path / "snapshots")).convene().seat()
    state, root = talks.state, talks.seen()[1]
    talks.depositary.close()
    loaded = Snapshots(tmp_path / "snapshots", bytes(32)).load(talks.origin)
    assert loaded is not None
    assert (loaded[0], loaded[1]) == (state, decode_base64url(root))


# -- states at any size ------------------------------------------------------------------------------------------


def fresh_fold(talks: Talks) -> list[State]:
    """The state after 0, 1, 2, ... acts, folded without the depositary."""
    states = [State()]
    for entry, leaf in talks.depositary.store.bare_entries(talks.origin, 0, talks.size):
        states.append(fold_all(states[-1], [decode_stored(entry, leaf)]))
    return states


def test_states_at_every_size_are_those_of_a_fresh_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked forwards, backwards and from a snapshot, with states kept along the way."""
    monkeypatch.setattr(logs, "STRIDE", 16)
    talks = Talks(open_host()).convene().seat()
    for number in range(75):
        talks.say(("A", "B", "PA", "PB")[number % 4], f"{number}")
    expected, store = fresh_fold(talks), talks.depositary.store
    sizes = range(talks.size + 1)
    live = talks.depositary.main(talks.origin)
    assert [live.state_at(size) for size in sizes] == expected
    cold = MainLog(store, talks.origin, Snapshots(None, bytes(32)))
    assert [cold.state_at(size) for size in reversed(sizes)] == expected[::-1]
    jumping = MainLog(store, talks.origin, Snapshots(None, bytes(32)))
    for size in (40, 3, 41, 16, 15, 17, 84, 32, 0, 64, talks.size):
        assert jumping.state_at(size) == expected[size]
    assert live.state() == jumping.state() == expected[-1]


def test_states_before_a_snapshot_are_still_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "STRIDE", 8)
    talks = Talks(open_host(snapshots=tmp_path)).convene().seat()
    for number in range(30):
        talks.say("A", f"{number}")
    talks.depositary.main(talks.origin).save_snapshot()
    talks.say("B")
    expected = fresh_fold(talks)
    main = open_host(talks.depositary.store, snapshots=tmp_path).main(talks.origin)
    assert [main.state_at(size) for size in (talks.size, 5, talks.size - 1, 20, 0)] == [
        expected[size] for size in (talks.size, 5, talks.size - 1, 20, 0)
    ]  # fmt: skip


def test_chamber_acts_are_weighed_against_what_their_authors_had_seen() -> None:
    """A note from before its author was known cites too early a state; one from before a later admission counts."""
    talks = Talks(open_host()).convene().seat()
    early = talks.seen(1)
    with pytest.raises(Refused) as refused:
        talks.do("A", "note", {"text": "x"}, chamber="side-A", seen=early)
    assert code(refused) == "key.unknown"
    past = talks.seen(4)
    new = key_named("A's second key")
    talks.enrol("A", new)
    talks.do("A", "note", {"text": "seen long ago"}, chamber="side-A", seen=past)
    with pytest.raises(Refused) as refused:
        talks.do(new, "note", {"text": "x"}, chamber="side-A", seen=past)
    assert code(refused) == "key.unknown"
    talks.do(new, "note", {"text": "seen now"}, chamber="side-A")
    talks.do("M", "revoke_key", key=new.key_id)
    origin = f"{talks.origin}/side-A"
    live = talks.depositary.chamber(origin).chamber()
    replayed = ChamberLog(talks.depositary.store, origin, talks.depositary.main(talks.origin)).chamber()
    assert live == replayed and len(live.notes) == 2 and not live.irregular
    assert not list(check_process(talks.depositary, talks.origin, NOW))


# -- the host checks itself --------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["entry", "leaf"])
def test_damage_in_the_database_is_found_and_named(tmp_path: Path, column: str) -> None:
    import sqlite3

    path = tmp_path / "record.sqlite"
    talks = Talks(open_host(path)).convene().seat()
    assert not list(check_process(talks.depositary, talks.origin, NOW))
    talks.depositary.close()
    with sqlite3.connect(path) as connection:
        ((raw,),) = connection.execute(f"SELECT {column} FROM entry WHERE idx = 3 ORDER BY log LIMIT 1")
        spoiled = bytes([raw[0] ^ 1]) + raw[1:] if isinstance(raw, bytes) else "x" + raw[1:]
        connection.execute(f"UPDATE entry SET {column} = ? WHERE idx = 3", (spoiled,))
    found = list(check_process(open_host(path), talks.origin, NOW))
    assert found and all(
        talks.origin in refusal.sentence and " 3" in refusal.sentence for refusal in found[:1]
    )


def test_a_snapshot_is_not_read_by_code_with_other_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Restored by position, a field that moved would be read as another."""
    snapshots = Snapshots(tmp_path, bytes(32))
    snapshots.save("detente/x", State(size=3), b"root")
    assert snapshots.load("detente/x") is not None

    class Later(Struct):
        new_field: int

    monkeypatch.setattr(records, "Later", Later, raising=False)
    assert snapshots.load("detente/x") is None
