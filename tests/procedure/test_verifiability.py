"""The check reads words: what it finds in a provision, element by element and doubt by doubt."""

from __future__ import annotations

import pytest

from detente.acts.commitments import ELEMENTS
from detente.procedure.verifiability.check import Checked, Found, check_provision, check_text
from detente.procedure.verifiability.words import CheckedText
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision

TEXT = """
Article 1. Definitions
1(1) “Heavy weapon” means any weapon listed in Annex I.

Article 3. Use of territory
3(1) Each Side shall prevent the use of territory under its control for attacks against the other Side.
3(2) Each Side shall withdraw its heavy weapons 15 kilometres from the line in Annex II within 30 days.

Article 5. Monitoring
5(1) A joint commission shall verify Article 3 by weekly reports.

Article 7. Disputes
7(3) In the event of breach the joint commission meets within seven days.

Article 8. Final provisions
8(1) This Agreement shall enter into force upon signature.
"""


def text(plain: str = TEXT, **more: object) -> CheckedText:
    return CheckedText(parse_text(plain), **more)  # type: ignore[arg-type]


def of(words: str, **more: object) -> Checked:
    """The check of one provision alone."""
    return check_provision(text(f"3 {words}", **more), "art_3")


def test_a_text_in_brackets_is_read_the_same_whatever_was_asked_of_the_edition_before() -> None:
    """A name that only the words in brackets use is a name there, and a place of definitions in them is one."""
    words = "In the valley Kestrel shall open the road, and with Kestrel the others."
    before, after = text(), text()
    assert not before.is_named("Kestrel") and before.definitions == "art_1"
    asked, fresh = (t.with_words("art_3__para_1", words) for t in (before, after))
    assert check_provision(asked, "art_3__para_1") == check_provision(fresh, "art_3__para_1")
    assert asked.is_named("Kestrel") and fresh.is_named("Kestrel")


@pytest.mark.parametrize(
    "again", ["the ", "its ", "1.1.", "a-", "1,", "within 1 ", "Article 3, 4 and ", "by aing "]
)
def test_a_provision_of_the_largest_size_is_checked_like_any_other(again: str) -> None:
    """With a pattern that can begin anywhere in its own repetition this takes minutes."""
    words = f"Each Side shall give {again * 20_000}"[:20_000].strip()
    checked = check_provision(CheckedText((Provision("art_3", {}, {"en": words}),)), "art_3")
    assert tuple(found.element for found in checked.elements) == ELEMENTS


def codes(words: str, **more: object) -> set[str]:
    return {doubt.code for doubt in of(words, **more).doubts}


def element(checked: Checked, name: str) -> Found:
    return next(found for found in checked.elements if found.element == name)


def test_the_nine_elements_of_a_provision_are_read_in_the_words_and_in_the_rest_of_the_text() -> None:
    checked = check_provision(text(), "art_3__para_1")
    assert tuple(found.element for found in checked.elements) == ELEMENTS
    assert [(f.element, f.words) for f in checked.elements[:4]] == [
        ("actor", "Each Side"), ("duty", "shall prevent"),
        ("action", "the use of territory under its control for attacks against the other Side"),
        ("area", "territory under its control"),
    ]  # fmt: skip
    assert [f.element for f in checked.missing] == ["area", "indicator"]
    assert element(checked, "period").source == "art_8__para_1"
    assert element(checked, "verifier").source == element(checked, "method").source == "art_5__para_1"
    assert element(checked, "consequence").source == "art_7__para_3"
    assert element(checked, "indicator").why == "“attacks” is not defined in this text."
    assert element(checked, "indicator").where == "art_1", "where definitions stand"


def test_a_provision_that_says_it_all_lacks_nothing() -> None:
    checked = check_provision(text(), "art_3__para_2")
    assert checked.missing == () and checked.doubts == () and checked.duty == "deliver"
    assert element(checked, "period").words == "within 30 days"


def test_what_hangs_on_an_open_bracket_is_missing_and_says_on_which() -> None:
    checked = check_provision(text(bracketed=frozenset({"art_5"})), "art_3__para_2")
    assert [f.element for f in checked.missing] == ["verifier", "method"]
    assert element(checked, "verifier").why == "Article 5(1) stands in brackets."
    assert element(checked, "method").why == "It depends on Article 5(1)."


def test_rival_readings_are_shown_at_the_element_whose_words_they_quote() -> None:
    readings = "“Prevent” means to stop those who attack. “Prevent” means to do what one can."
    checked = check_provision(text(), "art_3__para_1", readings)
    assert [f.element for f in checked.elements if f.presence == "two_readings"] == ["duty"]
    where = check_provision(
        text(), "art_3__para_1", "Territory under control means all of it. Only the border."
    )
    assert element(where, "area").presence == "two_readings"


@pytest.mark.parametrize(
    ("words", "duty", "actor"),
    [
        ("Each Side shall refrain from attacks.", "refrain", "Each Side"),
        ("No Side shall open fire.", "refrain", "No Side"),
        ("The Sides shall ensure access to the road.", "ensure", "The Sides"),
        ("They confirm their intention to use any influence they may have.", "use_influence", "They"),
        ("Both Sides undertake to clear the road.", "deliver", "Both Sides"),
        ("If fire is opened, each Side shall, within a day, report it.", "deliver", "each Side"),
        ("All prisoners shall be released within five days.", "event", ""),
        ("All prisoners shall be released by both Sides within five days.", "deliver", "both Sides"),
        ("Elections shall take place within a year.", "event", ""),
        ("During the truce the Sides shall not fire.", "refrain", "During the truce the Sides"),
    ],
)
def test_who_owes_what_is_read_off_the_sentence(words: str, duty: str, actor: str) -> None:
    checked = of(words)
    assert checked.duty == duty
    assert element(checked, "actor").words == actor


@pytest.mark.parametrize(
    "words",
    [
        "The Sides recall the agreement of 2020.",
        "This Agreement shall enter into force upon signature.",
        "“Crossing” means a place listed in Annex I.",
        "The term of office shall be five years.",
        "The joint commission shall verify the withdrawal.",
    ],
)
def test_what_states_no_duty_is_asked_for_nothing(words: str) -> None:
    assert of(words).duty is None and of(words).elements == ()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Each Side shall report promptly.", "check.vague_time"),
        ("Each Side shall endeavour to keep the road open.", "check.vague_duty"),
        ("Each Side shall prevent attacks.", "check.undefined_term"),
        ("The road shall be cleared.", "check.no_obligor"),
        ("Armed groups shall leave the valley.", "check.outsider"),
        ("Each Side shall withdraw by 30 February 2026.", "check.impossible_date"),
        ("Each Side shall withdraw by 2026-02-30.", "check.impossible_date"),
        ("Each Side shall keep the road open from 1 May 2026 to 1 April 2026.", "check.end_before_start"),
        ("Each Side shall withdraw to a distance of 15 from the line.", "check.number_without_unit"),
        ("Each Side shall act as Article 9 says.", "check.reference_missing"),
    ],
)
def test_each_rule_finds_its_fault_with_words_and_a_way_out(words: str, code: str) -> None:
    found = [doubt for doubt in of(words).doubts if doubt.code == code]
    assert len(found) == 1
    assert found[0].words in words and found[0].sentence.endswith((".", ")")) and found[0].instead


@pytest.mark.parametrize(
    "words",
    [
        "Each Side shall report within two days.",
        "Each Side shall withdraw by 28 February 2026.",
        "Each Side shall withdraw to a distance of 15 kilometres from the line.",
        "Each Side shall act as Article 9 of the Charter says.",
        "Each Side shall act as Article 3 says.",
        "Each Side shall use any influence it has.",
        "Each Side shall list 64 places; may this serve peace.",
    ],
)
def test_the_rules_leave_alone_what_is_said_well(words: str) -> None:
    assert codes(words) == set()


def test_a_deadline_before_the_earliest_entry_into_force_is_said() -> None:
    words = "Each Side shall withdraw by 28 February 2026."
    assert codes(words, entry="2026-03-01T00:00:00Z") == {"check.before_entry"}
    assert codes(words, entry="2026-02-01T00:00:00Z") == set()


def test_a_reference_to_what_is_open_is_said() -> None:
    checked = check_provision(text(bracketed=frozenset({"art_3__para_1"})), "art_5__para_1")
    assert [doubt.code for doubt in checked.doubts] == ["check.reference_bracketed"]
    assert checked.doubts[0].sentence == "Article 3 stands in brackets."


def test_a_point_goes_on_from_the_words_before_its_list() -> None:
    listed = text(
        "3(1) Each Side shall:\n3(1)(a) clear the road within two days;\n3(1)(b) report promptly.\n"
    )
    first, second = (check_provision(listed, f"art_3__para_1__point_{letter}") for letter in "ab")
    assert element(first, "actor").words == element(second, "actor").words == "Each Side"
    assert [d.code for d in first.doubts] == [] and [d.code for d in second.doubts] == ["check.vague_time"]


def test_names_of_sides_owe_and_other_names_do_not() -> None:
    words = "Harbour shall keep the gate open."
    assert element(of(words, names=("Harbour", "Union")), "actor").words == "Harbour"
    assert codes(words, names=("Union",)) == {"check.no_obligor"}


def test_every_provision_of_a_text_is_checked_in_its_order() -> None:
    checked = check_text(text())
    assert [c.provision for _letters, c in checked if c.duty] == ["art_3__para_1", "art_3__para_2"]


def test_a_language_that_the_check_does_not_know_is_not_guessed_at() -> None:
    with pytest.raises(KeyError):
        text(language="ur")


def test_words_put_in_the_place_of_a_provision_are_read_with_the_rest_of_the_text_and_change_nothing_of_it() -> (
    None
):
    whole = text()
    other = whole.with_words("art_5__para_1", "Each Side shall do as it sees fit.")
    assert check_provision(other, "art_5__para_1").duty is not None, "the commission's duty is no side's"
    assert check_provision(whole, "art_5__para_1").duty is None
    assert element(check_provision(whole, "art_3__para_1"), "verifier").source == "art_5__para_1"
    proposed = whole.with_words("art_9", "Each Side shall report by weekly reports.")
    assert element(check_provision(proposed, "art_9"), "verifier").source == "art_5__para_1"
    assert "art_9" not in whole.ids
