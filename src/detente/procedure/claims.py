"""What the record can say about a public claim. In most cases: nothing, and that is the answer.

"Not in the record" says nothing of whether a claim is true; no answer here moves anybody on a ladder. Every answer is a
function of the main record alone: what stands in a chamber changes none, and a claim about what is said there is
answered the same whether or not it was said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from msgspec import Struct

from detente.acts.ladder_step import DISPUTED
from detente.acts.sealing import group_of
from detente.codec.instant import unix_from_instant
from detente.procedure.finality import Answer, Finality, finality
from detente.state.answers import ASSENTED, CONSENTED
from detente.state.instrument import Instrument, Standing
from detente.state.ladder import Step
from detente.state.observance import Finding
from detente.state.phases import Phase
from detente.state.predicates import denied, named
from detente.state.public_record import Statement
from detente.state.records import State, in_order
from detente.state.undertakings import GRADES

Verdict = Literal[
    "not in the record",
    "consistent with the record",
    "contradicted by the record",
    "not answered: it would breach confidence",
]


class ClaimAnswer(Struct, frozen=True):
    """verdict: one of four; sentence: what the record holds; acts: indices of those that show it, each of which can be
    proved alone; contradicted_by: leaves of statements that claim the contrary."""

    predicate: str
    argument: str
    verdict: Verdict
    sentence: str
    contradicted_by: tuple[str, ...] = ()
    acts: tuple[int, ...] = ()


class Held(Struct, frozen=True):
    """What the record holds on a predicate. yes: it does, or its contrary, or neither (None)."""

    yes: bool | None
    sentence: str
    acts: tuple[int, ...] = ()


Words = Mapping[str, str]
Reader = Callable[[State, Words], Held]


def answer_claims(state: State, statement: Statement) -> tuple[ClaimAnswer, ...]:
    """Each claim of a statement beside what the record holds."""
    return tuple(_answer(state, statement, predicate, argument) for predicate, argument in statement.claims)


def _answer(state: State, statement: Statement, predicate: str, argument: str) -> ClaimAnswer:
    others = tuple(
        other.leaf
        for other in in_order(state.statements.values())
        if other.leaf != statement.leaf and any(_contrary((predicate, argument), c) for c in other.claims)
    )
    if predicate in IN_CONFIDENCE:
        verdict: Verdict = "not answered: it would breach confidence"
        return ClaimAnswer(predicate, argument, verdict, IN_CONFIDENCE[predicate], others)
    held = READERS[predicate](state, named(predicate, argument))
    yes = None if held.yes is None else held.yes is not denied(argument)[0]
    verdict = (
        "not in the record"
        if yes is None
        else "consistent with the record"
        if yes
        else "contradicted by the record"
    )
    return ClaimAnswer(predicate, argument, verdict, held.sentence, others, held.acts)


def _contrary(claim: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two claims cannot both be true: another number of the same thing, or one denies the other."""
    if claim[0] != other[0]:
        return False
    (no, words), (other_no, other_words) = denied(claim[1]), denied(other[1])
    if claim[0] in _COUNTS and not no and not other_no:
        return words != other_words
    return claim[0] != "other" and no is not other_no and words == other_words


_COUNTS: Final = ("duration", "sessions")

# --- evidence and undertakings


def _presented(state: State, words: Words) -> Held:
    who = words["WHO"]
    found = [
        e.index
        for e in in_order(state.exhibits.values())
        if _is_by(state, e.by, who) and _meant(words, e.leaf)
    ]
    if found:
        return Held(True, f"The record holds exhibits presented by {who}.", tuple(found))
    return Held(None, f"The record holds no such exhibit presented by {who}.")


def _acknowledged(state: State, words: Words) -> Held:
    who, grade = words["WHO"], words.get("GRADE", GRADES[0])
    exhibits = [e for e in in_order(state.exhibits.values()) if _meant(words, e.leaf)]
    given = [a for e in exhibits for a in e.acknowledged if _is_by(state, a.by, who)]
    enough = [a for a in given if GRADES.index(a.grade) >= GRADES.index(grade)]
    if enough:
        highest = max(enough, key=lambda a: GRADES.index(a.grade))
        acts = tuple(a.index for a in enough)
        return Held(True, _graded(highest.grade, who), acts)
    disputed = [
        c.index
        for e in exhibits
        for c in e.challenged
        if c.withdrawn is None and _is_by(state, c.by, who) and grade in _DISPUTED_BY.get(c.ground, ())
    ]
    if disputed:
        return Held(
            False, f"The record holds a challenge by {who}, and no such acknowledgment.", tuple(disputed)
        )
    if given:
        return Held(
            None,
            f"The record holds an acknowledgment by {who}, of a lower grade.",
            tuple(a.index for a in given),
        )
    return Held(None, f"The record holds no acknowledgment by {who}.")


_DISPUTED_BY: Final = {
    "authenticity": ("authentic", "accepted"), "custody": ("authentic", "accepted"), "completeness": ("accepted",),
    "meaning": ("accepted",), "relevance": ("accepted",),
}  # fmt: skip
"""Ground of a challenge -> the grades that nobody gives who makes it."""


def _graded(grade: str, who: str) -> str:
    return {
        "received": f"{who} acknowledged it as received, in this record.",
        "examined": f"{who} acknowledged it as examined, in this record.",
        "authentic": f"{who} acknowledged it as authentic, in this record.",
        "accepted": f"{who} accepted, in this record, that it shows what it is said to show.",
    }[grade]


def _demanded(state: State, words: Words) -> Held:
    who = words["WHO"]
    found = [
        d.index for d in in_order(state.demands.values())
        if _is_by(state, d.by, who) and words.get("DEMAND", d.leaf) == d.leaf
    ]  # fmt: skip
    if found:
        return Held(True, f"The record holds a demand by {who}.", tuple(found))
    return Held(None, f"The record holds no such demand by {who}.")


def _assured(state: State, words: Words) -> Held:
    side = words["SIDE"]
    meant = [
        a for a in in_order(state.assurances.values())
        if a.side == side and words.get("DEMAND", a.demand) == a.demand
    ]  # fmt: skip
    given = [a for a in meant if a.confirmed is not None]
    if given:
        acts = tuple(a.confirmed for a in given if a.confirmed is not None)
        if all(a.withdrawn is not None for a in given):
            return Held(True, f"{side} gave an assurance in this record, and withdrew it.", acts)
        return Held(True, f"{side} gave an assurance in this record.", acts)
    refused = [a.refused for a in meant if a.refused is not None]
    if refused:
        return Held(
            False, f"Words minuted as an assurance by {side} were refused by their speaker.", tuple(refused)
        )
    declined = [
        d.declined[1] for d in in_order(state.demands.values())
        if d.declined and d.of == side and words.get("DEMAND", "") == d.leaf
    ]  # fmt: skip
    if declined:
        return Held(
            False, f"{side} declined that demand, and the record holds no assurance.", tuple(declined)
        )
    if meant:
        why = f"Words minuted as an assurance by {side} are not confirmed by their speaker."
        return Held(None, why, tuple(a.index for a in meant))
    return Held(None, f"The record holds no assurance by {side}.")


def _kept(state: State, words: Words) -> Held:
    return _found(state, words, "yes")


def _breached(state: State, words: Words) -> Held:
    return _found(state, words, "no")


def _found(state: State, words: Words, answer: str) -> Held:
    """Only the named verifier's finding answers; until then what is claimed stays alleged."""
    last: dict[str, Finding] = {}
    for finding in in_order(state.findings.values()):
        commitment = state.commitments.get(finding.about)
        if (
            finding.question == "observance"
            and commitment is not None
            and _of_commitment(words, finding, commitment.actors)
        ):
            last[finding.about] = finding
    if not last:
        return Held(None, "The record holds no finding on this; what is claimed is alleged.")
    found = tuple(last.values())
    acts = tuple(f.index for f in found)
    if {f.answer for f in found} == {answer}:
        return Held(True, "The verifier’s finding says so.", acts)
    if len(found) == 1 and found[0].answer in ("yes", "no"):
        return Held(False, "The verifier’s finding says otherwise.", acts)
    return Held(None, "The findings in the record do not decide this.", acts)


def _of_commitment(words: Words, finding: Finding, actors: tuple[str, ...]) -> bool:
    return words.get("COMMITMENT", finding.about) == finding.about and words.get("SIDE", "") in ("", *actors)


# --- steps and the four answers


def _received(state: State, words: Words) -> Held:
    side = words["SIDE"]
    editions = [
        e
        for i in _texts(state, words)
        for e in i.editions
        if words.get("NUMBER", str(e.number)) == str(e.number)
    ]
    if any(_is_by(state, who, side) for edition in editions for who, _leaf in edition.received):
        return Held(True, f"The record holds a receipt by {side}.")
    return Held(None, f"The record holds no receipt by {side}.")


def _step(steps: Callable[[Instrument], frozenset[Step]]) -> Reader:
    """Whether a side ever took one of the steps that show it on a text: one taken back since was taken."""

    def read(state: State, words: Words) -> Held:
        side, texts = words["SIDE"], _texts(state, words)
        found = tuple(
            t.index
            for text in texts
            for t in text.standing(side).path
            if t.step in steps(text)
            and words.get("NUMBER", _number(text, t.edition)) == _number(text, t.edition)
        )
        if not found:
            return Held(None, f"The record holds no such act of {side}.")
        if _withdrawals(text.standing(side) for text in texts):
            return Held(
                True,
                f"The record holds this act of {side}, and one by which it took a step back since.",
                found,
            )
        return Held(True, f"The record holds this act of {side}.", found)

    return read


def _signatures(text: Instrument) -> frozenset[Step]:
    signed = frozenset({Step.SIGNED_AD_REFERENDUM, Step.SIGNED})
    return signed | {Step.BOUND} if text.consent == "signature" else signed


def _number(text: Instrument, edition: str) -> str:
    return next((str(e.number) for e in text.editions if e.leaf == edition), "")


def _question(which: Callable[[Finality], Answer]) -> Reader:
    """One of the four answers, which the record itself decides."""

    def read(state: State, words: Words) -> Held:
        answer = which(finality(state, words["TEXT"]))
        if answer.yes:
            return Held(
                True,
                "By the acts in this record it is so.",
                () if answer.since is None else (answer.since,),
            )
        return Held(False, "By the acts in this record it is not so.")

    return read


def _withdrew(state: State, words: Words) -> Held:
    side = words["SIDE"]
    standings = [instrument.standing(side) for instrument in _texts(state, words)]
    # The path, not the step: a later edition sets the step back and erases nothing.
    back = _withdrawals(standings)
    if back or any(DISPUTED in s.flags for s in standings):
        return Held(True, f"The record holds an act by which {side} took back a step.", back)
    if any(s.path for s in standings):
        return Held(False, f"{side} has taken a step and has not taken it back in this record.")
    return Held(
        None,
        f"No signed act in the record supports or contradicts this: {side} has taken no step that could be taken back.",
    )


def _withdrawals(standings: Iterable[Standing]) -> tuple[int, ...]:
    return tuple(t.index for s in standings for t in s.path if t.step in (Step.WITHDRAWN, Step.NO_INTENTION))


# --- the talks


def _broke_off(state: State, words: Words) -> Held:
    """The act is the convenor's, whoever asked for it: the record blames nobody."""
    if state.phase is Phase.BROKEN_OFF:
        if words.get("SIDE"):
            return Held(
                None, "The convenor has recorded that the talks are broken off, and not by whose doing."
            )
        return Held(True, "The convenor has recorded that the talks are broken off.")
    return Held(None, "The record holds no act of the convenor that breaks off the talks.")


def _duration(state: State, _words: Words) -> Held:
    closed = [(s.opened, s.closed) for s in state.sessions if s.closed]
    seconds = sum(unix_from_instant(end) - unix_from_instant(start) for start, end in closed if end)
    hours, count = f"{seconds / 3600:g}", len(state.sessions)
    if count == 1:
        return Held(None, f"The record holds 1 session, {hours} hours by the times stated in the minutes; it does not "
                          "hold the length of the talks.")  # fmt: skip
    return Held(None, f"The record holds {count} sessions, {hours} hours by the times stated in the minutes; it does not "
                      "hold the length of the talks.")  # fmt: skip


def _sessions(state: State, words: Words) -> Held:
    count = len(state.sessions)
    if count == int(words["NUMBER"]):
        return Held(True, f"The record holds {count} sessions.")
    return Held(None, f"The record holds {count} sessions; others may have been held outside it.")


def _other(_state: State, _words: Words) -> Held:
    return Held(None, "No signed act in the record supports or contradicts this.")


def _texts(state: State, words: Words) -> tuple[Instrument, ...]:
    return tuple(i for i in state.texts() if words.get("TEXT", i.id) == i.id)


def _is_by(state: State, person: str, who: str) -> bool:
    return who in (person, group_of(state, person))


def _meant(words: Words, exhibit: str) -> bool:
    return words.get("EXHIBIT", exhibit) == exhibit


IN_CONFIDENCE: Final[Mapping[str, str]] = MappingProxyType({
    "instructed": "What a principal tells its delegation is between them: whether it was said or not is not answered.",
    "confided": "What is said in confidence is not answered, whether it was said or not.",
})  # fmt: skip
"""Predicates about what only a chamber could hold: one answer each, whatever is in it."""

READERS: Final[Mapping[str, Reader]] = MappingProxyType({
    "presented": _presented, "acknowledged": _acknowledged, "demanded": _demanded, "assured": _assured,
    "received": _received,
    "assented": _step(lambda _text: ASSENTED - {Step.NO_INTENTION, Step.ENDED}),
    "initialled": _step(lambda _text: frozenset({Step.INITIALLED})),
    "signed": _step(_signatures),
    "bound": _step(lambda _text: CONSENTED),
    "adopted": _question(lambda f: f.adopted), "authentic": _question(lambda f: f.authentic),
    "binding": _question(lambda f: f.binding), "in_force": _question(lambda f: f.in_force),
    "kept": _kept, "breached": _breached, "withdrew": _withdrew, "broke_off": _broke_off,
    "duration": _duration, "sessions": _sessions, "other": _other,
})  # fmt: skip
