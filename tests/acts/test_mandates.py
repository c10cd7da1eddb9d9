"""Mandates: by the principal's key only; every step is weighed against them at its own index."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator import Simulator, seated

NOON = "2025-11-{:02}T12:00:00Z"


def table(**terms: Any) -> Simulator:
    """Everyone seated, a text on the table, nobody mandated."""
    simulator = seated()
    simulator.open(**terms)
    simulator.issue()
    return simulator


def why(simulator: Simulator, person: str, kind: str, **fields: Any) -> str:
    """Why the step is unauthorised, or "" where it counts."""
    before = simulator.ladder()
    assert not simulator.step(person, kind, **fields)
    found = simulator.state.unauthorised.get(simulator.last)
    assert (found is None) == (simulator.ladder() != before)
    return found.why if found else ""


@pytest.mark.parametrize(
    ("author", "fields", "codes"),
    [
        ("A", {}, {"participation.role"}),
        ("M", {}, {"participation.role"}),
        ("PB", {}, {"mandate.holder"}),
        ("PA", {"holder": "PA"}, {"mandate.holder"}),
        ("PA", {"holder": "M"}, {"mandate.holder"}),
        ("PA", {"holder": "X"}, {"participation.person"}),
        ("PA", {"capacities": ()}, {"mandate.capacities"}),
        ("PA", {"valid_from": NOON.format(5), "valid_until": NOON.format(5)}, {"mandate.validity"}),
        ("PA", {"valid_until": "2025-02-30T12:00:00Z"}, {"instant.malformed"}),
    ],
)
def test_powers_are_granted_by_a_principal_to_its_own_delegate(
    author: str, fields: dict[str, Any], codes: set[str]
) -> None:
    granted = {"holder": "A", "capacities": ("assent",), "terms": "definitive", **fields}
    assert seated().codes(author, "grant_mandate", **granted) == codes


def test_without_a_mandate_a_step_stands_in_the_record_without_effect() -> None:
    simulator = table()
    assert why(simulator, "A", "assent") == "no mandate is in the record"
    assert simulator.answers() == "nnnn"
    assert "assent" not in simulator.offered("A")


def test_a_principal_needs_no_mandate() -> None:
    simulator = table()
    assert why(simulator, "PA", "sign") == ""


@pytest.mark.parametrize(
    ("granted", "kind", "fields", "expected"),
    [
        ({}, "sign", {}, ""),
        ({"capacities": ("assent",)}, "sign", {}, "the mandate does not extend to sign"),
        ({"capacities": ("sign_ad_referendum",)}, "sign", {}, "the mandate does not extend to sign"),
        (
            {"capacities": ("sign",)},
            "sign_ad_referendum",
            {},
            "the mandate does not extend to sign ad referendum",
        ),
        ({"terms": "ad_referendum"}, "sign", {}, "the mandate allows this only ad referendum"),
        (
            {"terms": "ad_referendum"},
            "assent",
            {"terms": "definitive"},
            "the mandate allows this only ad referendum",
        ),
        ({"terms": "ad_referendum"}, "assent", {"terms": "ad_referendum"}, ""),
        ({"terms": "ad_referendum"}, "sign_ad_referendum", {}, ""),
        ({"terms": "ad_referendum"}, "initial", {}, ""),
        ({"instruments": ("annex",)}, "assent", {}, "the mandate is for another instrument"),
        ({"instruments": ("annex", "text")}, "assent", {}, ""),
    ],
)
def test_a_step_is_weighed_against_the_mandate(
    granted: dict[str, Any], kind: str, fields: dict[str, Any], expected: str
) -> None:
    simulator = table()
    simulator.grant("A", *granted.pop("capacities", ()), **granted)
    assert why(simulator, "A", kind, **fields) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (4, "the mandate is not valid at the time marked in the record"),
        (5, ""),
        (8, ""),
        (9, "the mandate is not valid at the time marked in the record"),
    ],
)
def test_validity_is_judged_by_the_time_marked(day: int, expected: str) -> None:
    simulator = table()
    simulator.grant("A", valid_from=NOON.format(5), valid_until=NOON.format(8))
    assert not simulator.mark(NOON.format(day))
    assert why(simulator, "A", "assent") == expected


def test_initials_that_count_as_signature_need_the_power_to_sign() -> None:
    """VCLT 12(2)(a): else a mandate to initial would bind the side."""
    simulator = table(initials_sign=True)
    simulator.grant("A", "assent", "initial")
    assert "initial" not in simulator.offered("A")
    assert why(simulator, "A", "initial") == "the mandate does not extend to sign"
    assert simulator.ladder() == ".."
    simulator.grant("B", "sign")
    assert why(simulator, "B", "initial") == ""
    assert simulator.ladder() == ".B"


def test_a_mandate_revoked_supports_no_later_step_and_every_earlier_one() -> None:
    simulator = table()
    mandate = simulator.grant("A")
    simulator.steps("assent", "A")
    simulator.must("PA", "revoke_mandate", mandate=mandate)
    assert simulator.ladder() == "A."
    assert why(simulator, "A", "initial") == "the mandate is revoked"


@pytest.mark.parametrize(
    ("fields", "kind", "expected"),
    [
        ({"capacities": ("sign",)}, "sign", "a notified restriction takes this out of the mandate"),
        ({"capacities": ("sign",)}, "assent", ""),
        ({"instruments": ("text",)}, "assent", "a notified restriction takes this out of the mandate"),
        ({"instruments": ("annex",)}, "assent", ""),
    ],
)
def test_a_restriction_limits_a_mandate_from_its_notification(
    fields: dict[str, Any], kind: str, expected: str
) -> None:
    simulator = table()
    mandate = simulator.grant("A")
    simulator.must("PA", "restrict_mandate", mandate=mandate, **fields)
    assert why(simulator, "A", kind) == expected


def test_a_sealed_instruction_limits_no_mandate_towards_others() -> None:
    """VCLT 47."""
    simulator = table()
    simulator.grant("A")
    simulator.must("PA", "instruct", "side-A")
    assert why(simulator, "A", "sign") == ""


@pytest.mark.parametrize("kind", ["revoke_mandate", "restrict_mandate"])
def test_a_mandate_is_changed_by_a_principal_of_its_side(kind: str) -> None:
    simulator = table()
    mandate = simulator.grant("A")
    extra: dict[str, Any] = {"capacities": ("sign",)} if kind == "restrict_mandate" else {}
    assert simulator.codes("PB", kind, mandate=mandate, **extra) == {"mandate.other"}
    assert simulator.codes("A", kind, mandate=mandate, **extra) == {"participation.role"}
    assert simulator.codes("PA", kind, mandate=simulator.edition().leaf, **extra) == {"mandate.unknown"}
    simulator.must("PA", "revoke_mandate", mandate=mandate)
    assert simulator.codes("PA", kind, mandate=mandate, **extra) == {"mandate.revoked"}


def test_a_restriction_takes_something_away() -> None:
    simulator = table()
    assert simulator.codes("PA", "restrict_mandate", mandate=simulator.grant("A")) == {"mandate.restriction"}


def test_one_mandate_that_carries_the_step_is_enough() -> None:
    simulator = table()
    simulator.grant("A", "assent")
    simulator.grant("A", "sign", terms="ad_referendum")
    simulator.grant("A", "sign")
    assert why(simulator, "A", "sign") == ""


def test_a_mandate_of_one_side_serves_no_other() -> None:
    simulator = table()
    simulator.grant("A")
    assert why(simulator, "B", "assent") == "no mandate is in the record"


@pytest.mark.parametrize(
    ("office", "basis", "kind", "authorised"),
    [
        ("7(2)(a)", "treaty", "sign", True),
        ("7(2)(a)", "analogy", "sign", False),
        ("7(2)(b)", "treaty", "assent", True),
        ("7(2)(b)", "treaty", "initial", False),
        ("7(2)(c)", "treaty", "assent", True),
        ("7(2)(c)", "treaty", "sign", False),
        ("7(2)(c)", "contract", "assent", False),
        ("", "treaty", "assent", False),
    ],
)
def test_only_offices_of_a_state_carry_powers_and_only_for_treaties(
    office: str, basis: str, kind: str, authorised: bool
) -> None:
    simulator = seated()
    simulator.admit("X", "delegate", "A", office=office)
    simulator.open(basis=basis)
    simulator.issue()
    assert (why(simulator, "X", kind) == "") is authorised


def test_a_mandate_limited_in_time_counts_for_nothing_before_a_time_is_marked() -> None:
    """Nobody can tell that it had begun, or was not over."""
    simulator = table()
    simulator.grant("A", valid_until=NOON.format(8))
    assert (
        why(simulator, "A", "assent") == "the mandate is limited in time, and no time is marked in the record"
    )
    assert not simulator.mark(NOON.format(7))
    assert why(simulator, "A", "assent") == ""
