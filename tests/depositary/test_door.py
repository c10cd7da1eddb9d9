"""The door: receipts, sending again, batches, two hosts on one database, a store that falters."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from detente.acts.time import cosigner_verifiers, log_verifier
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused
from detente.depositary.group_commit import LARGEST_GROUP, GroupCommit
from detente.depositary.receipt import Receipt
from detente.depositary.self_check import check_process
from detente.store.appending import NotStored
from detente.store.memory import MemoryStore
from detente.store.port import Append, Conflict, UncertainCommit
from detente.tlog.merkle import check_consistency
from detente.tlog.proof import CheckedProof, check_proof, parse_proof
from tests.depositary.talks import NOW, WITNESSES, Talks, everything, force, key_named, open_host


def code_of(outcome: Receipt | Refused) -> str:
    assert isinstance(outcome, Refused)
    return outcome.refusals[0].code


def checked(talks: Talks, receipt: Receipt) -> CheckedProof:
    """The receipt, checked as its holder would: with the log's key and the cosigners' keys."""
    process = talks.state.convened
    verifier = log_verifier(receipt.origin, process.log_key)
    proof, leaf = parse_proof(receipt.proof), decode_base64url(receipt.leaf)
    return check_proof(proof, leaf, verifier, cosigner_verifiers(process))


# -- receipts ----------------------------------------------------------------------------------------------------


def test_a_receipt_proves_where_the_act_stands() -> None:
    talks = Talks(open_host()).convene().seat()
    for number in range(20):
        raw = talks.raw_statement("A", f"Statement {number}.")
        receipt = talks.depositary.receive_act(raw)
        found = checked(talks, receipt)
        assert (receipt.origin, found.index, found.size) == (talks.origin, receipt.index, receipt.index + 1)
        stored = next(talks.depositary.store.entries(talks.origin, receipt.index, receipt.index + 1))
        assert stored.entry == raw.split(b"~")[0]


def test_every_act_has_a_receipt_under_the_latest_checkpoint() -> None:
    talks = Talks(open_host()).convene().seat()
    for index in range(talks.size):
        found = checked(talks, talks.depositary.receipt(talks.origin, index))
        assert (found.index, found.size) == (index, talks.size)
    with pytest.raises(Refused, match="no leaf"):
        talks.depositary.receipt(talks.origin, talks.size)


def test_a_receipt_fetched_again_has_gained_the_cosignatures() -> None:
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat()
    receipt = talks.say("A")
    assert checked(talks, receipt).cosigners == ()
    talks.cosign(NOW, NOW + 1, NOW + 2)
    again = talks.depositary.receipt(talks.origin, receipt.index)
    assert [c.name for c in checked(talks, again).cosigners] == list(WITNESSES)
    # A later act is covered by no cosigned checkpoint yet; the earlier one keeps its own.
    later = talks.say("B")
    assert checked(talks, talks.depositary.receipt(talks.origin, later.index)).cosigners == ()
    assert len(checked(talks, talks.depositary.receipt(talks.origin, receipt.index)).cosigners) == 3


def test_every_changed_byte_of_a_receipt_is_refused_or_loses_a_cosigner() -> None:
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat("A")
    receipt = talks.say("A")
    talks.cosign(NOW, NOW + 1, NOW + 2)
    receipt = talks.depositary.receipt(talks.origin, receipt.index)
    sound = checked(talks, receipt)
    process, leaf = talks.state.convened, decode_base64url(receipt.leaf)
    log, cosigners = log_verifier(talks.origin, process.log_key), cosigner_verifiers(process)
    refused = 0
    for position in range(len(receipt.proof)):
        for bit in (0, 1, 5):
            changed = bytearray(receipt.proof)
            changed[position] ^= 1 << bit
            try:
                found = check_proof(parse_proof(bytes(changed)), leaf, log, cosigners)
            except Refused:
                refused += 1
            else:
                assert set(found.cosigners) < set(sound.cosigners)
                assert (found.index, found.size, found.root) == (sound.index, sound.size, sound.root)
    assert refused > 2 * len(receipt.proof)
    for other in (bytes(32), leaf[::-1]):
        with pytest.raises(Refused):
            check_proof(parse_proof(receipt.proof), other, log, cosigners)


# -- sending again -----------------------------------------------------------------------------------------------


def test_sent_again_the_first_receipt_comes_back() -> None:
    talks = Talks(open_host()).convene().seat()
    raw = talks.raw_statement("A")
    first = talks.depositary.receive_act(raw)
    talks.say("B")
    talks.say("A")
    before = everything(talks.depositary)
    again = talks.depositary.receive_act(raw)
    assert (again.index, again.leaf) == (first.index, first.leaf)
    assert checked(talks, again).index == first.index
    assert everything(talks.depositary) == before
    restarted = open_host(talks.depositary.store)
    assert restarted.receive_act(raw).index == first.index


def test_sent_twice_in_one_batch_it_stands_once() -> None:
    talks = Talks(open_host()).convene().seat()
    raw, size = talks.raw_statement("A"), talks.size
    outcomes = talks.depositary.receive_acts([raw, raw, raw])
    assert [o.index for o in outcomes if isinstance(o, Receipt)] == [size, size, size]
    assert talks.size == size + 1


def test_the_convening_act_sent_again_convenes_nothing() -> None:
    talks = Talks(open_host())
    raw = talks.raw("M", "convene", **talks.convening)
    assert [talks.depositary.receive_act(raw).index for _ in range(3)] == [0, 0, 0]
    assert talks.depositary.processes() == (talks.origin,)


# -- batches -----------------------------------------------------------------------------------------------------


def test_a_batch_is_examined_against_what_its_own_acts_leave() -> None:
    """The convening act and all that follows it may arrive together."""
    source = Talks(open_host()).convene().seat().open_text()
    source.issue()
    store = source.depositary.store
    raws = [
        b"~".join((e.entry, *(d.encode() for d in e.disclosures), b""))
        for e in store.entries(source.origin, 0, source.size)
    ]
    fresh = MemoryStore()
    for public in (source.log_key, source.keeper_key):
        secret = store.secret(f"key/{public}")
        assert secret is not None
        fresh.append((), [(f"key/{public}", secret)])
    other = open_host(fresh)
    outcomes = other.receive_acts(raws)
    assert [o.index for o in outcomes if isinstance(o, Receipt)] == list(range(source.size))
    assert other.main(source.origin).state() == source.state
    assert fresh.head(source.origin) == store.head(source.origin)


def test_an_act_of_a_batch_may_cite_any_size_within_it() -> None:
    """Acts recovered from a party's replica arrive in one batch, and cite what had been published then."""
    talks = Talks(open_host()).convene().seat()
    size = talks.size
    talks.say("A")
    talks.say("B")
    late = talks.raw_statement("PA", seen=talks.seen(size + 1))
    talks.depositary.receive_act(late)
    recovered = [
        b"~".join((e.entry, *(d.encode() for d in e.disclosures), b""))
        for e in talks.depositary.store.entries(talks.origin, 0, talks.size)
    ]
    fresh = MemoryStore()
    for public in (talks.log_key, talks.keeper_key):
        secret = talks.depositary.store.secret(f"key/{public}")
        assert secret is not None
        fresh.append((), [(f"key/{public}", secret)])
    outcomes = open_host(fresh).receive_acts(recovered)
    assert all(isinstance(o, Receipt) for o in outcomes)


def test_a_batch_across_processes_and_chambers() -> None:
    host = open_host()
    one, two = Talks(host, label="one").convene().seat(), Talks(host, label="two").convene().seat("A")
    batch = [
        one.raw_statement("A"),
        two.raw_statement("A"),
        two.raw_statement("B"),  # not admitted there
        one.raw("A", "note", {"text": "caucus"}, "side-A"),
        one.raw_statement("B"),
        b"rubbish~",
    ]
    outcomes = host.receive_acts(batch)
    places = [(o.origin, o.index) for o in outcomes if isinstance(o, Receipt)]
    first = one.size - 2
    assert places == [(one.origin, first), (two.origin, two.size - 1), (f"{one.origin}/side-A", 0),
                      (one.origin, first + 1)]  # fmt: skip
    assert code_of(outcomes[2]) == "key.unknown" and code_of(outcomes[5]) == "envelope.parts"
    for outcome in outcomes:
        if isinstance(outcome, Receipt):
            checked(one if outcome.origin.startswith(one.origin) else two, outcome)


def test_a_log_whose_key_is_lost_does_not_hold_up_the_others() -> None:
    host = open_host()
    one, two = Talks(host, label="one").convene().seat("A"), Talks(host, label="two").convene().seat("A")
    store = host.store
    assert isinstance(store, MemoryStore)
    store._secrets[f"key/{one.log_key}"] = bytes(60)
    restarted = open_host(store)
    one.depositary = two.depositary = restarted
    before = store.head(one.origin)
    refused, receipted = restarted.receive_acts([one.raw_statement("A"), two.raw_statement("A")])
    assert code_of(refused) == "custody.unwrap" and isinstance(receipted, Receipt)
    assert store.head(one.origin) == before


# -- two hosts, one database ------------------------------------------------------------------------------------


def test_two_hosts_on_one_file_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    one = Talks(open_host(path)).convene().seat()
    other = open_host(path)
    roots: dict[int, bytes] = {}
    for number in range(12):
        one.depositary, other = other, one.depositary
        receipt = one.say(("A", "B", "PA")[number % 3], f"Through host {number % 2}.")
        found = checked(one, receipt)
        roots[found.size] = found.root
        one.do("A", "note", {"text": str(number)}, chamber="side-A")
    for old, new in zip(sorted(roots), sorted(roots)[1:], strict=False):
        proof = one.depositary.main(one.origin).tree.consistency(old, new)
        check_consistency(old, new, proof, roots[old], roots[new])
    assert everything(one.depositary) == everything(other) == everything(open_host(path))
    assert not list(check_process(other, one.origin, NOW))


def test_two_hosts_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    talks = Talks(open_host(path)).convene().seat()
    hosts = [talks.depositary, open_host(path)]
    each = 12
    outcomes: list[Receipt] = []

    def burst(person: str, host: Any) -> None:
        view = Talks.__new__(Talks)
        view.__dict__ = {**talks.__dict__, "depositary": host}
        for number in range(each):
            raw = view.raw_statement(person, f"{person} {number}")
            while True:
                (outcome,) = host.receive_acts([raw])
                if isinstance(outcome, Receipt):
                    break
                assert code_of(outcome) == "host.busy"
            outcomes.append(outcome)

    before = talks.size
    people = ("A", "B", "PA", "PB")
    threads = [threading.Thread(target=burst, args=(p, hosts[i % 2])) for i, p in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(o.index for o in outcomes) == list(range(before, before + each * len(people)))
    for outcome in outcomes:
        checked(talks, outcome)
    assert everything(hosts[0]) == everything(hosts[1]) == everything(open_host(path))
    assert not list(check_process(hosts[1], talks.origin, NOW))


# -- a store that falters ----------------------------------------------------------------------------------------


class FalteringStore(MemoryStore):
    """Raises the given errors at the next appends; `stores` says whether it stores all the same."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[Exception] = []
        self.stores = False

    def append(self, appends: Sequence[Append], secrets: Sequence[tuple[str, bytes]] = ()) -> None:
        error = self.errors.pop(0) if self.errors else None
        if error is None or self.stores:
            super().append(appends, secrets)
        if error is not None:
            raise error


@pytest.fixture
def faltering() -> tuple[FalteringStore, Talks]:
    store = FalteringStore()
    return store, Talks(open_host(store)).convene().seat()


def test_a_conflict_is_tried_again(faltering: tuple[FalteringStore, Talks]) -> None:
    store, talks = faltering
    store.errors = [Conflict("another was first")]
    assert talks.say("A").index == talks.size - 1


@pytest.mark.parametrize("errors", [[Conflict("busy")] * 5, [NotStored("no space")]])
def test_what_cannot_be_stored_gets_no_receipt(
    faltering: tuple[FalteringStore, Talks], errors: list[Exception]
) -> None:
    store, talks = faltering
    other = Talks(talks.depositary, label="other").convene().seat("A")
    before, raw = everything(talks.depositary), talks.raw_statement("A")
    store.errors = list(errors)
    with pytest.raises(Refused) as refused:
        talks.depositary.receive_act(raw)
    assert refused.value.refusals[0].code == "host.busy"
    assert everything(talks.depositary) == before
    store.errors = list(errors[:1]) if isinstance(errors[0], NotStored) else list(errors[:3])
    outcomes = talks.depositary.receive_acts([raw, other.raw_statement("A")])
    assert code_of(outcomes[0]) == "host.busy" and isinstance(outcomes[1], Receipt)
    store.errors = []
    assert talks.depositary.receive_act(raw).index == talks.size - 1


def test_an_uncertain_commit_is_settled_by_what_is_stored(faltering: tuple[FalteringStore, Talks]) -> None:
    store, talks = faltering
    size = talks.size
    store.errors, store.stores = [UncertainCommit("?")], True
    receipt = talks.say("A", "Stored after all.")
    assert receipt.index == size and checked(talks, receipt).size == size + 1
    store.errors, store.stores = [UncertainCommit("?")], False
    receipt = talks.say("A", "Not stored at first.")
    assert receipt.index == size + 1 and checked(talks, receipt).size == size + 2
    assert everything(talks.depositary) == everything(open_host(store))


# -- acts that this version does not know ------------------------------------------------------------------------


def later_act(talks: Talks) -> bytes:
    """An act of a kind that a later version may bring."""
    from detente.signing.compact import sign_compact
    from detente.signing.envelope import ACT_TYPE

    plain = talks.payload(talks.keys["M"], "adjourn") | {"act": "levitate", "_sd": []}
    return sign_compact(talks.keys["M"], ACT_TYPE, plain) + b"~"


def test_after_an_act_that_the_host_does_not_know_the_door_is_closed() -> None:
    """Otherwise acts would be examined against a state that does not reflect all that stands."""
    talks = Talks(open_host()).convene().seat()
    raw, note = talks.raw_statement("A"), talks.raw("A", "note", {"text": "x"}, "side-A")
    force(talks.depositary, talks.origin, later_act(talks), "levitate", "M")
    before = everything(talks.depositary)
    for refused in talks.depositary.receive_acts([raw, note]):
        assert code_of(refused) == "log.unknown_act"
    assert everything(talks.depositary) == before
    assert talks.state.unknown_from == before[0][1].size - 1


# -- many at once ------------------------------------------------------------------------------------------------


def test_group_commit_gives_each_its_own_receipt() -> None:
    talks = Talks(open_host()).convene().seat("A")
    writers = [key_named(f"writer {number}") for number in range(20)]
    for key in writers:
        talks.enrol("A", key)
    door, first = GroupCommit(talks.depositary), talks.size
    raws = [[talks.raw_statement(key, f"{n}", seq=n, prev="") for n in range(3)] for key in writers]
    found: dict[int, list[Receipt | str]] = {}

    def send(number: int) -> None:
        outcomes: list[Receipt | str] = []
        for raw in raws[number]:
            try:
                outcomes.append(door.receive_act(raw))
            except Refused as refused:
                outcomes.append(refused.refusals[0].code)
        found[number] = outcomes

    threads = [threading.Thread(target=send, args=(number,)) for number in range(len(writers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    indices = []
    for number, (first_sent, second, third) in found.items():
        assert isinstance(first_sent, Receipt)
        # The second and third do not chain to the first: they hear so, and the first keeps its receipt.
        assert (second, third) == ("act.out_of_order", "act.out_of_order")
        stored = next(talks.depositary.store.entries(talks.origin, first_sent.index, first_sent.index + 1))
        assert stored.entry == raws[number][0].split(b"~")[0]
        checked(talks, first_sent)
        indices.append(first_sent.index)
    assert sorted(indices) == list(range(first, first + len(writers)))


class SlowStore(MemoryStore):
    """Holds the first append of a burst until told, so that others must wait and share the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.open = threading.Event()
        self.open.set()
        self.entered = threading.Event()
        self.groups: list[int] = []

    def append(self, appends: Sequence[Append], secrets: Sequence[tuple[str, bytes]] = ()) -> None:
        self.entered.set()
        self.open.wait(10)
        self.groups.append(sum(len(append.entries) for append in appends))
        super().append(appends, secrets)


def test_acts_that_wait_share_one_transaction() -> None:
    store = SlowStore()
    talks = Talks(open_host(store)).convene().seat("A")
    count = LARGEST_GROUP + 11
    writers = [key_named(f"writer {number}") for number in range(count)]
    for key in writers:
        talks.enrol("A", key)
    raws = [talks.raw_statement(key) for key in writers]
    door = GroupCommit(talks.depositary)
    store.groups.clear()
    store.entered.clear()
    store.open.clear()
    threads = [threading.Thread(target=door.receive_act, args=(raw,)) for raw in raws]
    threads[0].start()
    assert store.entered.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(door._waiting) < count - 1:
        threading.Event().wait(0.005)
    store.open.set()
    for thread in threads:
        thread.join(10)
    assert store.groups == [1, LARGEST_GROUP, count - 1 - LARGEST_GROUP]


def test_whoever_waits_hears_of_a_fault_of_the_host() -> None:
    """An error that is no refusal reaches every sender of the group; the door stays usable."""
    store = FalteringStore()
    talks = Talks(open_host(store)).convene().seat("A")
    door, raw = GroupCommit(talks.depositary), talks.raw_statement("A")
    store.errors = [RuntimeError("a fault")]
    with pytest.raises(RuntimeError, match="a fault"):
        door.receive_act(raw)
    assert door.receive_act(raw).index == talks.size - 1
