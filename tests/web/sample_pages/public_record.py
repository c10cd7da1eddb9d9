"""Statements with every verdict, answered and not, joint and opposed; and of a process of which nothing is said."""

from __future__ import annotations

from detente.views.marks import ActRef, Link, Mark, prose
from detente.views.public_record import Answered, Claim, Opposed, PublicRecordPage, StatementShown
from tests.web.sample_pages.around import SAME_NIGHT, A, B, cite, shell


def _ref(number: int) -> ActRef:
    return ActRef(number=number, href=f"{SAME_NIGHT}/acts/{number}")


def _claim(words: str, answer: str, number: int, *, mark: Mark = A, **more: object) -> Claim:
    fields = {"glyph": "gap", "source": "a minister, 29 October 2025", **more}
    return Claim(mark=mark, words=words, ref=_ref(number), answer=answer, **fields)  # type: ignore[arg-type]


def public_record_page(*, empty: bool = False) -> PublicRecordPage:
    around = shell(SAME_NIGHT, "Public record", 82, "A", phase=prose("Adjourned"))
    nothing = "No public statement is in the record. Anybody at the table can announce one."
    if empty:
        return PublicRecordPage(
            shell=around, headline="Nothing public is in the record", lead=prose("What is said moves no step."),
            opposed=(), statements=(), older=None, empty=nothing,
        )  # fmt: skip
    days = _claim("the talks lasted 96 hours", "Not in the record", 70)
    hours = _claim("the talks lasted 50 hours", "Not in the record", 71, source="a source, 29 October 2025")
    proof = (Link(text="Prove #44 alone", href=f"{SAME_NIGHT}/acts/44/prove"),)
    claims = (
        _claim("Delegation B acknowledged exhibit #12 (as authentic)", "In the record", 72, glyph="done", proofs=proof,
               detail=prose("The record holds an acknowledgment by B. See ", *cite(SAME_NIGHT, 44))),
        _claim("Understanding is in force", "The record holds otherwise", 72),
        _claim("Delegation B had instructions from its principal", "Not answered: confidential", 72, glyph="empty"),
    )  # fmt: skip
    registered = StatementShown(
        id="act-72", mark=A, how=prose("Registered by Delegation A, ", *cite(SAME_NIGHT, 72)),
        speaker="a minister, 29 October 2025", source="a press article, page 1",
        words="“The evidence was acknowledged, and what was agreed is in force.”", quoted=True, claims=claims,
        answers=(Answered(mark=B, name="Delegation B", words="It was received, and no more.", ref=_ref(75)),),
        silent="", invited=None,
    )  # fmt: skip
    joint = StatementShown(
        id="act-71", mark=A, how=prose("Announced by Delegation A; joined by Delegation B"), speaker="", source="",
        words="The delegations met for the second time.", quoted=True, claims=(hours,), answers=(),
        silent="Not answered by Delegation B and the mediators.",
        invited=Link(text="Answer it", href=f"{SAME_NIGHT}/sign"),
    )  # fmt: skip
    return PublicRecordPage(
        shell=around,
        headline="The record holds 1 of the 5 claims made in public",
        lead=prose("“Not in the record” says nothing of whether it is true."),
        opposed=(Opposed(first=days, second=hours),),
        statements=(registered, joint),
        older=Link(text="Earlier statements", href=f"{SAME_NIGHT}/statements?before=71"),
        empty="",
        announce=Link(text="Announce something", href=f"{SAME_NIGHT}/sign?kind=announce"),
        read=Link(text="Read an article", href=f"{SAME_NIGHT}/statements/read"),
    )
