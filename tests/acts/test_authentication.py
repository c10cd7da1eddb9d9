"""Authentication: initials or signature of every side (VCLT 10); signature ad referendum and its confirmation."""

from __future__ import annotations

import pytest

from detente.procedure.offers import offers
from detente.procedure.turn import turns
from tests.simulator import with_text

LANGUAGES = (("en", "authentic"), ("ur", "authentic"), ("ps", "courtesy"))


def test_a_text_is_authentic_with_the_initials_of_every_side() -> None:
    simulator = with_text()
    simulator.steps("initial", "A")
    assert simulator.answers() == "nnnn"
    simulator.steps("initial", "B")
    assert simulator.answers() == "yynn"
    assert simulator.finality().authentic.since == simulator.state.size - 1


def test_initials_beside_an_assent_adopt_but_do_not_authenticate() -> None:
    simulator = with_text()
    simulator.steps("initial", "A")
    simulator.steps("assent", "B")
    assert simulator.answers() == "ynnn"
    assert [(m.whose, m.act) for m in simulator.finality().authentic.missing] == [("B", "initial")]


def test_where_signature_authenticates_initials_do_not() -> None:
    simulator = with_text(terms={"authentication": "signature"})
    simulator.steps("initial", "A", "B")
    assert simulator.answers() == "ynnn"
    simulator.steps("sign_ad_referendum", "A", "B")
    assert simulator.answers() == "yynn"


@pytest.mark.parametrize("kind", ["initial", "sign", "sign_ad_referendum"])
def test_a_step_is_taken_on_every_authentic_language(kind: str) -> None:
    simulator = with_text(terms={"languages": LANGUAGES})
    (refusal,) = simulator.step("A", kind, languages=("en", "ps"))
    assert refusal.code == "ladder.languages"
    assert refusal.sentence == "The step leaves out an authentic language: ur."
    assert not simulator.step("A", kind, languages=("ur", "en"))


def test_a_signature_ad_referendum_binds_with_the_principal_s_confirmation() -> None:
    simulator = with_text()
    simulator.steps("sign_ad_referendum", "A", "B")
    assert (simulator.ladder(), simulator.answers()) == ("RR", "yynn")
    assert [(m.whose, m.act) for m in simulator.finality().binding.missing] == [
        ("PA", "confirm_signature"), ("PB", "confirm_signature"),
    ]  # fmt: skip
    simulator.steps("confirm_signature", "PB")
    assert (simulator.ladder(), simulator.answers()) == ("RB", "yynn")
    simulator.steps("confirm_signature", "PA")
    assert (simulator.ladder(), simulator.answers()) == ("BB", "yyyn")


@pytest.mark.parametrize("person", ["A", "B", "M"])
def test_nobody_confirms_a_signature_for_a_principal(person: str) -> None:
    simulator = with_text()
    simulator.steps("sign_ad_referendum", "A")
    assert {r.code for r in simulator.step(person, "confirm_signature")} == {"participation.role"}


def test_a_principal_confirms_its_own_side_s_signature_only() -> None:
    simulator = with_text()
    simulator.steps("sign_ad_referendum", "A")
    assert {r.code for r in simulator.step("PB", "confirm_signature")} == {"ladder.move"}
    assert "confirm_signature" in simulator.offered("PA")
    assert "confirm_signature" not in simulator.offered("PB") + simulator.offered("A")


def test_where_ratification_follows_a_confirmed_signature_awaits_it() -> None:
    simulator = with_text(terms={"consent": "ratification"})
    simulator.steps("sign_ad_referendum", "A")
    simulator.steps("confirm_signature", "PA")
    assert simulator.ladder() == "S."


@pytest.mark.parametrize(("consent", "ladder"), [("signature", "BB"), ("ratification", "SS")])
def test_initials_count_as_signature_where_the_sides_agreed_so(consent: str, ladder: str) -> None:
    """VCLT 12(2)(a)."""
    simulator = with_text(terms={"initials_sign": True, "consent": consent})
    simulator.steps("initial", "A", "B")
    assert simulator.ladder() == ladder


def test_initials_never_bind_where_that_was_not_agreed() -> None:
    simulator = with_text()
    simulator.steps("initial", "A", "B")
    assert (simulator.ladder(), simulator.answers()) == ("II", "yynn")


BOTH = {"languages": (("en", "authentic"), ("fr", "authentic"), ("ar", "courtesy"))}


def test_a_text_is_fixed_in_every_authentic_language_or_not_at_all() -> None:
    """VCLT 33: an edition that has dropped one could be assented to in the first procedure, and nothing further."""
    simulator = with_text(terms=BOTH, procedure=1)
    simulator.issue(languages=("en",))
    simulator.steps("assent", "A", "B")
    for kind in ("initial", "sign_ad_referendum", "sign"):
        (refusal,) = simulator.step("A", kind, languages=("en", "fr"))
        assert (refusal.code, refusal.sentence) == (
            "ladder.languages", "Edition 2 does not stand in an authentic language: fr.",
        )  # fmt: skip
        assert kind not in simulator.offered("A")
    assert [(m.whose, m.act, m.why) for m in simulator.finality().authentic.missing] == [
        ("M", "issue", "Edition 3, also in fr, is to be issued.")
    ]
    assert [(t.whose, t.act) for t in turns(simulator.state)] == [("M", "issue")]
    simulator.issue()
    simulator.steps("initial", "A", "B", languages=("en", "fr"))
    assert simulator.answers() == "yynn"


def test_adoption_fixes_no_text_that_lacks_an_authentic_language() -> None:
    simulator = with_text(terms={"authentication": "adoption", **BOTH}, procedure=1)
    simulator.issue(languages=("en",))
    simulator.steps("assent", "A", "B")
    assert simulator.answers() == "ynnn"


def test_a_step_names_no_language_that_the_edition_does_not_hold() -> None:
    simulator = with_text(terms=BOTH)
    (refusal,) = simulator.step("A", "initial", languages=("en", "fr", "ar"))
    assert refusal.sentence == "The step names what the edition does not hold: ar."
    (offer,) = [o for o in offers(simulator.state, "A") if o.kind == "initial"]
    assert offer.clear["languages"] == ("en", "fr")
