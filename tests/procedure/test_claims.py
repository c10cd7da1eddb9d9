"""Claims: what the record holds, does not hold, or contradicts; "not in the record" says no more than that."""

from __future__ import annotations

from msgspec.structs import replace

from detente.procedure.claims import IN_CONFIDENCE, READERS, ClaimAnswer, answer_claims
from detente.state.observance import Finding
from detente.state.predicates import WORDS
from detente.state.undertakings import Acknowledgment, Assurance, Challenge, Commitment, Exhibit
from tests.acts.test_breach import AFTER, IN_TIME, notified
from tests.simulator import Simulator, fake_leaf, with_text


def claim(simulator: Simulator, predicate: str, argument: str) -> ClaimAnswer:
    leaf = simulator.must("A", "register_statement", claims=((predicate, argument),))
    (found,) = answer_claims(simulator.state, simulator.state.statements[leaf])
    return found


def verdict(simulator: Simulator, predicate: str, argument: str) -> str:
    return claim(simulator, predicate, argument).verdict


def test_who_has_taken_no_step_cannot_be_shown_to_have_withdrawn_one() -> None:
    simulator = with_text()
    found = claim(simulator, "withdrew", "B")
    assert found.verdict == "not in the record"
    assert found.sentence.startswith("No signed act in the record supports or contradicts this")


def test_a_step_that_stands_contradicts_and_one_taken_back_supports() -> None:
    simulator = with_text()
    simulator.steps("assent", "A", "B")
    assert verdict(simulator, "withdrew", "B") == "contradicted by the record"
    simulator.must("B", "take_back", instrument="text")
    assert verdict(simulator, "withdrew", "B") == "consistent with the record"
    assert verdict(simulator, "withdrew", "A") == "contradicted by the record"


def test_a_later_edition_or_step_does_not_undo_that_a_step_was_taken_back() -> None:
    simulator = with_text()
    simulator.steps("assent", "B")
    simulator.must("B", "take_back", instrument="text")
    simulator.issue()
    assert verdict(simulator, "withdrew", "B") == "consistent with the record"
    simulator.steps("assent", "B")
    assert verdict(simulator, "withdrew", "B") == "consistent with the record"


def test_a_notice_after_consent_and_a_declaration_after_signature_support_the_claim() -> None:
    bound = with_text()
    bound.steps("sign", "B")
    assert verdict(bound, "withdrew", "B") == "contradicted by the record"
    bound.must("B", "take_back", instrument="text")
    assert verdict(bound, "withdrew", "B") == "consistent with the record"
    signed = with_text(terms={"consent": "ratification"})
    signed.steps("sign", "B")
    signed.must("PB", "declare_no_intention", instrument="text")
    assert verdict(signed, "withdrew", "B") == "consistent with the record"


def test_an_unauthorised_assent_is_no_step_that_could_be_withdrawn() -> None:
    simulator = with_text()
    simulator.admit("B2", "delegate", "B")
    simulator.steps("assent", "B2")
    assert verdict(simulator, "withdrew", "B") == "not in the record"


def test_two_durations_contradict_each_other_and_the_record_decides_neither() -> None:
    simulator = with_text()
    simulator.must("M", "open_session", number=1, at="2025-10-27T06:00:00Z")
    simulator.must("M", "close_session", number=1, at="2025-10-28T00:00:00Z")
    first = simulator.must("A", "register_statement", claims=(("duration", "96"),))
    second = claim(simulator, "duration", "50")
    assert second.verdict == "not in the record"
    assert second.contradicted_by == (first,)
    assert second.sentence == (
        "The record holds 1 session, 18 hours by the times stated in the minutes; "
        "it does not hold the length of the talks."
    )
    assert claim(simulator, "duration", "96").contradicted_by == (simulator.history[-2].leaf,)


def test_an_acknowledgment_that_is_not_in_the_record_is_just_that() -> None:
    found = claim(with_text(), "acknowledged", "M")
    assert (found.verdict, found.sentence) == (
        "not in the record",
        "The record holds no acknowledgment by M.",
    )


def test_breaking_off_is_the_convenor_s_act_whatever_one_side_claims() -> None:
    simulator = with_text()
    assert verdict(simulator, "broke_off", "B") == "not in the record"
    simulator.must("M", "break_off")
    assert verdict(simulator, "broke_off", "") == "consistent with the record"
    found = claim(simulator, "broke_off", "B")
    assert (found.verdict, found.sentence) == (
        "not in the record",
        "The convenor has recorded that the talks are broken off, and not by whose doing.",
    )


def test_every_claim_of_a_statement_is_answered() -> None:
    simulator = with_text()
    leaf = simulator.must(
        "A", "register_statement", claims=(("withdrew", "B"), ("other", ""), ("broke_off", "B"))
    )
    found = answer_claims(simulator.state, simulator.state.statements[leaf])
    assert [a.predicate for a in found] == ["withdrew", "other", "broke_off"]
    assert {a.verdict for a in found} == {"not in the record"}


def test_no_answer_uses_a_word_that_blames() -> None:
    simulator = with_text()
    leaf = simulator.must(
        "A", "register_statement",
        claims=(("withdrew", "B"), ("acknowledged", "B"), ("duration", "4"), ("broke_off", "B"), ("other", "")),
    )  # fmt: skip
    for found in answer_claims(simulator.state, simulator.state.statements[leaf]):
        assert not {"failed", "violated", "refused"} & set(found.sentence.lower().split())


def test_the_end_of_a_text_shows_nobody_s_assent_to_it() -> None:
    simulator, leaf = notified(measure="terminate", objections_by=IN_TIME, urgent=True)
    assert not simulator.mark(AFTER)
    shown = claim(simulator, "assented", "B").acts
    simulator.must("PA", "carry_out", breach=leaf)
    assert simulator.ladder() == "EE"
    found = claim(simulator, "assented", "B")
    assert (found.verdict, found.acts) == ("consistent with the record", shown)


def test_steps_are_held_by_text_and_edition_and_one_taken_back_was_taken() -> None:
    simulator = with_text()
    assert verdict(simulator, "assented", "B text") == "not in the record"
    simulator.steps("assent", "A", "B")
    found = claim(simulator, "assented", "B text 1")
    assert (found.verdict, len(found.acts)) == ("consistent with the record", 1)
    assert simulator.history[-2].leaf and verdict(simulator, "assented", "B text 2") == "not in the record"
    simulator.must("B", "take_back", instrument="text")
    assert "took a step back since" in claim(simulator, "assented", "B text").sentence
    assert verdict(simulator, "initialled", "B") == "not in the record"


def test_where_signature_binds_whoever_signed_has_signed_and_is_bound() -> None:
    simulator = with_text()
    simulator.steps("sign", "B")
    assert (
        verdict(simulator, "signed", "B") == verdict(simulator, "bound", "B") == "consistent with the record"
    )
    assert verdict(simulator, "signed", "A") == "not in the record"


def test_the_record_decides_its_four_answers() -> None:
    simulator = with_text()
    assert verdict(simulator, "adopted", "text") == "contradicted by the record"
    assert verdict(simulator, "adopted", "not text") == "consistent with the record"
    simulator.steps("assent", "A", "B")
    assert verdict(simulator, "adopted", "text") == "consistent with the record"
    assert verdict(simulator, "in_force", "text") == "contradicted by the record"


def test_a_denial_stands_against_the_claim_that_it_denies() -> None:
    simulator = with_text()
    first = simulator.must("A", "register_statement", claims=(("withdrew", "B"),))
    denial = claim(simulator, "withdrew", "not B")
    assert denial.contradicted_by == (first,)
    assert denial.verdict == "not in the record"
    assert claim(simulator, "withdrew", "A").contradicted_by == ()


def test_graded_acknowledgments_answer_by_exhibit_and_grade() -> None:
    simulator = with_text()
    leaf = fake_leaf(900)
    given = Acknowledgment(fake_leaf(901), 40, "B", "B", "examined")
    exhibit = Exhibit(leaf, 39, "A", (), ("B",), (given,))
    simulator.state = replace(simulator.state, exhibits=simulator.state.exhibits.set(leaf, exhibit))
    found = claim(simulator, "acknowledged", f"B {leaf}")
    assert (found.verdict, found.acts) == ("consistent with the record", (40,))
    assert "as examined" in found.sentence
    authentic = claim(simulator, "acknowledged", f"B {leaf} authentic")
    assert (authentic.verdict, authentic.acts) == ("not in the record", (40,))
    disputed = replace(
        exhibit, acknowledged=(), challenged=(Challenge(fake_leaf(902), 41, "B", "B", "authenticity"),)
    )
    simulator.state = replace(simulator.state, exhibits=simulator.state.exhibits.set(leaf, disputed))
    assert verdict(simulator, "acknowledged", f"B {leaf} authentic") == "contradicted by the record"
    assert verdict(simulator, "acknowledged", f"B {leaf} examined") == "not in the record"
    assert verdict(simulator, "presented", f"A {leaf}") == "consistent with the record"


def test_a_spoken_assurance_counts_once_its_speaker_has_confirmed_it() -> None:
    simulator = with_text()
    spoken = Assurance(fake_leaf(910), 40, "M", "B", "B", spoken=True)

    def held(assurance: Assurance) -> str:
        state = simulator.state
        simulator.state = replace(state, assurances=state.assurances.set(assurance.leaf, assurance))
        return verdict(simulator, "assured", "B")

    assert held(spoken) == "not in the record"
    assert held(replace(spoken, refused=41)) == "contradicted by the record"
    assert held(replace(spoken, confirmed=42)) == "consistent with the record"


def test_a_breach_is_alleged_until_the_verifier_finds_it() -> None:
    simulator = with_text()
    drawn = Commitment(fake_leaf(920), 40, "A", "text", fake_leaf(1), "art_1", "refrain", ("B",))
    simulator.state = replace(simulator.state, commitments=simulator.state.commitments.set(drawn.leaf, drawn))
    alleged = claim(simulator, "breached", f"B {drawn.leaf}")
    assert (alleged.verdict, "alleged" in alleged.sentence) == ("not in the record", True)
    finding = Finding(fake_leaf(921), 41, "V", drawn.leaf, "observance", "no", "high")
    simulator.state = replace(simulator.state, findings=simulator.state.findings.set(finding.leaf, finding))
    assert verdict(simulator, "breached", "B") == "consistent with the record"
    assert verdict(simulator, "kept", f"B {drawn.leaf}") == "contradicted by the record"
    assert verdict(simulator, "breached", "A") == "not in the record"


def test_what_a_chamber_holds_changes_no_answer() -> None:
    """Whether B's principal has told it anything, every claim is answered the same, to the word."""
    claims = tuple((p, w) for p, w in EXAMPLES.items())
    silent, told = with_text(), with_text()
    for simulator in (silent, told):
        simulator.must("A", "register_statement", claims=claims)
    told.must(
        "B", "refer", "side-B", instrument="text", edition=told.state.instruments["text"].editions[0].leaf
    )
    told.must("PB", "note", "side-B")
    answers = [answer_claims(s.state, next(iter(s.state.statements.values()))) for s in (silent, told)]
    assert answers[0] == answers[1]
    confided = {a.predicate: a.verdict for a in answers[0] if a.predicate in IN_CONFIDENCE}
    assert set(confided.values()) == {"not answered: it would breach confidence"} and len(confided) == 2


def test_every_predicate_is_answered_and_can_be_written() -> None:
    assert set(EXAMPLES) == set(WORDS) == {*READERS, *IN_CONFIDENCE}


EXAMPLES = {
    "presented": "A", "acknowledged": "B authentic", "demanded": "A", "assured": "B", "received": "B text 1",
    "assented": "B text", "initialled": "B", "signed": "not B", "bound": "B", "adopted": "text", "authentic": "text",
    "binding": "text", "in_force": "text", "kept": "B", "breached": "B", "withdrew": "B", "broke_off": "",
    "duration": "50", "sessions": "2", "instructed": "B", "confided": "M", "other": "",
}  # fmt: skip
