"""The facts of a record: on every frozen record, and where one act changes only what it should."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from immutables import Map
from msgspec.structs import fields, replace

from detente.codec.refusal import Refused
from detente.procedure.fact_keys import FAMILIES, check_asked, fact_sentence, parts_of
from detente.procedure.facts import facts_of
from detente.procedure.finality import finality
from detente.state.ladder import Step
from detente.state.records import State
from tests.proofs.test_records import NAMES, states
from tests.simulator import Simulator, with_text

each = pytest.mark.parametrize("name", NAMES)


def shuffled(state: State, seed: int) -> State:
    """The same state, with every map made anew in another order."""
    mixed = {}
    for field in fields(state):
        value = getattr(state, field.name)
        if isinstance(value, Map):
            items = sorted(value.items())
            random.Random(seed).shuffle(items)
            mixed[field.name] = Map(items)
    return replace(state, **mixed)


@each
def test_two_folds_give_one_map_in_one_spelling(name: str) -> None:
    first, second = list(states(name)), list(states(name))
    for at in {0, len(first) // 2, len(first) - 1}:
        found = facts_of(first[at])
        assert list(facts_of(shuffled(second[at], at)).items()) == list(found.items())
        assert list(found) == sorted(found)
        for key, value in found.items():
            assert parts_of(key) and value.isascii() and value.isprintable() and value
            assert fact_sentence(key, value, 5).startswith("In the main record, up to act 5, ")


@each
def test_they_say_what_the_four_answers_and_the_ladder_say(name: str) -> None:
    for state in states(name):
        found = facts_of(state)
        for text in state.instruments:
            answers = finality(state, text)
            for key, answer in (("adopted", answers.adopted), ("authentic", answers.authentic),
                                ("binding", answers.binding), ("in-force", answers.in_force)):  # fmt: skip
                assert (f"{key}/{text}" in found) == answer.yes
            for side, step in answers.ladder.items():
                assert found.get(f"step/{text}/{side}", ".")[0] == step.value
        assert {key for key in found if key.startswith("admitted/")} == {
            f"admitted/{p}" for p in state.people
        }


def changed(before: State, after: State) -> set[str]:
    old, new = facts_of(before), facts_of(after)
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


def test_no_act_takes_away_that_a_step_was_taken() -> None:
    for name in NAMES:
        for before, after in pairwise(states(name)):
            old, new = facts_of(before), facts_of(after)
            for key in old:
                if key.startswith(("steps/", "mandates/", "admitted/", "key/", "text/", "unauthorised/")):
                    assert new[key].startswith(old[key].split(" ")[0]), key


@pytest.fixture
def table() -> Simulator:
    table = with_text("A", "B", terms={"authentication": "initials", "consent": "ratification"})
    table.grant("A", "assent", "initial", "sign")
    return table


def done(table: Simulator, person: str, kind: str, **named: object) -> set[str]:
    before = table.state
    table.must(person, kind, **named)
    return changed(before, table.state)


def test_words_change_no_fact(table: Simulator) -> None:
    assert done(table, "A", "register_statement", claims=(("other", ""),)) == set()


def test_a_step_changes_that_sides_facts_and_what_follows_from_them(table: Simulator) -> None:
    before = table.state
    table.steps("initial", "A")
    assert changed(before, table.state) == {"step/text/A", "steps/text/A/I"}
    before = table.state
    table.steps("initial", "B")
    assert changed(before, table.state) == {"step/text/B", "steps/text/B/I", "adopted/text", "authentic/text"}


def test_a_step_taken_back_is_still_a_step_that_was_taken(table: Simulator) -> None:
    table.steps("initial", "A")
    act = table.state.size
    table.step("A", "take_back")
    found = facts_of(table.state)
    assert found["steps/text/A/I"] == str(act) and found["step/text/A"] == f"W {act + 1}"
    assert fact_sentence("step/text/A", found["step/text/A"], act + 1).endswith(
        f"“step taken back”, by act {act + 1}."
    )


def test_powers_and_their_restriction_stand_under_their_holder(table: Simulator) -> None:
    found = facts_of(table.state)
    act = found["mandates/A"].split()[-1]
    assert found[f"mandate/A/{act}"] == "PA assent,initial,sign all definitive - -"
    assert "mandates/M" not in found and f"mandate-restricted/A/{act}" not in found


@pytest.mark.parametrize(
    "key",
    ["", "steps", "steps/accord/B", "steps/accord/B/S/", "steps/accord/B/.", "step/accord/b", "step/Accord/B",
     "irregular/0", "irregular/01", "irregular/x", "bound/accord/B/A", "bound/accord/A/A", "phase/1", "key/short",
     "adopted/accord\n", "final/accord", "admitted/{PERSON}"],
)  # fmt: skip
def test_a_key_has_one_spelling(key: str) -> None:
    with pytest.raises(Refused) as refusing:
        parts_of(key)
    assert (
        refusing.value.refusals[0].code == "fact.key"
        and "steps/TEXT/SIDE/STEP" in refusing.value.refusals[0].instead
    )


@pytest.mark.parametrize(("key", "code"), [("step/text/C", "fact.side"), ("bound/text/A/C", "fact.side"),
                                           ("irregular/10", "fact.act"), ("adopted/txet", "fact.text")])  # fmt: skip
def test_what_would_always_be_absent_cannot_be_asked(key: str, code: str) -> None:
    with pytest.raises(Refused) as refusing:
        check_asked(key, ("A", "B"), 9, {"text"})
    assert refusing.value.refusals[0].code == code
    assert check_asked("text/txet", ("A", "B"), 9, {"text"}) == {"TEXT": "txet"}


def test_what_is_there_is_said_in_words() -> None:
    said = fact_sentence("admitted/K", "keeper - 1", 9)
    assert said == "In the main record, up to act 9, K is admitted as keeper, side none, by act 1."
    assert fact_sentence("steps/a/B/S", "3 7", 9).endswith(
        "the step “signed, approval pending”, by act 3, 7."
    )
    assert fact_sentence("text/a", "3", 9).endswith("text/a is “3”.")  # a value of another form


def test_every_family_has_words_for_there_and_not_there() -> None:
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)
    example = {
        "PERSON": "B",
        "SIDE": "A",
        "OTHER": "B",
        "KEY": "k" * 43,
        "ACT": "7",
        "TEXT": "accord",
        "STEP": Step.SIGNED,
    }
    for family in FAMILIES:
        key = "/".join([family.name, *(example[part] for part in family.form.split("/")[1:])])
        there, absent = fact_sentence(key, "A VALUE" + " VALUE" * 6, 9), fact_sentence(key, None, 9)
        assert (
            there != absent
            and "{" not in there + absent
            and "VALUE" not in absent
            and " is “A VALUE" not in there
        )
