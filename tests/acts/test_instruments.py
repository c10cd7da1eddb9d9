"""Instruments: their sides, languages and terms are fixed when they are opened."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.simulator import Simulator, seated, with_text


def terms(**fields: Any) -> dict[str, Any]:
    plain = {
        "instrument": "text",
        "sides": ("A", "B"),
        "basis": "analogy",
        "languages": (("en", "authentic"),),
    }
    return {**plain, **fields}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"instrument": "rules"}, {"instrument.id"}),
        ({"sides": ()}, {"instrument.sides"}),
        ({"sides": ("A", "A")}, {"instrument.sides"}),
        ({"sides": ("A", "Q")}, {"instrument.sides"}),
        ({"languages": ()}, {"instrument.languages"}),
        ({"languages": (("en", "courtesy"),)}, {"instrument.languages"}),
        ({"languages": (("en", "authentic"), ("en", "official"))}, {"instrument.languages"}),
        ({"entry": "date"}, {"instrument.entry"}),
        ({"entry": "delay"}, {"instrument.entry"}),
        ({"entry_delay": 30}, {"instrument.entry"}),
        ({"entry_date": "2025-11-10T00:00:00Z"}, {"instrument.entry"}),
        ({"entry": "date", "entry_date": "2025-02-30T00:00:00Z"}, {"instant.malformed"}),
        ({"sides": (), "languages": (), "entry": "date"},
         {"instrument.sides", "instrument.languages", "instrument.entry"}),
    ],
)  # fmt: skip
def test_terms_that_could_not_be_met_are_refused(fields: dict[str, Any], codes: set[str]) -> None:
    assert seated().codes("M", "open_instrument", **terms(**fields)) == codes


def test_a_delay_beyond_a_century_is_no_term() -> None:
    """Else the day of entry into force would have no spelling."""
    with pytest.raises(msgspec.ValidationError):
        seated().act("M", "open_instrument", **terms(entry="delay", entry_delay=10**9))


def test_an_instrument_is_opened_once() -> None:
    assert with_text().codes("M", "open_instrument", **terms()) == {"instrument.present"}


def test_opening_commits_nobody() -> None:
    simulator = seated()
    simulator.must("A", "open_instrument", **terms())
    assert (simulator.ladder(), simulator.answers()) == ("..", "nnnn")


def test_a_side_that_does_not_negotiate_a_text_takes_no_step_on_it() -> None:
    simulator = with_text("A", "B", "C", terms={"sides": ("A", "B")})
    assert {r.code for r in simulator.step("C", "assent")} == {"instrument.side"}
    assert "assent" not in simulator.offered("C")
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_a_unilateral_declaration_is_an_instrument_with_one_side() -> None:
    simulator = with_text(terms={"sides": ("A",)})
    simulator.steps("assent", "A")
    simulator.steps("sign", "A")
    assert simulator.answers() == "yyyn"
    assert {r.code for r in simulator.step("B", "sign")} == {"instrument.side"}


def conditional() -> Simulator:
    simulator = with_text()
    simulator.open("annex")
    simulator.issue("annex")
    return simulator


def test_a_text_conditional_on_another_binds_with_the_consents_to_that_one() -> None:
    simulator = conditional()
    simulator.must("M", "link_instrument", instrument="text", relation="conditional_on", other="annex")
    simulator.steps("sign", "A", "B")
    assert simulator.answers() == "yynn"
    assert [(m.whose, m.act, m.subject) for m in simulator.finality().binding.missing] == [
        ("A", "sign", "annex"), ("B", "sign", "annex"),
    ]  # fmt: skip
    simulator.steps("sign", "A", "B", name="annex")
    assert simulator.answers() == "yyyn"


def test_a_text_enters_into_force_only_with_a_mark_after_its_condition_is_met() -> None:
    simulator = conditional()
    simulator.must("M", "link_instrument", instrument="text", relation="conditional_on", other="annex")
    simulator.steps("sign", "A", "B")
    assert not simulator.mark("2025-11-01T00:00:00Z")
    simulator.steps("sign", "A", "B", name="annex")
    assert simulator.answers() == "yyyn", "the time marked is older than the condition"
    assert not simulator.mark("2025-11-02T00:00:00Z")
    assert simulator.instrument().in_force_since == "2025-11-02T00:00:00Z"


def test_a_condition_reaches_through_the_texts_between() -> None:
    """text -> annex -> protocol: while the protocol lacks consent, nothing that leans on it binds."""
    simulator = conditional()
    simulator.open("protocol")
    simulator.issue("protocol")
    for name, other in (("text", "annex"), ("annex", "protocol")):
        simulator.must("M", "link_instrument", instrument=name, relation="conditional_on", other=other)
    for name in ("text", "annex"):
        simulator.steps("sign", "A", "B", name=name)
    assert (simulator.answers("text"), simulator.answers("annex")) == ("yynn", "yynn")
    assert {(m.whose, m.act, m.subject) for m in simulator.finality("text").binding.missing} == {
        ("A", "sign", "protocol"), ("B", "sign", "protocol"),
    }  # fmt: skip
    simulator.steps("sign", "A", "B", name="protocol")
    assert [simulator.answers(n) for n in ("text", "annex", "protocol")] == ["yyyn"] * 3


def test_three_texts_conditional_in_a_ring_bind_together() -> None:
    simulator = conditional()
    simulator.open("protocol")
    simulator.issue("protocol")
    ring = ("text", "annex", "protocol")
    for name, other in zip(ring, (*ring[1:], ring[0]), strict=True):
        simulator.must("M", "link_instrument", instrument=name, relation="conditional_on", other=other)
    for name in ring:
        assert [simulator.answers(n)[2] for n in ring] == ["n"] * 3
        simulator.steps("sign", "A", "B", name=name)
    assert [simulator.answers(n) for n in ring] == ["yyyn"] * 3


def test_a_text_waits_while_a_side_of_its_condition_is_contested() -> None:
    simulator = conditional()
    simulator.must("M", "link_instrument", instrument="text", relation="conditional_on", other="annex")
    simulator.steps("sign", "A", "B")
    simulator.must("A", "contest_representation", side="B")
    simulator.steps("sign", "A", "B", name="annex")
    assert simulator.answers() == "yynn"
    assert [(m.whose, m.act) for m in simulator.finality().binding.missing] == [("M", "decide_credentials")]


def test_a_condition_is_not_slipped_under_a_step_that_stands() -> None:
    simulator = conditional()
    simulator.steps("assent", "A")
    link = {"instrument": "text", "other": "annex", "relation": "conditional_on"}
    assert simulator.codes("M", "link_instrument", **link) == {"instrument.condition"}
    simulator.issue()
    read = ("text", simulator.instrument().version)
    simulator.must("M", "link_instrument", **link)
    assert {r.code for r in simulator.step("B", "assent", on=read)} == {"act.stale"}


def test_two_texts_conditional_on_each_other_can_both_bind() -> None:
    simulator = conditional()
    for name, other in (("text", "annex"), ("annex", "text")):
        simulator.must("M", "link_instrument", instrument=name, relation="conditional_on", other=other)
    simulator.steps("sign", "A", "B")
    simulator.steps("sign", "A", "B", name="annex")
    assert (simulator.answers("text"), simulator.answers("annex")) == ("yyyn", "yyyn")


def test_a_mediator_cannot_unbind_a_text_by_a_condition() -> None:
    simulator = conditional()
    simulator.steps("sign", "A", "B")
    link = {"instrument": "text", "other": "annex"}
    assert simulator.codes("M", "link_instrument", relation="conditional_on", **link) == {
        "instrument.condition"
    }
    assert simulator.codes("M", "link_instrument", relation="extends", **link) == set()


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"other": "text"}, {"instrument.link"}),
        ({"other": "nowhere"}, {"instrument.unknown"}),
        ({"instrument": "nowhere", "other": "elsewhere"}, {"instrument.unknown"}),
    ],
)
def test_a_link_joins_two_instruments_of_the_record(fields: dict[str, Any], codes: set[str]) -> None:
    link = {"instrument": "text", "relation": "amends", "other": "annex", **fields}
    assert conditional().codes("M", "link_instrument", **link) == codes
    assert conditional().codes("A", "link_instrument", **link) == {"participation.role"}
