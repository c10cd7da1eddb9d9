"""Consent by a further act (VCLT 14-16), by agreed means (11), and accession (15)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator import Simulator, with_text


def signed() -> Simulator:
    simulator = with_text(terms={"consent": "ratification"})
    simulator.steps("sign", "A", "B")
    return simulator


def test_ratification_follows_signature_and_is_the_principal_s() -> None:
    simulator = signed()
    assert [(m.whose, m.act) for m in simulator.finality().binding.missing] == [
        ("PA", "consent"),
        ("PB", "consent"),
    ]
    assert {r.code for r in simulator.step("A", "consent", means="ratify")} == {"participation.role"}
    simulator.steps("consent", "PA", means="ratify")
    assert simulator.answers() == "yynn"
    simulator.steps("consent", "PB", means="accept")
    assert (simulator.ladder(), simulator.answers()) == ("BB", "yyyn")


@pytest.mark.parametrize("step", ["assent", "initial", "sign_ad_referendum", None])
def test_nothing_unsigned_is_ratified(step: str | None) -> None:
    simulator = with_text(terms={"consent": "ratification"})
    if step:
        simulator.steps(step, "A")
    assert {r.code for r in simulator.step("PA", "consent", means="ratify")} == {"ladder.move"}


def test_an_outcome_at_home_moves_nobody() -> None:
    simulator = signed()
    leaf = simulator.must("A", "record_approval", instrument="text", approved=True)
    assert simulator.instrument().approvals == (("A", leaf, True),)
    assert simulator.ladder() == "SS"
    assert simulator.codes("M", "record_approval", instrument="text", approved=True) == {"participation.role"}


@pytest.mark.parametrize(
    "before", [(), ("assent",), ("initial",), ("assent", "initial"), ("sign_ad_referendum",)]
)
def test_where_nothing_is_signed_the_agreed_means_stand_for_signature(before: tuple[str, ...]) -> None:
    """VCLT 11: from every rung from which a side could have signed."""
    simulator = with_text(terms={"consent": "agreed_means"})
    for kind in before:
        simulator.steps(kind, "A", "B")
    assert ("PA", "consent") in [(m.whose, m.act) for m in simulator.finality().binding.missing]
    simulator.steps("consent", "PA", "PB", means="agreed")
    assert (simulator.ladder(), simulator.answers()) == ("BB", "yyyn")


def test_where_means_are_agreed_a_signature_alone_does_not_bind() -> None:
    simulator = with_text(terms={"consent": "agreed_means"})
    simulator.steps("sign", "A", "B")
    assert (simulator.ladder(), simulator.answers()) == ("SS", "yynn")
    simulator.steps("consent", "PA", "PB", means="agreed")
    assert simulator.answers() == "yyyn"


def test_agreed_means_express_consent_once() -> None:
    simulator = with_text(terms={"consent": "agreed_means"})
    simulator.steps("consent", "PA", means="agreed")
    assert {r.code for r in simulator.step("PA", "consent", means="agreed")} == {"ladder.move"}


@pytest.mark.parametrize("still_open", [True, False])
def test_accession_needs_a_text_open_to_it(still_open: bool) -> None:
    simulator = with_text(terms={"consent": "ratification", "open_to_accession": still_open})
    simulator.steps("sign", "B")
    found = {r.code for r in simulator.step("PA", "consent", means="accede")}
    assert (found, simulator.ladder()) == ((set(), "BS") if still_open else ({"ladder.move"}, ".S"))


def test_nobody_accedes_to_a_draft() -> None:
    """Else one side could freeze, by acceding, a text that the others are still drafting."""
    simulator = with_text("A", "B", "C", terms={"open_to_accession": True})
    assert {r.code for r in simulator.step("PC", "consent", means="accede")} == {"ladder.move"}
    simulator.issue()
    simulator.steps("sign", "A")
    simulator.steps("consent", "PC", means="accede")
    assert simulator.ladder() == "B.B"


@pytest.mark.parametrize(
    ("terms", "steps", "means", "fits"),
    [
        ({"consent": "ratification"}, ("sign",), "ratify", True),
        ({"consent": "ratification"}, ("sign",), "deposit", True),
        ({"consent": "ratification"}, ("sign",), "accede", False),
        ({"consent": "ratification"}, ("sign",), "agreed", False),
        ({"consent": "agreed_means"}, (), "agreed", True),
        ({"consent": "agreed_means"}, (), "exchange", True),
        ({"consent": "agreed_means"}, (), "ratify", False),
        ({"open_to_accession": True}, (), "accede", True),
        ({"open_to_accession": True}, (), "ratify", False),
    ],
)
def test_the_means_fit_where_the_side_stands(
    terms: dict[str, Any], steps: tuple[str, ...], means: str, fits: bool
) -> None:
    """VCLT 11, 13-16: nobody ratifies what it has not signed, nor accedes to what it has."""
    simulator = with_text(terms=terms)
    simulator.steps("sign", "B")
    for kind in steps:
        simulator.steps(kind, "A")
    assert {r.code for r in simulator.step("PA", "consent", means=means)} == (
        set() if fits else {"consent.means"}
    )


@pytest.mark.parametrize("still_open", [True, False])
def test_a_side_that_declared_no_intention_can_come_back_while_the_text_is_open(still_open: bool) -> None:
    simulator = with_text(terms={"consent": "ratification", "open_to_accession": still_open})
    simulator.steps("sign", "A")
    simulator.must("PA", "declare_no_intention", instrument="text")
    assert simulator.ladder() == "N."
    found = {r.code for r in simulator.step("A", "sign")}
    assert (found, simulator.ladder()) == ((set(), "S.") if still_open else ({"ladder.move"}, "N."))


def test_the_means_offered_are_those_that_the_text_provides() -> None:
    def means(simulator: Simulator) -> list[str]:
        from detente.procedure.offers import offers

        return [o.clear["means"] for o in offers(simulator.state, "PA") if o.kind == "consent"]

    assert means(signed()) == ["ratify"]
    assert means(with_text(terms={"consent": "agreed_means"})) == ["agreed"]
    open_text = with_text(terms={"open_to_accession": True})
    assert means(open_text) == []
    open_text.steps("sign", "B")
    assert means(open_text) == ["accede"]
    assert means(with_text()) == []
