"""Notice of breach (VCLT 60, 65): on a text in force, with a period, and never against protections of persons."""

from __future__ import annotations

from typing import Any

import pytest

from detente.acts.breach import months_after, period_ends
from detente.procedure.turn import turns
from detente.state.breach import Notice
from tests.simulator import Simulator, with_text

NOW, IN_TIME, BY, AFTER = (
    "2025-11-01T00:00:00Z", "2025-12-01T00:00:00Z", "2026-02-10T00:00:00Z", "2026-02-11T00:00:00Z",
)  # fmt: skip
NOTICE = {
    "instrument": "text", "of": "B", "measure": "suspend", "objections_by": BY, "provisions": ("art_1",),
}  # fmt: skip


def in_force(*sides: str, **terms: Any) -> Simulator:
    simulator = with_text(*sides, terms=terms)
    simulator.steps("sign", *simulator.instrument().sides)
    assert not simulator.mark(NOW)
    return simulator


def notified(*sides: str, **fields: Any) -> tuple[Simulator, str]:
    simulator = in_force(*sides)
    return simulator, simulator.must("PA", "notify_breach", **{**NOTICE, **fields})


def notice_of(simulator: Simulator, leaf: str) -> Notice:
    return simulator.state.notices[leaf]


def asked(simulator: Simulator) -> list[tuple[str, str | None]]:
    return [(t.whose, t.by) for t in turns(simulator.state) if t.act == "object_to_notice"]


def test_a_notice_suspends_nothing_and_asks_the_others() -> None:
    simulator, _leaf = notified()
    assert (simulator.ladder(), simulator.answers(), simulator.standing("B").flags) == ("FF", "yyyy", ())
    assert asked(simulator) == [("B", BY)]
    for person in ("B", "PB"):
        assert {"object_to_notice", "reply_to_notice"} <= set(simulator.offered(person))


@pytest.mark.parametrize("step", ["", "assent", "initial", "sign"])
def test_a_notice_needs_a_text_in_force_and_the_refusal_says_what_is_open(step: str) -> None:
    simulator = with_text(terms={"consent": "ratification"})
    if step:
        simulator.steps(step, "A", "B")
    assert not simulator.mark(NOW)
    (refusal,) = simulator.do("PA", "notify_breach", **NOTICE)
    assert (refusal.code, refusal.clause) == ("breach.not_in_force", "VCLT art. 60, 65")
    assert ("take back your step" in (refusal.instead or "")) is bool(step)
    assert "contest the validity" in (refusal.instead or "")


def test_the_period_is_three_months_unless_the_matter_is_specially_urgent() -> None:
    simulator = in_force()
    short = {**NOTICE, "objections_by": "2026-01-31T00:00:00Z"}
    (refusal,) = simulator.do("PA", "notify_breach", **short)
    assert (refusal.code, refusal.clause) == ("breach.period", "VCLT art. 65(2)")
    assert simulator.codes("PA", "notify_breach", **short, urgent=True) == set()
    past = {**NOTICE, "objections_by": NOW, "urgent": True}
    assert simulator.codes("PA", "notify_breach", **past) == {"breach.period"}
    never = {**NOTICE, "objections_by": "2026-02-30T00:00:00Z"}
    assert simulator.codes("PA", "notify_breach", **never) == {"instant.malformed"}


def test_the_period_runs_from_the_first_time_marked_after_the_notice() -> None:
    """A host or an author that was slow takes nothing from the others' three months."""
    simulator, leaf = notified()
    assert period_ends(notice_of(simulator, leaf)) == BY
    assert not simulator.mark(IN_TIME)
    assert (notice_of(simulator, leaf).notified, asked(simulator)) == (
        IN_TIME, [("B", "2026-03-01T00:00:00Z")])  # fmt: skip
    assert not simulator.mark(AFTER)
    assert notice_of(simulator, leaf).expired is None
    assert not simulator.mark("2026-03-01T00:00:00Z")
    assert notice_of(simulator, leaf).expired == simulator.state.size - 1
    assert asked(simulator) == []


def test_under_special_urgency_the_period_ends_when_the_notice_says() -> None:
    simulator, leaf = notified(objections_by=IN_TIME, urgent=True)
    assert not simulator.mark("2025-11-30T00:00:00Z")
    assert notice_of(simulator, leaf).expired is None
    assert not simulator.mark(IN_TIME)
    assert notice_of(simulator, leaf).expired is not None


def test_a_mark_of_a_moment_before_the_notice_is_no_receipt() -> None:
    simulator, leaf = notified()
    assert not simulator.mark(AFTER, size=notice_of(simulator, leaf).index)
    assert notice_of(simulator, leaf).notified is None


def test_an_objection_in_time_counts_and_a_late_one_is_recorded() -> None:
    simulator, leaf = notified(objections_by=IN_TIME, urgent=True)
    simulator.must("B", "object_to_notice", breach=leaf)
    assert notice_of(simulator, leaf).opposed == ("B",)
    assert asked(simulator) == []
    assert simulator.codes("PB", "object_to_notice", breach=leaf) == {"breach.objected"}
    assert simulator.codes("A", "object_to_notice", breach=leaf) == {"breach.own"}
    late, leaf = notified(objections_by=IN_TIME, urgent=True)
    assert not late.mark(IN_TIME)
    late.must("B", "object_to_notice", breach=leaf)
    assert (len(notice_of(late, leaf).objections), notice_of(late, leaf).opposed) == (1, ())


def test_the_side_said_to_have_breached_replies_and_others_do_not() -> None:
    simulator, leaf = notified("A", "B", "C")
    assert simulator.codes("C", "reply_to_notice", breach=leaf) == {"breach.reply"}
    simulator.must("B", "reply_to_notice", breach=leaf)
    assert [side for _leaf, _at, side in notice_of(simulator, leaf).replies] == ["B"]
    assert asked(simulator) == [("B", BY), ("C", BY)], "a reply is no objection"


@pytest.mark.parametrize("by", ["M", "A", "B"])
def test_no_measure_reaches_what_protects_persons_whoever_marked_it(by: str) -> None:
    simulator = in_force()
    edition = simulator.edition().leaf
    simulator.must(by, "mark_protection", instrument="text", edition=edition, provisions=("art_5",))
    (refusal,) = simulator.do("PA", "notify_breach", **{**NOTICE, "affects": ("art_1", "art_5")})
    assert (refusal.code, refusal.clause) == ("breach.protects_persons", "VCLT art. 60(5)")
    assert "5" in refusal.sentence and "Article 1" not in refusal.sentence
    breached = {**NOTICE, "provisions": ("art_5",), "affects": ("art_1",)}
    assert simulator.codes("PA", "notify_breach", **breached) == set(), "that it was breached can be claimed"


def test_a_mark_of_protection_is_of_provisions_that_the_edition_holds() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    edition = simulator.edition().leaf
    fields = {"instrument": "text", "edition": edition, "provisions": ("art_5",)}
    assert simulator.codes("C", "mark_protection", **fields) == {"instrument.side"}
    assert simulator.codes("A", "mark_protection", **{**fields, "provisions": ()}) == {"breach.nothing"}
    assert simulator.codes("A", "mark_protection", **{**fields, "provisions": ("art_9",)}) == {
        "breach.provision"
    }
    assert simulator.codes("A", "mark_protection", **{**fields, "edition": "A" * 43}) == {"edition.unknown"}


@pytest.mark.parametrize(
    ("person", "fields", "codes"),
    [
        ("PA", {"of": "A"}, {"breach.own"}),
        ("PA", {"instrument": "annex"}, {"instrument.unknown"}),
        ("PA", {"provisions": ("art_9",)}, {"breach.provision"}),
        ("PA", {"affects": ("art_9",)}, {"breach.provision"}),
        ("PA", {"provisions": ()}, {"breach.nothing"}),
        ("PA", {"commitments": ("A" * 43,)}, {"breach.commitment"}),
        ("PA", {"measure": "terminate", "affects": ("art_1",)}, {"breach.in_part"}),
        ("PC", {}, {"instrument.side"}),
        ("PA", {"of": "C"}, {"instrument.side"}),
        ("A", {}, {"breach.powers"}),
        ("M", {}, {"participation.role"}),
    ],
)
def test_a_notice_says_what_was_breached_by_whom(
    person: str, fields: dict[str, Any], codes: set[str]
) -> None:
    simulator = in_force("A", "B", "C", sides=("A", "B"))
    assert simulator.codes(person, "notify_breach", **{**NOTICE, **fields}) == codes


def test_a_principal_gives_notice_with_a_confirmed_key() -> None:
    simulator = in_force()
    simulator.enrol("PA", "second", by="PA")
    assert simulator.codes("PA", "notify_breach", **NOTICE) == {"key.unconfirmed"}


def test_notice_and_objection_are_possible_when_the_talks_are_off() -> None:
    simulator = in_force()
    simulator.must("M", "break_off")
    leaf = simulator.must("PA", "notify_breach", **NOTICE)
    simulator.must("B", "object_to_notice", breach=leaf)
    assert asked(simulator) == []


@pytest.mark.parametrize(
    "kind", ["object_to_notice", "reply_to_notice", "revoke_notice", "carry_out", "record_cure"]
)
def test_acts_on_a_notice_name_one_that_stands(kind: str) -> None:
    assert in_force().codes("PB", kind, breach="A" * 43) == {"breach.unknown"}


@pytest.mark.parametrize(
    ("instant", "months", "after"),
    [
        ("2026-11-05T09:00:00Z", 3, "2027-02-05T09:00:00Z"),
        ("2027-11-30T09:00:00Z", 3, "2028-03-01T09:00:00Z"),
        ("2026-09-30T00:00:00Z", 3, "2026-12-30T00:00:00Z"),
        ("2026-11-29T00:00:00Z", 3, "2027-03-01T00:00:00Z"),
        ("2027-11-29T00:00:00Z", 3, "2028-02-29T00:00:00Z"),
        ("2026-10-31T00:00:00Z", 2, "2026-12-31T00:00:00Z"),
    ],
)  # fmt: skip
def test_months_are_counted_by_the_calendar_and_never_short(instant: str, months: int, after: str) -> None:
    assert months_after(instant, months) == after


# --- by a delegate (VCLT 67(2))


def test_a_delegate_acts_on_a_breach_within_powers_that_extend_to_it() -> None:
    simulator = in_force()
    (refusal,) = simulator.do("A", "notify_breach", **NOTICE)
    assert (refusal.code, refusal.clause) == ("breach.powers", "VCLT art. 67(2)")
    assert "does not extend to act on breach" in refusal.sentence
    simulator.grant("A", "act_on_breach", instruments=("text",))
    leaf = simulator.must("A", "notify_breach", **NOTICE)
    assert notice_of(simulator, leaf).by_side == "A"
    assert "revoke_notice" in simulator.offered("A")
    assert simulator.codes("A", "respond", of="B", instrument="text", provision="art_1") == set()
    assert simulator.codes("B", "record_cure", breach=leaf, provision="art_1") == {"breach.powers"}
    simulator.must("A", "revoke_notice", breach=leaf)


def test_a_restriction_takes_the_power_to_act_on_a_breach_away() -> None:
    simulator = in_force()
    mandate = simulator.grant("A", "act_on_breach")
    leaf = simulator.must("A", "notify_breach", **{**NOTICE, "objections_by": AFTER})
    simulator.must("PA", "restrict_mandate", mandate=mandate, capacities=("act_on_breach",))
    for kind in ("carry_out", "revoke_notice"):
        assert "breach.powers" in simulator.codes("A", kind, breach=leaf)
        assert kind not in simulator.offered("A")
    assert simulator.codes("PA", "revoke_notice", breach=leaf) == set()


def test_a_response_under_no_text_needs_powers_that_are_for_every_text() -> None:
    simulator = with_text()
    simulator.grant("A", "act_on_breach", instruments=("text",))
    assert simulator.codes("A", "respond", of="B") == {"breach.powers"}
    simulator.grant("A", "act_on_breach")
    assert simulator.codes("A", "respond", of="B") == set()
