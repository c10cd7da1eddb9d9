"""Preferences gathered on a mediator's machine: what counts, of whom, and what the notes say of the rest."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from detente.analysis.packages import Document, Problem, StatedIssue, document_text
from detente.client.keyring import HeldKey, make_keys
from detente.client.preferences import Gathered, gathered
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refused
from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer
from detente.state.packages import open_choices
from tests.depositary.talks import Talks
from tests.web.test_chambers import Sealers

ROAD = {"instrument": "road"}


class Elicited(Sealers):
    """Two provisions are open, the mediators' chambers are sealed, and the mediator's keys are held here."""

    def __init__(self) -> None:
        held = make_keys("http://localhost", "", "M", 1)
        self._mediator = held.identity
        super().__init__()
        talks: Talks = self.talks.open_text()
        self.held = replace(held, process=talks.origin, seed=encode_base64url(talks.keys["M"].seed))
        self.edition = talks.issue().leaf
        self.alternative("art_1")
        self.alternative("art_2")
        self.epochs = {
            "mediators": self.begin("M", "mediators", "M"),
            "mediators-A": self.begin("M", "mediators-A", "M", "A", "PA"),
            "mediators-B": self.begin("M", "mediators-B", "M", "B", "PB"),
        }

    def public(self, name: str) -> str:
        self.identities["M"] = self._mediator
        return super().public(name)

    def alternative(self, provision: str, by: str = "A") -> str:
        return self.talks.do(by, "propose_alternative", {"text": "x"}, **ROAD, provision=provision).leaf

    def document(self, *points: int) -> str:
        """Points for the first option of each issue, and none for the others."""
        choices = open_choices(self.talks.state.instruments["road"])
        issues = tuple(
            StatedIssue(
                provision=choice.provision, options=choice.options, points=(0,) * len(choice.options),
                given=(points[n], *(0,) * (len(choice.options) - 1)),
            )
            for n, choice in enumerate(choices)
        )  # fmt: skip
        return document_text(Document(v=1, method="points", issues=issues))

    def state(self, person: str, text: str, **on: str) -> None:
        """on: the side, of an estimate."""
        side = self.talks.state.people[person].side
        chamber, kind = (
            (f"mediators-{side}", "state_preferences") if side else ("mediators", "estimate_preferences")
        )
        raw = self.raw(person, kind, chamber, self.epochs[chamber], {"document": text}, **ROAD,
                       edition=self.edition, **on)  # fmt: skip
        self.talks.depositary.receive_act(raw)

    def gathered(self, held: tuple[HeldKey, ...] | None = None) -> Gathered:
        record = Record(self.talks.depositary, self.talks.origin, Viewer("M"))
        return gathered(record, (self.held,) if held is None else held)


@pytest.fixture
def talks() -> Elicited:
    return Elicited()


def notes(found: Gathered) -> list[tuple[str, str]]:
    return [(note.side, note.code) for note in found.notes]


def test_what_each_side_states_makes_a_problem(talks: Elicited) -> None:
    talks.state("A", talks.document(30, 10))
    talks.state("PB", talks.document(1, 3))
    found = talks.gathered()
    assert [p.points for p in found.parties] == [((750, 0), (250, 0)), ((250, 0), (750, 0))]
    assert (found.instrument, found.edition, notes(found)) == ("road", talks.edition, [])
    assert [issue.name for issue in found.domain.issues] == ["art_1", "art_2"]
    Problem.of(found.domain, *found.parties)


def test_a_later_one_takes_the_place_of_an_earlier_one_and_a_note_says_that_there_were_several(
    talks: Elicited,
) -> None:
    talks.state("A", talks.document(30, 10))
    talks.state("PA", talks.document(0, 10))
    found = talks.gathered()
    assert [p.points for p in found.parties] == [((0, 0), (1_000, 0))]
    assert notes(found) == [("A", "restated"), ("B", "missing")]


def test_an_estimate_counts_until_the_side_speaks_for_itself(talks: Elicited) -> None:
    talks.state("M", talks.document(1, 1), side="B")
    found = talks.gathered()
    assert [(p.party, p.estimate) for p in found.parties] == [("B", True)]
    assert notes(found) == [("A", "missing"), ("B", "estimated")]
    talks.state("B", talks.document(1, 3))
    talks.state("M", talks.document(1, 1), side="B")
    assert [(p.party, p.estimate) for p in talks.gathered().parties] == [("B", False)]


def test_what_was_given_for_other_choices_is_stale(talks: Elicited) -> None:
    talks.state("A", talks.document(30, 10))
    talks.alternative("art_2", "B")
    found = talks.gathered()
    assert not found.parties
    assert notes(found) == [("A", "missing"), ("A", "stale"), ("B", "missing")]
    talks.state("M", talks.document(1, 1), side="A")
    assert notes(talks.gathered()) == [("A", "estimated"), ("A", "stale"), ("B", "missing")]


def test_whoever_lacks_the_key_and_whatever_is_no_document_is_said_and_no_fault(talks: Elicited) -> None:
    talks.state("A", talks.document(30, 10))
    talks.state("B", talks.document(30, 10).replace("..", "."))
    found = talks.gathered()
    assert [p.party for p in found.parties] == ["A"]
    assert notes(found) == [("B", "missing"), ("B", "unreadable")]
    nobody = talks.gathered(())
    assert not nobody.parties
    assert notes(nobody) == [(side, code) for side in "AB" for code in ("missing", "unreadable")]


def test_without_anything_open_there_is_nothing_to_gather(talks: Elicited) -> None:
    record = Record(talks.talks.depositary, talks.talks.origin, Viewer("M"))
    with pytest.raises(Refused) as refused:
        gathered(record, (talks.held,), "other")
    assert refused.value.refusals[0].code == "instrument.unknown"
    for provision in ("art_1", "art_2"):
        (alternative,) = talks.talks.state.instruments["road"].brackets[provision].live()
        talks.talks.do("B", "support_alternative", **ROAD, provision=provision, alternative=alternative.leaf)
    with pytest.raises(Refused) as refused:
        talks.gathered()
    assert refused.value.refusals[0].code == "preferences.nothing_open"


def test_no_note_says_a_value(talks: Elicited) -> None:
    talks.state("A", talks.document(617, 383))
    talks.state("A", talks.document(383, 617))
    assert not any("617" in note.sentence or "383" in note.sentence for note in talks.gathered().notes)
