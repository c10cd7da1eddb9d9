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
        ("A", "consent", "annex"), ("B", "consent", "annex"),
    ]  # fmt: skip
    simulator.steps("sign", "A", "B", name="annex")
    assert simulator.answers() == "yyyn"


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
