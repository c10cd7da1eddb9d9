"""Whether it is kept: what is found and by whom, the matrix with its differences, and each notice with what is open."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from msgspec.structs import replace

from detente.procedure.facts import facts_of
from detente.procedure.matrix import Tally, matrix
from detente.state.observance import Finding, Incident
from detente.state.undertakings import Commitment
from detente.views.building import act_page, keeping_page, matrix_table, overview_page
from detente.views.building.findings import findings
from detente.views.building.sight import Sight
from detente.views.keeping import KeepingPage
from detente.views.text import BesideItem
from tests.acts.test_breach import IN_TIME, NOTICE, NOW
from tests.simulator import fake_leaf
from tests.views.istanbul import MEDIATORS
from tests.views.played import Play
from tests.views.reading import plain, read_aloud


def talks(*sides: str, **terms: Any) -> Play:
    play = Play(*(sides or ("A", "B")), hidden=MEDIATORS)
    play.seat()
    for side in sides or ("A", "B"):
        play.grant(side)
    play.open(**terms)
    play.issue()
    return play


def in_force(*sides: str) -> Play:
    play = talks(*sides)
    play.steps("sign", *play.instrument().sides)
    assert not play.mark(NOW)
    return play


def items(page: KeepingPage, anchor: str) -> tuple[BesideItem, ...]:
    return next(part.items for part in page.breach.parts if part.anchor == anchor)


def lines(item: BesideItem) -> list[str]:
    return [plain(line.text) for line in item.lines]


# --- breach


def test_a_record_without_any_of_it_says_why_and_what_comes_next() -> None:
    page = keeping_page(talks().record("M"))
    assert not page.breach.parts and not page.findings.parts and not page.matrix.rows
    assert "in force for both sides" in page.breach.empty
    assert "lists what is counted" in page.matrix.empty
    assert "first whether something happened" in page.findings.empty


def test_a_notice_shows_its_measure_its_period_and_that_nothing_follows_yet() -> None:
    play = in_force()
    play.must(
        "PA", "notify_breach", **{**NOTICE, "affects": ("art_1",)}, hidden={"reason": "No lorry has crossed."}
    )
    (item,) = items(keeping_page(play.record("B")), "notices")
    assert plain(item.head).startswith("Delegation A claims a breach")
    assert item.words == "No lorry has crossed."
    assert "Proposed: suspension of its operation, as to Article 1." in lines(item)
    assert any("three months count from the first time marked" in line for line in lines(item))
    assert plain(item.state) == "The period runs; Delegation B may object. Silence admits nothing."
    (running,) = overview_page(play.record("B")).answer.notices
    assert "Objections are possible until 10 Feb 2026" in plain(running)


def test_who_must_act_next_is_whoever_can_object_and_nobody_once_the_period_is_over() -> None:
    play = in_force()
    play.must("PA", "notify_breach", **{**NOTICE, "objections_by": IN_TIME, "urgent": True})
    turn = overview_page(play.record("B")).turn
    assert turn.yours and turn.heading.startswith("Object to the notice of breach of #")
    assert turn.silence_note == "Silence admits no breach (VCLT art. 65)."
    assert not play.mark(IN_TIME)
    assert overview_page(play.record("B")).turn.label == "Nothing is owed"
    (item,) = items(keeping_page(play.record("B")), "notices")
    assert plain(item.state).endswith("by an act of its own (Article 67). Nobody has to.")


def test_an_objection_leads_to_the_means_of_the_charter_and_a_late_one_is_told_as_late() -> None:
    play = in_force()
    leaf = play.must("PA", "notify_breach", **{**NOTICE, "objections_by": IN_TIME, "urgent": True})
    play.must("B", "object_to_notice", breach=leaf, hidden={"reason": "The road is under repair."})
    (item,) = items(keeping_page(play.record("A")), "notices")
    assert "UN Charter, Article 33" in plain(item.state)
    assert "The road is under repair." in lines(item)
    late = in_force()
    leaf = late.must("PA", "notify_breach", **{**NOTICE, "objections_by": IN_TIME, "urgent": True})
    assert not late.mark(IN_TIME)
    late.must("B", "object_to_notice", breach=leaf)
    (item,) = items(keeping_page(late.record("A")), "notices")
    assert any(line.endswith("after the period") for line in lines(item))
    assert "may be carried out" in plain(item.state)


@pytest.mark.parametrize(
    ("measure", "flag", "sentence"),
    [("suspend", "Operation suspended", "In force since 1 November 2025."),
     ("terminate", "", "No longer in force: the text has ended.")],
)  # fmt: skip
def test_a_measure_carried_out_is_on_the_overview(measure: str, flag: str, sentence: str) -> None:
    play = in_force()
    fields = {**NOTICE, "objections_by": IN_TIME, "urgent": True, "measure": measure}
    leaf = play.must("PA", "notify_breach", **fields)
    assert not play.mark(IN_TIME)
    play.must("PA", "carry_out", breach=leaf)
    page = overview_page(play.record("M"))
    assert page.answer.sentence == sentence
    assert not page.answer.missing and not page.answer.notices
    assert page.figure is not None
    assert [side.flags for side in page.figure.sides] == [((flag,) if flag else ())] * 2
    number = notice_number(play)
    facts = facts_of(play.state)
    assert facts["notices/text/A"] == str(number)
    assert facts[f"notice-carried-out/{number}"] == str(play.state.size)


def notice_number(play: Play) -> int:
    (notice,) = play.state.notices.values()
    return notice.index + 1


def test_a_text_that_has_ended_is_told_in_its_line() -> None:
    play = in_force()
    fields = {**NOTICE, "objections_by": IN_TIME, "urgent": True, "measure": "terminate"}
    leaf = play.must("PA", "notify_breach", **fields)
    assert not play.mark(IN_TIME)
    play.must("PA", "carry_out", breach=leaf)
    page = overview_page(play.record("M"))
    assert "No longer in force: the text has ended" in read_aloud(page)
    assert plain(page.answer.because).startswith(
        "It was in force from 1 November 2025, and ended between the sides, #"
    )
    assert page.figure is not None
    assert [question.glyph for question in page.figure.questions] == ["done", "done", "empty", "empty"]


def test_what_protects_persons_is_said_beside_every_notice() -> None:
    play = in_force()
    play.must("M", "mark_protection", instrument="text", edition=play.edition().leaf, provisions=("art_5",))
    play.must("PA", "notify_breach", **NOTICE)
    page = keeping_page(play.record("B"))
    assert "Article 5: marked as protecting persons. No measure reaches it (Article 60(5))." in lines(
        items(page, "notices")[0]
    )
    (item,) = items(page, "protections")
    assert lines(item)[0].startswith("Article 5, marked in #")


def test_a_response_says_what_allows_it_or_that_nothing_does() -> None:
    play = talks()
    play.must("PA", "respond", of="B", hidden={"text": "The crossing stays closed."})
    (item,) = items(keeping_page(play.record("B")), "responses")
    assert plain(item.state).startswith("When it was announced no text was in force between the two")
    play = in_force()
    play.must("PA", "respond", of="B", instrument="text", provision="art_2")
    (item,) = items(keeping_page(play.record("B")), "responses")
    assert plain(item.state).startswith("Under Article 2 of")


def test_a_joint_decision_waits_for_the_others_and_is_then_taken() -> None:
    play = in_force()
    proposed = play.must("A", "decide_jointly", instrument="text", hidden={"text": "Meet each month."})
    (item,) = items(keeping_page(play.record("B")), "decisions")
    assert (item.words, plain(item.state)) == (
        "Meet each month.",
        "Not taken yet: it waits for the other sides.",
    )
    play.must("B", "decide_jointly", instrument="text", joins=proposed)
    (item,) = items(keeping_page(play.record("B")), "decisions")
    assert plain(item.state).startswith("Taken, #")


def test_words_for_others_are_said_to_be_hidden() -> None:
    play = in_force()
    play.must("PA", "notify_breach", **NOTICE, aud=("A", "M"), hidden={"reason": "Only for the mediators."})
    (item,) = items(keeping_page(play.record("B")), "notices")
    assert item.words == "Its words are not disclosed to you."
    assert items(keeping_page(play.record("M")), "notices")[0].words == "Only for the mediators."


# --- findings


def watched(*found: Finding) -> Sight:
    """The same page, with an incident, a commitment, and these findings in the state."""
    play = talks()
    play.admit("V", "verifier")
    sight = Sight(play.record("M"), (), "keeping")
    state = play.state
    commitment = Commitment(
        fake_leaf(71), 3, "M", "text", play.edition().leaf, "art_1", "deliver", ("B",), verifier="V"
    )
    sight.names.state = replace(
        state,
        incidents=state.incidents.set(fake_leaf(70), Incident(fake_leaf(70), 2, "A", "A")),
        commitments=state.commitments.set(commitment.leaf, commitment),
        findings=state.findings.update({f.leaf: f for f in found}),
    )
    return sight


def found(n: int, question: Any, answer: Any, **more: Any) -> Finding:
    about = fake_leaf(71) if question == "observance" else fake_leaf(70)
    return Finding(fake_leaf(80 + n), 4 + n, more.pop("by", "V"), about, question, answer, "medium", **more)


def heads(sight: Sight) -> list[str]:
    return [plain(item.head) for part in findings(sight).parts for item in part.items]


def test_until_somebody_has_found_it_is_alleged() -> None:
    commitment, incident = heads(watched())
    assert commitment.endswith("Nobody has found whether it is kept.")
    assert "Alleged: nobody has found whether it happened." in incident


def test_findings_are_said_by_question_and_a_claim_counts_for_none() -> None:
    sight = watched(
        found(0, "occurrence", "yes"), found(1, "attribution", "yes", actor="B"),
        found(2, "observance", "yes", by="B", claim=True),
    )  # fmt: skip
    commitment, incident = heads(sight)
    assert "Found: that it happened. Found: that Delegation B did it." in incident
    assert commitment.endswith("Nobody has found whether it is kept.")
    said = [line for part in findings(sight).parts for item in part.items for line in lines(item)]
    assert any("claims of its own side that it is kept" in line for line in said)


def test_findings_that_differ_are_said_to_differ_and_a_later_one_of_the_same_finder_stands_for_it() -> None:
    differing = watched(found(0, "observance", "yes"), found(1, "observance", "no", by="M"))
    assert heads(differing)[0].endswith("Findings differ on whether it is kept.")
    changed = watched(found(0, "observance", "yes"), found(1, "observance", "no"))
    assert heads(changed)[0].endswith("Found: that it is not kept.")


def test_a_dissent_and_an_answer_stand_beside_the_finding() -> None:
    one = found(
        0, "observance", "no", dissents=((fake_leaf(91), 8, "O"),), answers=((fake_leaf(92), 9, "B", "B"),)
    )
    said = [line for part in findings(watched(one)).parts for item in part.items for line in lines(item)]
    assert [line.partition(",")[0] for line in said if "dissents" in line or "answers" in line] == [
        "O dissents", "Delegation B answers"]  # fmt: skip


# --- matrix


def scored() -> Play:
    play = talks()
    for person in ("V", "W"):
        play.admit(person, "verifier")
    titles = {"titles": {"fund": "The joint fund"}}
    fields = {"instrument": "text", "version": 1, "stipulations": ("art_1", "art_2", "fund")}
    register = play.must("V", "register_stipulations", **fields, hidden=titles)
    play.must("V", "score", register=register, month="2026-01", scores=(("art_1", 1), ("fund", 3)))
    play.must("A", "score", register=register, month="2026-01", scores=(("art_1", 3), ("fund", 3)))
    play.must("V", "score", register=register, month="2026-03", scores=(("art_2", 2),))
    return play


def test_where_scorers_differ_each_stands_with_its_letter_and_nothing_is_averaged() -> None:
    page = keeping_page(scored().record("M")).matrix
    assert page.months == ("January 2026", "February 2026", "March 2026")
    first, second, fund = page.rows
    assert [(said.mark.letter, said.score) for said in first.cells[0].differing] == [("A", 3), ("V", 1)]
    assert first.cells[0].level is None
    assert (fund.title, [cell.level for cell in fund.cells]) == ("The joint fund", [3, None, None])
    assert [cell.level for cell in second.cells] == [None, None, 2], "no score is carried over"
    assert {total.label: total.counts for total in page.totals}["Scores differ"] == (1, 0, 0)
    assert [scorer.name for scorer in page.scorers] == ["Delegation A", "Verifier"]


def test_a_later_score_by_the_same_scorer_takes_the_place_of_the_earlier() -> None:
    play = scored()
    (register,) = play.state.registers.values()
    play.must("W", "score", register=register.leaf, month="2026-01", scores=(("art_1", 3),))
    play.must("V", "score", register=register.leaf, month="2026-01", scores=(("art_1", 3),))
    reckoned = matrix(play.state, register)
    assert reckoned.cell("art_1", "2026-01") == {"A": 3, "V": 3, "W": 3}
    assert reckoned.tally("2026-01") == Tally("2026-01", (0, 0, 0, 2), 0, 1)


def test_no_figure_runs_across_versions_and_the_page_says_so() -> None:
    play = scored()
    play.must("V", "register_stipulations", instrument="text", version=2, stipulations=("art_1", "school"))
    page = keeping_page(play.record("M"))
    assert not page.matrix.months and "each score is of one month" in page.matrix.empty.lower()
    assert page.matrix.versions.startswith("Figures of two versions are not compared")
    first, second = page.matrix.registers
    assert (first.current, second.current) == (False, True)
    (number,) = (r.index + 1 for r in play.state.registers.values() if r.version == 1)
    assert len(keeping_page(play.record("M"), register=number).matrix.rows) == 3


def test_months_and_stipulations_beyond_what_is_shown_are_a_link_away() -> None:
    play = talks()
    names = tuple(f"s{n}" for n in range(120))
    register = play.must("M", "register_stipulations", instrument="text", version=1, stipulations=names)
    for year in ("2024", "2026"):
        play.must("M", "score", register=register, month=f"{year}-06", scores=((names[0], 1),))
    page = keeping_page(play.record("M")).matrix
    assert (len(page.months), len(page.rows), len(page.columns)) == (12, 50, 25)
    assert [link.text for link in page.turning] == ["Earlier months", "Stipulations after"]
    middle = keeping_page(play.record("M"), until="2025-06", row=50).matrix
    assert [link.text for link in middle.turning] == [
        "Earlier months", "Later months", "Stipulations before", "Stipulations after"]  # fmt: skip
    assert middle.rows[0].number == "s50"
    strange = keeping_page(play.record("M"), until="1999-01", row=9999, register=9999).matrix
    assert strange.rows == page.rows


def test_the_table_to_download_holds_every_score_and_no_hidden_word() -> None:
    rows = list(csv.DictReader(StringIO(matrix_table(scored().record("M")))))
    assert len(rows) == 5
    assert {"month": "2026-01", "stipulation": "art_1", "scorer": "A", "score": "3"}.items() <= rows[
        0
    ].items()
    assert "joint" not in matrix_table(scored().record("M"))
    assert matrix_table(talks().record("M")).splitlines() == ["register,month,stipulation,scorer,score"]


def test_an_act_of_breach_has_a_page() -> None:
    play = in_force()
    play.must("PA", "notify_breach", **NOTICE)
    page = act_page(play.record("M"), play.state.size - 1)
    assert page is not None
    assert "claims a breach of" in page.sentence and "suspension of its operation" in page.sentence


# --- one incident of a batch, by acts from the report to the answer


def found_on_a_row() -> tuple[Play, str]:
    play = talks()
    for person in ("V", "W"):
        play.admit(person, "verifier")
    batch = play.must("A", "report_incidents", file="x" * 43, size=900, rows=3, hidden={"title": "A feed"})
    on_row = {"about": batch, "row": 1, "confidence": "high", "answer": "yes"}
    attributing = {**on_row, "question": "attribution", "actor": "B", "confidence": "low"}
    assert play.codes("V", "find", **attributing) == {"finding.occurrence"}
    play.must("V", "find", **on_row, question="occurrence", hidden={"text": "The post was shelled."})
    other_row = {**attributing, "row": 2}
    assert play.codes("V", "find", **other_row) == {"finding.occurrence"}, "found of one row, and of no other"
    finding = play.must("V", "find", **attributing, hidden={"grounds": "Two fragments."})
    play.must("W", "dissent", finding=finding, hidden={"text": "Fragments show no hand."})
    play.must("B", "answer_finding", finding=finding, hidden={"text": "Not by us."})
    return play, batch


def test_a_finding_on_one_row_of_a_batch_stands_with_its_dissent_and_the_answer_of_the_side_named() -> None:
    play, batch = found_on_a_row()
    (part,) = keeping_page(play.record("M")).findings.parts
    (item,) = part.items
    index = play.record().index_of(batch)
    assert index is not None
    assert plain(item.head) == (
        f"Incident in row 1 of the batch #{index + 1}: Found: that it happened. Found: that Delegation B did it."
    )
    told = lines(item)
    assert [line.rpartition(", #")[0] for line in told if "found that" in line] == [
        "Verifier found that it happened, with high confidence",
        "Verifier found that Delegation B did it, with low confidence",
    ]
    for said in ("The post was shelled.", "Two fragments.", "Fragments show no hand.", "Not by us."):
        assert said in told
    assert any("dissents" in line for line in told)
    assert any("Delegation B answers" in line for line in told)


def test_a_side_that_is_found_to_have_done_it_is_asked_for_its_answer_once() -> None:
    play, _batch = found_on_a_row()
    assert "answer_finding" not in play.offered("B"), "answered"
    play.must(
        "V", "find", about=_batch, row=1, question="attribution", actor="B", answer="yes", confidence="low"
    )
    assert "answer_finding" in play.offered("B") and "answer_finding" not in play.offered("A")
