"""Signature: binds where that is agreed (VCLT 12); witnesses and paper move nobody."""

from __future__ import annotations

import pytest

from tests.simulator import fake_leaf, with_text


@pytest.mark.parametrize(
    ("consent", "ladder", "answers"), [("signature", "BB", "yyyn"), ("ratification", "SS", "yynn")]
)
def test_a_signature_binds_where_it_is_agreed_that_it_does(consent: str, ladder: str, answers: str) -> None:
    simulator = with_text(terms={"consent": consent})
    simulator.steps("sign", "A", "B")
    assert (simulator.ladder(), simulator.answers()) == (ladder, answers)


def test_one_signature_of_two_binds_neither_text_nor_other_side() -> None:
    simulator = with_text()
    simulator.steps("sign", "A")
    assert (simulator.ladder(), simulator.answers()) == ("B.", "nnnn")
    assert [(m.whose, m.act) for m in simulator.finality().binding.missing] == [("B", "sign")]


def test_who_has_signed_signs_no_second_time() -> None:
    simulator = with_text()
    simulator.steps("sign", "A")
    for kind in ("sign", "initial", "assent", "sign_ad_referendum"):
        assert {r.code for r in simulator.step("A", kind)} == {"ladder.move"}


def test_a_counterpart_on_another_edition_does_not_join() -> None:
    simulator = with_text()
    read = ("text", simulator.edition().leaf)
    simulator.issue()
    simulator.steps("sign", "A")
    assert {r.code for r in simulator.step("B", "sign", on=read)} == {"act.stale"}


def test_a_witness_attests_and_takes_nothing_on() -> None:
    simulator = with_text()
    simulator.admit("W", "witness")
    leaf = simulator.must("W", "sign_as_witness", instrument="text", edition=simulator.edition().leaf)
    assert simulator.instrument().witnesses == (("W", leaf),)
    assert simulator.ladder() == ".."
    assert simulator.codes("W", "sign_as_witness", instrument="text", edition=fake_leaf(0)) == {
        "edition.unknown"
    }


def test_a_signature_on_paper_is_certified_by_the_keeper_and_is_no_step() -> None:
    simulator = with_text()
    paper = {"instrument": "text", "edition": simulator.edition().leaf, "person": "A"}
    assert simulator.codes("M", "certify_paper_signature", **paper) == {"participation.role"}
    assert simulator.codes("K", "certify_paper_signature", **{**paper, "person": "X"}) == {
        "participation.person"
    }
    simulator.must("K", "certify_paper_signature", **paper)
    assert (simulator.ladder(), simulator.answers()) == ("..", "nnnn")


def test_a_concluded_negotiation_leaves_its_texts_open_for_signature() -> None:
    simulator = with_text()
    simulator.steps("initial", "A", "B")
    simulator.must("M", "conclude")
    simulator.steps("sign", "A", "B")
    assert simulator.answers() == "yyyn"
