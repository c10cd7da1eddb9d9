"""Translation: a language version certified by somebody, provision by provision, as the text's own status has it."""

from __future__ import annotations

from typing import Any

import pytest

from detente.provisions.numbering import number_of
from tests.simulator import PROVISIONS, Simulator, with_text

LANGUAGES = (("en", "authentic"), ("fr", "authentic"), ("ur", "courtesy"), ("ps", "official"))


def in_languages(*languages: str) -> Simulator:
    simulator = with_text(terms={"languages": LANGUAGES})
    simulator.admit("I", "interpreter")
    simulator.issue(languages=languages or ("en", "fr", "ur"))
    return simulator


def version(
    simulator: Simulator, language: str = "fr", status: str = "authentic", **fields: Any
) -> dict[str, Any]:
    edition = simulator.edition()
    return {
        "instrument": "text", "edition": edition.leaf, "language": language, "status": status,
        "provisions": PROVISIONS, **fields,
    }  # fmt: skip


@pytest.mark.parametrize("person", ["M", "I", "K"])
def test_it_says_who_certified_which_language_of_which_edition(person: str) -> None:
    simulator = in_languages()
    leaf = simulator.must(person, "certify_language", **version(simulator))
    (found,) = simulator.edition().versions
    assert (found.leaf, found.by, found.language, found.status) == (leaf, person, "fr", "authentic")
    assert simulator.instrument().editions[0].versions == ()
    assert simulator.answers() == "nnnn"


def test_missing_provisions_are_refused_by_name() -> None:
    simulator = in_languages()
    (refusal,) = simulator.do("M", "certify_language", **version(simulator, provisions=PROVISIONS[:2]))
    assert refusal.code == "translation.incomplete"
    assert refusal.sentence.endswith(
        f"missing: {', '.join(number_of(p, full=True) for p in PROVISIONS[2:])}."
    )
    assert refusal.instead


def test_a_courtesy_translation_may_be_certified_in_part_and_not_of_nothing() -> None:
    simulator = in_languages()
    courtesy = version(simulator, "ur", "courtesy", provisions=PROVISIONS[:1])
    assert simulator.codes("I", "certify_language", **courtesy) == set()
    assert simulator.codes("I", "certify_language", **{**courtesy, "provisions": ()}) == {
        "translation.incomplete"
    }


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"status": "courtesy"}, {"translation.status"}), ({"language": "ur"}, {"translation.status"}),
        ({"language": "ps", "status": "official"}, {"translation.language"}),
        ({"provisions": (*PROVISIONS, "art_9")}, {"translation.provision"}),
        ({"instrument": "nothing"}, {"instrument.unknown"}),
    ],
)  # fmt: skip
def test_a_certificate_says_nothing_that_the_text_does_not(fields: dict[str, Any], codes: set[str]) -> None:
    simulator = in_languages()
    assert simulator.codes("M", "certify_language", **{**version(simulator), **fields}) == codes


def test_a_later_certificate_by_the_same_person_takes_the_place_of_the_earlier_one() -> None:
    simulator = in_languages()
    courtesy = version(simulator, "ur", "courtesy", provisions=PROVISIONS[:1])
    simulator.must("M", "certify_language", **courtesy)
    other = simulator.must("I", "certify_language", **courtesy)
    later = simulator.must("M", "certify_language", **version(simulator, "ur", "courtesy"))
    assert [v.leaf for v in simulator.edition().versions] == [other, later]


def test_sides_certify_nothing_and_certifiers_are_offered_what_nobody_has_certified() -> None:
    simulator = in_languages()
    assert simulator.codes("A", "certify_language", **version(simulator)) == {"participation.role"}
    assert simulator.offered("I").count("certify_language") == 1
    simulator.must("M", "certify_language", **version(simulator))
    assert "certify_language" not in simulator.offered("I")
