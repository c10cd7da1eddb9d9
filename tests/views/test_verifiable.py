"""The page of what can be verified, the mark beside the text, and what is said before a step."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from detente.provisions.plain_text import parse_text
from detente.views.building import text_page, verifiable_page
from detente.views.building.checked_text import missing_counts
from detente.views.building.sight import Sight
from detente.views.verifiable import ElementRow, VerifiablePage
from tests.procedure.test_verifiability import TEXT
from tests.views.played import Play
from tests.views.test_text_beside import rows as rows_before_signing

PROVISIONS = parse_text(TEXT)


def talks(language: str = "en") -> Play:
    play = Play(open_to="public", hidden={"title": "Talks", "names": {"A": "Harbour", "B": "Union"}})
    play.seat()
    play.open(languages=((language, "authentic"),))
    issue(play)
    return play


def issue(play: Play) -> None:
    fields = play.issue_fields(provisions=tuple(p.id for p in PROVISIONS))
    play.must("M", "issue", **fields, hidden={"text": PROVISIONS})


def page(play: Play, provision: str = "art_3__para_1", viewer: str | None = None) -> VerifiablePage:
    return verifiable_page(play.record(viewer), provision=provision)


def rows(found: VerifiablePage) -> Mapping[str, ElementRow]:
    assert found.checked is not None
    return {row.name: row for row in found.checked.texts[0].rows}


def said(prose: object) -> str:
    return "".join(run.text for run in prose)  # type: ignore[attr-defined]


def test_a_provision_is_shown_element_by_element_with_where_the_rest_could_go() -> None:
    found = page(talks())
    assert found.checked is not None
    assert found.checked.head == "Can Article 3(1) be verified?"
    assert found.checked.texts[0].verdict == "Not yet. 2 of 9 elements are missing."
    assert (
        said(rows(found)["Indicator"].why)
        == "“attacks” is not defined in this text. It could go in Article 1."
    )
    assert said(rows(found)["Verifier"].why) == "By whom Article 5(1) says"
    assert rows(found)["Verifier"].why[1].href.endswith("/text#art_5__para_1")
    assert "refuses nothing" in found.checked.caution


def test_the_provisions_that_state_a_duty_are_offered_and_the_first_that_lacks_something_is_shown() -> None:
    found = page(talks(), "nothing-like-it")
    assert [(o.choice.text, o.choice.current) for o in found.offered] == [("3(1)", True), ("3(2)", False)]
    assert found.lead == "2 provisions state a duty; 1 of them lack an element."


def test_rival_readings_are_shown_as_two_readings_with_both_acts() -> None:
    play = talks()
    where = {"instrument": "text", "edition": play.edition().leaf, "provision": "art_3__para_1"}
    for person, words in (("A", "To prevent is to stop."), ("B", "To prevent is to try.")):
        play.must(person, "declare_reading", **where, hidden={"text": words})
    row = rows(page(play))["Duty"]
    assert (row.presence, row.glyph) == ("Two readings", "awaited")
    assert said(row.why).count("#") == 2


def test_what_somebody_drew_stands_beside_with_what_it_does_not_give() -> None:
    play = talks()
    where = {"instrument": "text", "edition": play.edition().leaf, "provision": "art_3__para_1"}
    area = '{"type":"Polygon","coordinates":[[[71,34],[72,34],[72,35],[71,34]]]}'
    play.must(
        "A",
        "draw_commitment",
        **where,
        duty="use_influence",
        elements=("actor", "duty", "area"),
        hidden={"obligor": "the neighbours", "area": area},
    )
    (drawn,) = page(play).checked.drawn  # type: ignore[union-attr]
    assert dict(drawn.pairs)["Duty"] == "to use influence, not to deliver", "never as if it were to deliver"
    assert dict(drawn.pairs)["Area or object"] == "an area drawn on the map"
    assert (
        dict(drawn.pairs)["Actor"].startswith("no side of this text")
        and "the neighbours" in dict(drawn.pairs)["Actor"]
    )
    assert "verifier" in drawn.lacking and "3 of 9 elements" in said(drawn.head)


def test_a_language_that_is_not_checked_and_a_text_that_is_not_there_say_so() -> None:
    assert page(talks("ur")).lead == "Not checked in this language: Urdu."
    assert "No edition" in page(Play(open_to="public")).lead and page(Play(open_to="public")).checked is None


def test_a_mark_beside_a_provision_leads_to_what_is_missing_of_the_last_edition_only() -> None:
    play = talks()

    def marks(edition: int = 0) -> list[tuple[str, str]]:
        found = text_page(play.record(), edition=edition)
        return [
            (provision.number, said(line.text))
            for article in found.articles for provision in article.provisions for note in provision.notes
            for line in note.lines if line.glyph == "gap"
        ]  # fmt: skip

    assert marks() == [("3(1)", "2 of 9 elements missing")]
    issue(play)
    assert marks() == [("3(1)", "2 of 9 elements missing")] and marks(1) == []


def test_counts_are_kept_for_a_state_of_the_text_and_change_with_it() -> None:
    play = talks()

    def counts() -> Mapping[str, tuple[int, int]]:
        instrument = play.state.instruments["text"]
        assert instrument.edition is not None
        return missing_counts(Sight(play.record(), ()), instrument, instrument.edition).of_provision

    assert counts() == {"art_3__para_1": (2, 9), "art_3__para_2": (0, 9)}
    play.must(
        "A", "propose_alternative", instrument="text", provision="art_5__para_1", hidden={"text": "Other."}
    )
    assert counts()["art_3__para_2"] == (2, 9), "its verifier hangs on a bracket now"


def bracketed() -> Play:
    play = talks()
    for person, words in (
        ("A", "Each Side shall endeavour to prevent attacks promptly."),
        (
            "B",
            "Each Side shall withdraw its heavy weapons 15 kilometres from the line in Annex II within 30 days.",
        ),
    ):
        play.must(
            person,
            "propose_alternative",
            instrument="text",
            provision="art_3__para_1",
            hidden={"text": words},
        )
    return play


def test_of_words_in_brackets_each_alternative_is_checked_with_whose_it_is() -> None:
    found = page(bracketed()).checked
    assert found is not None and "2 texts are offered" in found.in_brackets
    assert [("".join(m.letter for m in t.marks), t.number) for t in found.texts] == [
        ("A", "3(1)"), ("B", "3(1) bis"),
    ]  # fmt: skip
    first, second = found.texts
    assert {d.sentence for d in first.doubts} >= {"“promptly” fixes no time.", "“endeavour” fixes no result."}
    assert second.verdict.startswith("Yes") and not second.doubts
    assert said(first.note).startswith("Tabled by")


def test_beside_each_alternative_in_the_text_stands_what_it_lacks() -> None:
    play = bracketed()

    def beside() -> list[str]:
        (bracket,) = [p for a in text_page(play.record()).articles for p in a.provisions if p.alternatives]
        assert not any(line.glyph == "gap" for note in bracket.notes for line in note.lines), "said once"
        return [said(alternative.lacks) for alternative in bracket.alternatives]

    assert beside() == ["4 of 9 elements missing", ""]
    (tile, _other) = page(play).offered
    assert tile.state == "4 of 9 elements missing", "the most that a text in brackets lacks"
    leaf = play.state.instruments["text"].brackets["art_3__para_1"].alternatives[0].leaf
    play.must("A", "withdraw_alternative", instrument="text", provision="art_3__para_1", alternative=leaf)
    assert beside() == [""]


def test_brackets_within_a_line_of_an_edition_hide_no_vague_word() -> None:
    play = talks()
    words = "Each Side shall report [promptly]A [within two days]B to the joint commission."
    provisions = tuple(replace(p, texts={"en": words}) if p.id == "art_3__para_1" else p for p in PROVISIONS)
    fields = play.issue_fields(provisions=tuple(p.id for p in provisions))
    play.must("M", "issue", **fields, hidden={"text": provisions})
    found = page(play).checked
    assert found is not None
    assert [[d.sentence for d in text.doubts] for text in found.texts] == [["“promptly” fixes no time."], []]
    assert [text.marks[0].letter for text in found.texts] == ["A", "B"]


def test_a_drawing_whose_words_changed_in_a_later_edition_says_so() -> None:
    play = talks()
    where = {"instrument": "text", "edition": play.edition().leaf, "provision": "art_3__para_1"}
    play.must("A", "draw_commitment", **where, duty="deliver", elements=("duty",))

    def since() -> list[str]:
        return [said(line) for one in page(play).checked.drawn for line in one.since]  # type: ignore[union-attr]

    issue(play)
    assert since() == [], "a later edition with the same words"
    changed = tuple(
        replace(p, texts={"en": "Each Side shall report."}) if p.id == "art_3__para_1" else p
        for p in PROVISIONS
    )
    play.must(
        "M", "issue", **play.issue_fields(provisions=tuple(p.id for p in changed)), hidden={"text": changed}
    )
    assert since() == ["The words of Article 3(1) have changed since, in edition 3."]


def test_two_orders_are_drawn_apart_and_their_contradiction_is_said() -> None:
    play = talks()
    where = {"instrument": "text", "edition": play.edition().leaf, "provision": "art_3__para_1"}
    drawn = [
        play.must("M", "draw_commitment", **where, duty="deliver", actors=("A",), elements=("actor", "duty"),
                  hidden={"title": title})
        for title in ("Border", "Elections")
    ]  # fmt: skip
    assert "Nobody has said" in page(play).orders.empty
    for person, (first, second) in (("A", drawn), ("B", reversed(drawn))):
        play.must(person, "order_commitments", first=first, second=second, relation="before", **where)
    orders = page(play).orders
    assert orders.verdict == "Two readings give two orders."
    assert [[box.label for box in r.figure.boxes] for r in orders.readings if r.figure] == [
        ["Border", "Elections"], ["Elections", "Border"],
    ]  # fmt: skip
    assert [len(r.steps) for r in orders.readings] == [2, 2], "the same as a list"
    assert said(orders.troubles[0].text).startswith("Delegation A read Border (#")


@pytest.mark.parametrize(("viewer", "links"), [(None, []), ("A", ["Draw a commitment from it", "Propose words"]),
                                               ("M", ["Draw a commitment from it"]), ("K", [])])  # fmt: skip
def test_what_can_be_done_is_offered_to_whoever_can_do_it(viewer: str | None, links: list[str]) -> None:
    found = page(talks(), viewer=viewer).checked
    assert found is not None and [link.text for link in found.links] == links


def test_before_a_step_its_author_reads_what_cannot_be_verified_and_that_orders_are_at_odds() -> None:
    play = talks()
    for side in "AB":
        play.grant(side)
    said_before = rows_before_signing(play, "assent", terms="definitive")
    assert said_before["What can be verified"].startswith(
        "1 of 2 provisions that state a duty lack an element"
    )
    assert "In which order" not in said_before
    where = {"instrument": "text", "edition": play.edition().leaf, "provision": "art_3__para_1"}
    a, b = (play.must("M", "draw_commitment", **where, duty="event", elements=("duty",)) for _ in range(2))
    play.must("A", "order_commitments", first=a, second=b, relation="before", **where)
    assert (
        "Waits for what nobody has undertaken"
        in rows_before_signing(play, "assent", terms="definitive")["In which order"]
    )
    assert "What can be verified" not in rows_before_signing(play, "contest_validity", "PA"), "no step"
