"""A host that is shown more than it holds signs nothing more; what it lacks comes back from parties' copies."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.client.replica import held_logs
from detente.codec.refusal import Refused
from detente.depositary.certifying import certify_copy
from detente.depositary.cosigning import keep_cosigned
from detente.depositary.fork_guard import check_held, go_on_where_held
from detente.depositary.recovery import HeldLog, Recovered, recover
from detente.procedure.disclosure import Viewer
from detente.proofs.verification import verify_copy
from detente.signing.disclosure import read_disclosure
from detente.tlog.signed_note import add_signatures, parse_note
from tests.depositary.forking import branch, note_of
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, everything, open_host


@pytest.fixture
def talks() -> Talks:
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat()
    talks.say("A", "The road is open.")
    return talks


@pytest.fixture
def restored(talks: Talks) -> Talks:
    """The host again, from a backup that lacks the last acts."""
    backup = branch(talks)
    talks.say("B", "We take note.")
    talks.do("A", "note", {"text": "Quiet words."}, chamber="side-A")
    talks.say("A", "So do we.", aud=("A", "M"))
    return backup


def code(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        call()
    (refusal,) = caught.value.refusals
    return refusal.code


def copy_of(talks: Talks, person: str) -> tuple[HeldLog, ...]:
    out = io.BytesIO()
    certify_copy(talks.depositary, talks.origin, Viewer(person), NOW, out)
    out.seek(0)
    return held_logs(out)


def test_a_checkpoint_that_is_held_changes_nothing(talks: Talks) -> None:
    earlier = branch(talks, 4)
    before = everything(talks.depositary)
    for note in (note_of(earlier), note_of(talks)):
        assert check_held(talks.depositary, note).origin == talks.origin
    assert everything(talks.depositary) == before


def test_a_host_that_is_shown_more_than_it_holds_signs_no_act_of_any_log(
    talks: Talks, restored: Talks
) -> None:
    assert code(lambda: check_held(restored.depositary, note_of(talks))) == "host.stopped"
    for log in ("", "side-A"):
        act = ("note", {"text": "Quiet."}) if log else ("register_statement", {"text": "Words."})
        clear = {} if log else {"claims": (("other", ""),)}
        before = everything(restored.depositary)
        assert code(lambda: restored.do("A", *act, chamber=log, **clear)) == "host.stopped"  # noqa: B023
        assert everything(restored.depositary) == before
    # What stands has its receipts; and the first checkpoint shown stays the one it was stopped for.
    assert restored.depositary.receipt(restored.origin, 3).index == 3
    head = restored.depositary.store.head(restored.origin)
    assert head is not None and head.stopped == note_of(talks)


def test_a_cosigner_that_is_ahead_stops_it_too(talks: Talks, restored: Talks) -> None:
    note = note_of(talks)
    line = cosigner_named(WITNESSES[0]).sign(parse_note(note).text, NOW)
    assert (
        code(lambda: keep_cosigned(restored.depositary, talks.origin, add_signatures(note, [line])))
        == "host.stopped"
    )
    assert code(lambda: restored.say("A")) == "host.stopped"


def test_a_chambers_checkpoint_stops_the_whole_process(talks: Talks, restored: Talks) -> None:
    head = talks.depositary.store.head(f"{talks.origin}/side-A")
    assert head is not None
    assert code(lambda: check_held(restored.depositary, head.checkpoint)) == "host.stopped"
    assert code(lambda: restored.say("A")) == "host.stopped"


def test_another_history_of_the_same_length_stops_it(talks: Talks) -> None:
    other = branch(talks)
    talks.say("A", "Yes.")
    other.say("A", "No.")
    assert code(lambda: check_held(talks.depositary, note_of(other))) == "host.stopped"


def test_nobody_else_can_stop_it(talks: Talks) -> None:
    stranger = Talks(open_host(), label="elsewhere").convene()
    note = note_of(talks)
    size = parse_note(note).text.split("\n")[1]
    more = note.replace(f"\n{size}\n".encode(), f"\n{int(size) + 1}\n".encode())
    assert code(lambda: check_held(talks.depositary, note_of(stranger))) == "log.unknown"
    assert code(lambda: check_held(talks.depositary, more)) == "note.signature"
    assert talks.say("A").index


def test_another_process_at_the_same_host_goes_on(talks: Talks, restored: Talks) -> None:
    other = Talks(restored.depositary, label="other").convene()
    assert code(lambda: check_held(restored.depositary, note_of(talks))) == "host.stopped"
    assert other.do("M", "adjourn", {"reason": "Night."}).index == 1


def test_a_restart_forgets_nothing(talks: Talks, tmp_path: Path) -> None:
    kept = Talks(open_host(tmp_path / "record.sqlite"), label="kept").convene()
    longer = branch(kept)
    longer.do("M", "adjourn", {"reason": "Night."})
    assert code(lambda: check_held(kept.depositary, note_of(longer))) == "host.stopped"
    kept.depositary.close()
    kept.depositary = open_host(tmp_path / "record.sqlite")
    assert code(lambda: kept.do("M", "adjourn", {"reason": "Night."})) == "host.stopped"
    kept.depositary.close()


def test_acts_come_back_as_they_were_from_the_copies_of_those_who_may_read_them(
    talks: Talks, restored: Talks
) -> None:
    with pytest.raises(Refused):
        check_held(restored.depositary, note_of(talks))
    size = restored.size
    found = recover(restored.depositary, (*copy_of(talks, "B"), *copy_of(talks, "A")))
    assert found == (Recovered(talks.origin, size, size + 2), Recovered(f"{talks.origin}/side-A", 0, 1))
    assert note_of(restored) == note_of(talks) and restored.state == talks.state
    last = next(iter(restored.depositary.store.entries(talks.origin, size + 1, size + 2)))
    assert [read_disclosure(text).value for text in last.disclosures] == [
        "So do we."
    ]  # which only A's copy shows
    assert restored.say("B").index == size + 2
    out = io.BytesIO()
    certify_copy(restored.depositary, talks.origin, Viewer("A"), NOW, out)
    out.seek(0)
    assert verify_copy(out).state == restored.state


def test_what_was_erased_does_not_come_back_with_it(talks: Talks) -> None:
    backup = branch(talks)
    receipt = talks.say("A", "Words that a court wants gone.")
    early = copy_of(talks, "A")
    talks.do(
        "A", "erase", {"reason": "A ruling."}, originals=(receipt.leaf,), writer="A", ground="court_order"
    )
    recover(backup.depositary, (*early, *copy_of(talks, "A")))
    (entry,) = backup.depositary.store.entries(talks.origin, receipt.index, receipt.index + 1)
    assert entry.disclosures == () and backup.state == talks.state


def test_until_everything_that_was_signed_is_back_it_signs_nothing(talks: Talks, restored: Talks) -> None:
    early = copy_of(talks, "B")
    talks.say("B", "One word more.")
    with pytest.raises(Refused):
        check_held(restored.depositary, note_of(talks))
    assert recover(restored.depositary, early)
    assert not go_on_where_held(restored.depositary, talks.origin)
    assert code(lambda: restored.say("A")) == "host.stopped"
    recover(restored.depositary, copy_of(talks, "B"))
    assert go_on_where_held(restored.depositary, talks.origin)
    assert restored.say("A").index == talks.size


def test_a_host_that_forked_takes_nothing_in(talks: Talks, restored: Talks) -> None:
    restored.say("A", "Words of another branch.")
    before = everything(restored.depositary)
    assert code(lambda: recover(restored.depositary, copy_of(talks, "B"))) == "recovery.fork"
    assert everything(restored.depositary) == before
    third = branch(talks)
    talks.say("A", "Yes.")
    third.say("A", "No.")
    both = (*copy_of(talks, "A"), *copy_of(third, "A"))
    assert code(lambda: recover(branch(talks, 5).depositary, both)) == "recovery.fork"


def test_copies_that_hold_nothing_more_change_nothing(talks: Talks) -> None:
    earlier = branch(talks, 6)
    before = everything(talks.depositary)
    assert recover(talks.depositary, copy_of(earlier, "M")) == ()
    assert everything(talks.depositary) == before
    assert code(lambda: recover(open_host(), copy_of(talks, "M"))) == "recovery.unknown"
