"""Acts that a faithless host put into the log behind the door, and acts that this reader does not know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from detente.codec.refusal import Refused
from detente.depositary.self_check import check_process
from detente.signing.compact import sign_compact
from detente.signing.envelope import ACT_TYPE
from tests.depositary.talks import NOW, Talks, force, key_named, open_host
from tests.proofs.copies import copy_for, verified, whole_copy


@pytest.fixture
def talks() -> Talks:
    talks = Talks(open_host()).convene().seat().open_text()
    talks.issue()
    return talks


def later_act(talks: Talks, chamber: str = "", by: str = "M", **payload: object) -> bytes:
    """An act of a kind that a later version may bring."""
    plain = talks.payload(talks.keys[by], "void", chamber) | {"act": "levitate", "_sd": [], **payload}
    return sign_compact(talks.keys[by], ACT_TYPE, plain) + b"~"


REFUSED: dict[str, tuple[Callable[[Talks], bytes], str]] = {
    "number used twice": (lambda t: t.raw_statement("A", seq=0), "act.out_of_order"),
    "sent twice": (lambda t: t.raw("M", "open_instrument", {}, instrument="road", sides=("A", "B"), basis="analogy",
                                   languages=(("en", "authentic"),)), "instrument.present"),
    "stale": (lambda t: t.raw("A", "assent", instrument="road", terms="definitive", on=None), "act.stale"),
    "not in this role": (lambda t: t.raw("A", "adjourn", {}), "participation.role"),
    "of another log": (lambda t: t.raw_statement("A", proc=f"{t.origin}/side-A"), "act.foreign"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_an_irregular_act_is_reported_and_not_refused(talks: Talks, name: str) -> None:
    make, code = REFUSED[name]
    if name == "number used twice":
        talks.say("A")
        code = "act.replayed"
    before = talks.state
    author = (
        "M" if name == "sent twice" else "A"
    )  # whose key signed it: another name in the database is a finding too
    index = force(talks.depositary, talks.origin, make(talks), author=author)
    talks.say("B")
    for copy in (verified(copy_for(talks, "A")), verified(whole_copy(talks))):
        (irregular,) = copy.state.irregular
        assert irregular.index == index and code in irregular.codes
        assert copy.state == talks.state and copy.size == index + 2
    assert talks.state.instruments == before.instruments and talks.state.people == before.people
    (finding,) = check_process(talks.depositary, talks.origin, NOW)
    if code == "act.foreign":
        assert finding.code == "fsck.foreign_entry" and f"Entry {index} " in finding.sentence
    else:
        assert finding.code == "log.irregular" and f"Act {index + 1} of {talks.origin} " in finding.sentence


def test_an_irregular_act_of_a_chamber_is_reported(talks: Talks) -> None:
    talks.do("A", "note", {"text": "one"}, chamber="side-A")
    force(
        talks.depositary,
        f"{talks.origin}/side-A",
        talks.raw("B", "note", {"text": "two"}, "side-A"),
        author="B",
    )
    chamber = next(c for c in verified(copy_for(talks, "A")).chambers if c.name == "side-A")
    assert [(i.index, i.codes) for i in chamber.irregular] == [(1, ("log.audience",))]
    assert [author for _leaf, author in chamber.notes] == ["A"]
    (finding,) = check_process(talks.depositary, talks.origin, NOW)
    assert finding.code == "log.irregular" and f"Act 2 of {talks.origin}/side-A " in finding.sentence


def test_an_act_by_a_key_that_the_record_does_not_know_is_refused(talks: Talks) -> None:
    """Nothing about it can be checked, so the copy proves nothing from there on."""
    force(talks.depositary, talks.origin, talks.raw_statement(key_named("stranger")))
    with pytest.raises(Refused) as refused:
        verified(copy_for(talks, "A"))
    assert refused.value.refusals[0].code == "key.unknown"


def test_an_act_that_cites_another_log_is_refused(talks: Talks) -> None:
    force(talks.depositary, talks.origin, talks.raw_statement("A", seen=(3, talks.seen(2)[1])), author="A")
    with pytest.raises(Refused) as refused:
        verified(copy_for(talks, "A"))
    (found,) = refused.value.refusals
    assert found.code == "act.seen_foreign" and f"Act {talks.size} of " in found.sentence and found.instead


# -- kinds of a later version -----------------------------------------------------------------------------------


def test_an_unknown_kind_stops_the_fold_and_not_the_checks(talks: Talks) -> None:
    before = talks.state
    index = force(talks.depositary, talks.origin, later_act(talks), "levitate", "M")
    force(talks.depositary, talks.origin, talks.raw_statement("A"), author="A")
    copy = verified(copy_for(talks, "A"))
    assert (copy.state.unknown_from, copy.state.size, copy.size) == (index, index, index + 2)
    assert copy.state.instruments == before.instruments and not copy.state.irregular
    assert copy.unchecked == 0
    assert talks.state == copy.state
    assert talks.depositary.main(talks.origin).state_at(index) == before


def test_after_an_unknown_kind_signatures_are_still_checked(talks: Talks) -> None:
    force(talks.depositary, talks.origin, later_act(talks), "levitate", "M")
    sound = talks.raw_statement("A")
    entry = sound.split(b"~")[0]
    signature = entry.rpartition(b".")[2]
    other = talks.raw_statement("A", "Other words.").split(b"~")[0].rpartition(b".")[2]
    force(talks.depositary, talks.origin, entry.replace(signature, other) + b"~", author="A")
    with pytest.raises(Refused, match="signature does not hold"):
        verified(copy_for(talks, "A"))


def test_acts_by_keys_that_a_later_version_may_know_are_counted(talks: Talks) -> None:
    force(talks.depositary, talks.origin, later_act(talks), "levitate", "M")
    force(talks.depositary, talks.origin, talks.raw_statement(key_named("stranger")))
    force(talks.depositary, f"{talks.origin}/side-A", talks.raw(key_named("stranger"), "note", {}, "side-A"))
    copy = verified(copy_for(talks, "A"))
    assert copy.unchecked == 2 and copy.size == copy.state.size + 2


def test_a_chamber_act_weighed_against_less_than_its_author_saw_is_not_called_irregular(talks: Talks) -> None:
    """Its author had seen acts that this reader does not know; a later reader may find nothing wrong."""
    force(talks.depositary, talks.origin, later_act(talks), "levitate", "M")
    chamber = f"{talks.origin}/side-A"
    force(
        talks.depositary,
        chamber,
        talks.raw("A", "instruct", {"text": "x"}, "side-A", referral=None),
        author="A",
    )
    copy = verified(copy_for(talks, "A"))
    found = next(c for c in copy.chambers if c.name == "side-A")
    assert (found.unknown_from, found.size, found.irregular) == (0, 0, ())
    live = talks.depositary.chamber(chamber).chamber()
    assert (live.unknown_from, live.size, live.irregular) == (0, 0, ())


def test_an_unknown_kind_in_a_chamber_stops_that_chamber_only(talks: Talks) -> None:
    talks.do("A", "note", {"text": "one"}, chamber="side-A")
    force(talks.depositary, f"{talks.origin}/side-A", later_act(talks, "side-A", "A"), "levitate", "A")
    talks.do("A", "note", {"text": "elsewhere"}, chamber="mediators-A")
    copy = verified(copy_for(talks, "A"))
    found = {c.name: c for c in copy.chambers}
    assert (found["side-A"].unknown_from, found["side-A"].size) == (1, 1)
    assert found["mediators-A"].unknown_from is None and copy.state.unknown_from is None
    assert talks.depositary.chamber(f"{talks.origin}/side-A").chamber().notes == found["side-A"].notes
    with pytest.raises(Refused) as refused:
        talks.do("A", "note", {"text": "two"}, chamber="side-A")
    assert refused.value.refusals[0].code == "log.unknown_act"
