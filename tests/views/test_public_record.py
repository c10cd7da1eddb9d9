"""The public record: every claim beside what the record holds, those that oppose each other, who has not answered."""

from __future__ import annotations

from detente.views.building import public_record_page
from detente.views.public_record import PublicRecordPage
from tests.views.played import Play


def table() -> Play:
    play = Play(open_to="public", hidden={"names": {"A": "North", "B": "South"}})
    for person, side in (("A", "A"), ("B", "B")):
        play.admit(person, "delegate", side)
    return play


def shown(play: Play, viewer: str | None = "M", at: int | None = None) -> PublicRecordPage:
    return public_record_page(play.record(viewer, at))


def test_with_nothing_said_the_page_says_what_would_fill_it() -> None:
    page = shown(table())
    assert page.headline == "Nothing public is in the record"
    assert not page.statements and "announce" in page.empty


def test_where_nothing_claims_anything_no_claim_is_counted() -> None:
    play = table()
    play.must("A", "announce", hidden={"text": "A good day."})
    assert shown(play).headline == "No claim is made in public"


def test_claims_that_cannot_both_be_true_stand_side_by_side_once() -> None:
    play = table()
    play.must("A", "register_statement", claims=(("duration", "96"),), hidden={"text": "Four days."})
    play.must("A", "register_statement", claims=(("duration", "50"),), hidden={"text": "Fifty hours."})
    page = shown(play)
    assert page.headline == "The record holds none of the 2 claims made in public"
    ((first, second),) = [(pair.first.words, pair.second.words) for pair in page.opposed]
    assert (first, second) == ("“Four days.”", "“Fifty hours.”")
    assert [s.words for s in page.statements] == ["Fifty hours.", "Four days."]


def test_of_several_claims_each_stands_beside_the_one_that_denies_it() -> None:
    play = table()
    play.must("A", "register_statement", claims=(("withdrew", "not A"), ("withdrew", "not B")))
    play.must("B", "register_statement", claims=(("withdrew", "B"), ("withdrew", "A")))
    denying, stating = (
        {claim.words for claim in statement.claims} for statement in reversed(shown(play).statements)
    )
    pairs = [(pair.first.words, pair.second.words) for pair in shown(play).opposed]
    assert {first for first, _ in pairs} == denying and {second for _, second in pairs} == stating
    assert len(pairs) == 2 and all(("North" in first) is ("North" in second) for first, second in pairs), (
        pairs
    )


def test_a_joint_statement_names_all_who_make_it_and_awaits_no_answer_of_theirs() -> None:
    play = table()
    leaf = play.must("A", "announce", hidden={"text": "We met."})
    assert shown(play).statements[0].silent == "Not answered by Delegation B and the mediators."
    play.must("B", "join_statement", statement=leaf)
    (statement,) = shown(play).statements
    assert "".join(run.text for run in statement.how).endswith("joined by Delegation B")
    assert statement.silent == "Not answered by the mediators." and statement.quoted


def test_an_answer_stands_beside_the_statement_for_whoever_may_read_it() -> None:
    play = table()
    leaf = play.must("A", "register_statement", claims=(("withdrew", "B"),), hidden={"text": "They left."})
    play.must("B", "answer_statement", statement=leaf, hidden={"text": "Nobody left."})
    (statement,) = shown(play).statements
    assert [(a.name, a.words) for a in statement.answers] == [("Delegation B", "Nobody left.")]
    assert statement.silent == "Not answered by the mediators."


def test_all_who_are_invited_and_have_not_answered_are_named() -> None:
    play = table()
    leaf = play.must("A", "register_statement", claims=(("withdrew", "B"),), hidden={"text": "They left."})
    assert shown(play, "M").statements[0].silent == "Not answered by Delegation B and the mediators."
    assert shown(play, "M").statements[0].invited
    play.must("M", "answer_statement", statement=leaf, hidden={"text": "We were there."})
    assert shown(play, "M").statements[0].silent == "Not answered by Delegation B."
    play.must("B", "answer_statement", statement=leaf, hidden={"text": "Nobody left."})
    assert shown(play, "M").statements[0].silent == ""
    play.must("M", "register_statement", claims=(("withdrew", "B"),), hidden={"text": "They left."})
    assert shown(play, "M").statements[0].silent == "Not answered by Delegation A and Delegation B."


def test_whoever_spoke_and_has_left_since_is_not_said_to_be_silent() -> None:
    play = table()
    play.must("A", "announce", hidden={"text": "We met."})
    play.must("M", "leave", person="A")
    assert shown(play).statements[0].silent == "Not answered by Delegation B and the mediators."


def test_what_the_record_holds_leads_to_its_proof_and_an_earlier_moment_does_not() -> None:
    play = table()
    play.must("B", "announce", hidden={"text": "…"})
    play.must("M", "open_session", number=1, at="2025-10-27T06:00:00Z")
    play.must("A", "register_statement", claims=(("sessions", "1"), ("confided", "M")))
    claims = shown(play).statements[0].claims
    assert [c.answer for c in claims] == ["In the record", "Not answered: confidential"]
    assert shown(play, at=len(play.history) - 1).statements[0].claims == ()


def test_who_may_act_is_led_to_it_and_the_public_is_not() -> None:
    play = table()
    play.must("A", "announce", hidden={"text": "We met."})
    assert shown(play, "B").statements[0].invited and shown(play, "B").read and shown(play, "B").announce
    public = shown(play, None)
    assert (public.statements[0].invited, public.read, public.announce) == (None, None, None)
    assert shown(play, "A").statements[0].invited is None
