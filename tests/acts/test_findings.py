"""Findings: by the verifier whom the commitment names, occurrence before attribution, and what a side says of itself."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from detente.acts.findings import Actor
from detente.state.observance import Batch, Incident
from detente.state.undertakings import Commitment
from tests.simulator import Simulator, fake_leaf, with_text

INCIDENT, BATCH, KEPT, NAMED = (fake_leaf(n) for n in range(10**7, 10**7 + 4))


def watched() -> Simulator:
    """Two verifiers; an incident and a batch; a commitment of B that names V, and one that names nobody."""
    simulator = with_text()
    for person in ("V", "W"):
        simulator.admit(person, "verifier")
    simulator.admit("O", "observer")
    edition = simulator.edition().leaf
    named = Commitment(NAMED, 1, "M", "text", edition, "art_1", "deliver", ("B",), verifier="V")
    kept = replace(named, leaf=KEPT, provision="art_2", verifier=None)
    state = simulator.state
    simulator.state = replace(
        state,
        incidents=state.incidents.set(INCIDENT, Incident(INCIDENT, 1, "A", "A")),
        batches=state.batches.set(BATCH, Batch(BATCH, 1, "O", "", "x" * 43, 100, 3)),
        commitments=state.commitments.set(NAMED, named).set(KEPT, kept),
    )
    return simulator


def finding(about: str, question: str = "occurrence", answer: str = "yes", **fields: Any) -> dict[str, Any]:
    return {"about": about, "question": question, "answer": answer, "confidence": "medium", **fields}


@pytest.mark.parametrize("said", ["Anybody", "Another", "the other", "AB", "", "other\n"])
def test_an_actor_is_the_letter_of_a_side_or_other_and_nothing_that_begins_or_ends_so(said: str) -> None:
    assert msgspec.convert("B", Actor) == "B" and msgspec.convert("other", Actor) == "other"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(said, Actor)


def test_who_did_it_is_found_only_once_somebody_found_that_it_happened() -> None:
    simulator = watched()
    attribution = finding(INCIDENT, "attribution", actor="B")
    assert simulator.codes("V", "find", **attribution) == {"finding.occurrence"}
    simulator.must("W", "find", **finding(INCIDENT, answer="undetermined"))
    assert simulator.codes("V", "find", **attribution) == {"finding.occurrence"}
    simulator.must("W", "find", **finding(INCIDENT))
    leaf = simulator.must("V", "find", **attribution)
    found = simulator.state.findings[leaf]
    assert (found.actor, found.claim, len(simulator.state.findings)) == ("B", False, 3), (
        "later beside earlier"
    )


def test_a_commitment_is_found_on_by_the_verifier_that_it_names_and_by_nobody_else() -> None:
    simulator = watched()
    (refusal,) = simulator.do("W", "find", **finding(NAMED, "observance"))
    assert (refusal.code, refusal.sentence) == ("finding.verifier", "The commitment names V as its verifier.")
    assert simulator.codes("W", "find", **finding(INCIDENT, commitment=NAMED)) == {"finding.verifier"}
    assert simulator.codes("A", "find", **finding(NAMED, "observance")) == {"finding.verifier"}
    leaf = simulator.must("V", "find", **finding(NAMED, "observance", "no"))
    assert simulator.state.findings[leaf].commitment == NAMED


def test_where_nobody_is_named_whoever_is_admitted_as_verifier_finds() -> None:
    simulator = watched()
    for person in ("O", "M", "A"):
        assert simulator.codes(person, "find", **finding(KEPT, "observance")) == {"finding.verifier"}
    simulator.must("W", "find", **finding(KEPT, "observance"))


@pytest.mark.parametrize("person", ["B", "PB"])
def test_what_a_side_says_of_itself_is_its_claim_and_opens_no_attribution(person: str) -> None:
    simulator = watched()
    leaf = simulator.must(person, "find", **finding(NAMED, "observance"))
    assert simulator.state.findings[leaf].claim
    simulator.must(person, "find", **finding(INCIDENT, commitment=NAMED))
    assert simulator.codes("V", "find", **finding(INCIDENT, "attribution", actor="B")) == {
        "finding.occurrence"
    }
    assert simulator.codes("V", "dissent", finding=leaf) == {"finding.claim"}


def test_the_verifier_that_a_commitment_names_of_the_side_that_owes_it_makes_a_claim() -> None:
    simulator = watched()
    own = replace(simulator.state.commitments[NAMED], verifier="B")
    simulator.state = replace(simulator.state, commitments=simulator.state.commitments.set(NAMED, own))
    leaf = simulator.must("B", "find", **finding(NAMED, "observance"))
    assert simulator.state.findings[leaf].claim


def test_a_colleague_dissents_once_and_the_sides_answer() -> None:
    simulator = watched()
    leaf = simulator.must("V", "find", **finding(NAMED, "observance", "no"))
    assert simulator.codes("V", "dissent", finding=leaf) == {"finding.own"}
    assert "answer_finding" in simulator.offered("B") and "answer_finding" not in simulator.offered("A")
    simulator.must("W", "dissent", finding=leaf)
    assert simulator.codes("W", "dissent", finding=leaf) == {"finding.dissented"}
    simulator.must("B", "answer_finding", finding=leaf)
    simulator.must("A", "answer_finding", finding=leaf)
    found = simulator.state.findings[leaf]
    assert [author for _leaf, _at, author in found.dissents] == ["W"]
    assert [group for _leaf, _at, _by, group in found.answers] == ["B", "A"]
    assert "answer_finding" not in simulator.offered("B")
    assert simulator.codes("A", "dissent", finding=leaf) == {"participation.role"}
    assert simulator.codes("O", "dissent", finding=leaf) == set()


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        (finding("A" * 43), {"finding.unknown"}),
        (finding(KEPT), {"finding.unknown"}),
        (finding(INCIDENT, "observance"), {"finding.unknown"}),
        (finding(INCIDENT, row=0), {"finding.row"}),
        (finding(BATCH), {"finding.row"}),
        (finding(BATCH, row=3), {"finding.row"}),
        (finding(BATCH, row=2), set()),
        (finding(INCIDENT, actor="A"), {"finding.actor"}),
        (finding(INCIDENT, "attribution"), {"finding.actor", "finding.occurrence"}),
        (finding(INCIDENT, "attribution", actor="Z"), {"finding.actor", "finding.occurrence"}),
        (finding(INCIDENT, commitment="A" * 43), {"finding.commitment"}),
        (finding(KEPT, "observance", commitment=KEPT), {"finding.commitment"}),
    ],
)
def test_a_finding_names_what_it_is_about(fields: dict[str, Any], codes: set[str]) -> None:
    assert watched().codes("V", "find", **fields) == codes


def test_a_drawing_that_another_took_the_place_of_is_found_on_no_more() -> None:
    simulator = watched()
    gone = replace(simulator.state.commitments[KEPT], replaced=5)
    simulator.state = replace(simulator.state, commitments=simulator.state.commitments.set(KEPT, gone))
    assert simulator.codes("V", "find", **finding(KEPT, "observance")) == {"finding.replaced"}
    assert simulator.codes("V", "find", **finding(INCIDENT, commitment=KEPT)) == {"finding.replaced"}
