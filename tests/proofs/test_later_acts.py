"""Later acts: folded on a snapshot they come to what the whole record comes to, and with anything changed to nothing."""

from __future__ import annotations

import functools
import io

import pytest
from msgspec.structs import replace

from detente.codec.refusal import Refused
from detente.proofs.later_acts import FIRST_LINE, WentOn, count_acts, go_on, write_later_acts
from detente.proofs.replay_bundle import VerifiedBundle
from detente.proofs.state_statement import statement_on
from detente.proofs.verified_snapshot import VerifiedSnapshot, fold_against, open_snapshot, write_snapshot
from detente.tlog.merkle import nodes_over
from tests.depositary.talks import NOW, WITNESSES, Talks, key_named, open_host
from tests.proofs.stated import SECRET, bundle_of, folded, signed, written


@functools.cache
def record() -> tuple[VerifiedBundle, Talks]:
    """What cosigners followed up to where A has said something, and the talks that went on from there. PA had seen an
    earlier state, and cites it."""
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat().open_text()
    talks.issue()
    talks.say("B", SECRET)
    early = talks.seen()
    talks.say("A", SECRET)
    talks.cosign(NOW + 1, NOW + 2)
    before = folded(bundle_of(talks))
    return before, _went_on(talks, early)


def _went_on(talks: Talks, early: tuple[int, str]) -> Talks:
    talks.do(
        "PA",
        "grant_mandate",
        holder="A",
        capacities=("initial",),
        instruments=(),
        terms="definitive",
        seen=early,
    )
    talks.do("A", "initial", instrument="road", languages=("en",))
    talks.cosign(NOW + 3, NOW + 4)
    return talks


@functools.cache
def snapshot() -> VerifiedSnapshot:
    before, _talks = record()
    statement = signed(statement_on(before), *WITNESSES[:2])
    return open_snapshot(io.BytesIO(written(lambda out: write_snapshot(out, before, statement))))


def later(after: int | None = None) -> bytes:
    before, talks = record()
    size = before.size if after is None else after
    whole = folded(bundle_of(talks))
    entries = talks.depositary.store.entries(talks.origin, size, talks.size)
    acts = ["~".join([entry.entry.decode(), *entry.disclosures, ""]).encode() for entry in entries]
    read = nodes_over(whole.leaves)
    return written(lambda out: write_later_acts(out, talks.origin, size, acts, whole.note, read))


def gone_on(raw: bytes) -> WentOn:
    return go_on(io.BytesIO(raw), snapshot())


def code_of(raw: bytes) -> str:
    with pytest.raises(Refused) as refusing:
        gone_on(raw)
    return refusing.value.refusals[0].code


def test_it_comes_to_what_the_whole_record_comes_to() -> None:
    before, talks = record()
    found = gone_on(later())
    assert found.state == talks.state == folded(bundle_of(talks)).state != before.state
    assert (found.size, found.snapshot.size, found.unchecked) == (talks.size, before.size, 0)
    assert [cosigned.time for cosigned in found.cosigners] == [NOW + 3, NOW + 4]


def test_it_says_no_word_and_how_long_it_is() -> None:
    raw = later()
    assert raw.startswith(f"{FIRST_LINE}\n".encode()) and SECRET.encode() not in raw
    assert count_acts(io.BytesIO(raw)) == record()[1].size - snapshot().size == 2


def test_nothing_came_after_and_the_checkpoint_holds() -> None:
    before, talks = record()
    read = nodes_over(before.leaves)
    raw = written(lambda out: write_later_acts(out, talks.origin, before.size, [], before.note, read))
    assert gone_on(raw).state == before.state


def test_a_state_from_before_that_an_act_cites_is_shown_or_it_is_refused() -> None:
    raw = later()
    assert b"\nearlier 1\nseen " in raw
    start, end = raw.index(b"\nearlier"), raw.index(b"\nact ")
    assert code_of(raw[:start] + b"\nearlier 0" + raw[end:]) == "act.seen_unshown"


def test_with_any_byte_changed_it_is_refused() -> None:
    raw = later()
    for place in [*range(700), *range(700, len(raw) - 700, 41), *range(len(raw) - 700, len(raw))]:
        code_of(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
    for cut in (raw[:-1], raw + b"x", raw + b"\n", b""):
        code_of(cut)


def test_acts_that_do_not_begin_where_the_snapshot_ends_are_refused() -> None:
    before, _talks = record()
    assert code_of(later(before.size + 1)) == "later.after"
    lines = later().splitlines(keepends=True)
    last = max(at for at, line in enumerate(lines) if line.startswith(b"act "))
    assert code_of(b"".join([*lines[:3], b"acts 1\n", *lines[4:last], *lines[last + 1 :]])) == "later.root"


def test_later_signatures_are_checked_with_the_keys_that_the_snapshot_knows() -> None:
    state = snapshot().state
    keys = state.keys.delete(key_named("A").key_id)
    with pytest.raises(Refused) as refusing:
        go_on(io.BytesIO(later()), replace(snapshot(), state=replace(state, keys=keys)))
    assert refusing.value.refusals[0].code == "key.unknown"


def test_the_whole_fold_agrees_with_the_snapshot() -> None:
    _before, talks = record()
    assert fold_against(io.BytesIO(bundle_of(talks)), snapshot()).size == talks.size


def test_a_whole_fold_that_comes_to_something_else_is_said_loudly() -> None:
    before, talks = record()
    lie = replace(before, state=replace(before.state, heads=before.state.heads.set("A", "B")))
    statement = signed(statement_on(lie), *WITNESSES[:2])
    false = open_snapshot(io.BytesIO(written(lambda out: write_snapshot(out, lie, statement))))
    assert go_on(io.BytesIO(later()), false).state != talks.state  # by itself it cannot be told
    for bundle, held, code in (
        (bundle_of(talks), false, "snapshot.fold"),
        (bundle_of(other()), snapshot(), "snapshot.another_history"),
    ):
        with pytest.raises(Refused) as refusing:
            fold_against(io.BytesIO(bundle), held)
        assert refusing.value.refusals[0].code == code
    with pytest.raises(Refused) as refusing:
        fold_against(io.BytesIO(shorter()), snapshot())
    assert refusing.value.refusals[0].code == "snapshot.longer"


def other() -> Talks:
    """The same talks, in which something else was said."""
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat().open_text()
    talks.issue()
    for _ in range(4):
        talks.say("B", SECRET)
    return talks


def shorter() -> bytes:
    return bundle_of(Talks(open_host(), cosigners=WITNESSES, quorum=2).convene())
