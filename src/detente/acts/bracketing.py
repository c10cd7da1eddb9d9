"""Bracketing: propose an alternative, support one, withdraw one, reserve a provision.

Rules: a bracket is open while a provision has live alternatives and no one of them has every side's support;
it closes provisionally when one has, and the next edition takes the words up. Until then a side that thinks
again reserves the provision. A reserved provision stays open until its side lifts the reservation. An adopted
text is not bracketed: a side takes back its step first. Nor is one that a side has signed, since no edition
could take the bracket up. A side can also propose that a provision be left out: that alternative has no words, and
stands beside the others like any. An alternative may propose the provision's heading, its words or both: what it does not
propose stays as it stands in the last edition, and it is supported, withdrawn and taken up as one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar

import msgspec
from msgspec.structs import replace

from detente.acts.act import SIDES, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.subjects import missing_instrument, not_a_side_of, own_side, side_of, with_instrument
from detente.codec.identifier import Leaf, ProvisionId, SubjectId
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.provisions.provision import Heading
from detente.state.answers import UNCHANGEABLE, is_adopted, unconsolidated
from detente.state.instrument import Alternative, Bracket, Instrument
from detente.state.packages import reopen
from detente.state.records import Person, State


class ProposeAlternative(Clear, frozen=True, kw_only=True, tag="propose_alternative"):
    """omit: whether it proposes to leave the provision out. In the clear, since the next edition follows it, and since
    an alternative without words could not be told from one whose words are not disclosed."""

    instrument: SubjectId
    provision: ProvisionId
    omit: bool = False


class AlternativeText(Hidden, frozen=True, kw_only=True):
    """texts: the alternative in further languages, by tag; `text` is in the first authentic language. headings: by
    language, all that the provision shall have, so that an empty one takes its heading away; left out, it stays."""

    added: ClassVar[tuple[str, ...]] = ("headings",)
    text: str | None = None
    texts: dict[str, str] | None = None
    headings: dict[str, str] | None = None


class SupportAlternative(Clear, frozen=True, kw_only=True, tag="support_alternative"):
    instrument: SubjectId
    provision: ProvisionId
    alternative: Leaf


class WithdrawAlternative(Clear, frozen=True, kw_only=True, tag="withdraw_alternative"):
    instrument: SubjectId
    provision: ProvisionId
    alternative: Leaf


class ReserveProvision(Clear, frozen=True, kw_only=True, tag="reserve_provision"):
    """lift: whether the side lifts the reservation it made before."""

    instrument: SubjectId
    provision: ProvisionId
    lift: bool = False


def _text_closed(state: State, act: Act[Any]) -> tuple[Refusal, ...]:
    """What stands in the way of touching a provision at all."""
    name = act.clear.instrument
    return (
        *refusals(not_a_side_of(state, name, side_of(state, act.author))),
        *closed_to_brackets(state, name),
    )


def closed_to_brackets(state: State, name: str) -> tuple[Refusal, ...]:
    """Why the instrument's text takes no bracket, whoever asks."""
    instrument = state.instruments.get(name)
    found = refusals(missing_instrument(state, name))
    if instrument is None:
        return found
    if instrument.edition is None:
        none = Refusal(
            "bracket.no_edition",
            "There is no edition to bracket yet.",
            instead="A mediator can issue the first.",
        )
        return (*found, none)
    return (
        *found,
        *refusals(
            Refusal("bracket.adopted_text", "The text is adopted; it can no longer be bracketed.", "VCLT art. 9-10",
                    "A side can take back its step first, or open a new instrument that replaces this one.")
            if is_adopted(state, instrument)
            else None
        ),
    )  # fmt: skip


def _signed(state: State, act: Act[Any]) -> Refusal | None:
    instrument = state.instruments.get(act.clear.instrument)
    signed = (
        [s for s in instrument.sides if instrument.standing(s).step in UNCHANGEABLE] if instrument else []
    )
    if not signed:
        return None
    return Refusal("bracket.signed_text", f"This text is signed by {', '.join(signed)}.", "VCLT art. 10",
                   "Open a new instrument that replaces this one.")  # fmt: skip


def _settled(state: State, act: Act[Any]) -> Refusal | None:
    """Another text beside one that every side supports would be lost in the next edition, or take its place."""
    instrument = state.instruments.get(act.clear.instrument)
    bracket = instrument.brackets.get(act.clear.provision) if instrument else None
    if instrument is None or bracket is None or bracket.reserved or bracket.agreed(instrument.sides) is None:
        return None
    return Refusal("bracket.settled", f"Every side supports one text at {number_of(bracket.provision, full=True)}.",
                   instead="Reserve the provision to open it again.")  # fmt: skip


def _nothing_to_omit(state: State, act: Act[ProposeAlternative]) -> Refusal | None:
    instrument = state.instruments.get(act.clear.instrument)
    edition = instrument.edition if instrument else None
    if not act.clear.omit or edition is None or act.clear.provision in edition.provisions:
        return None
    number = number_of(act.clear.provision, full=True)
    return Refusal("bracket.nothing_to_omit", f"{number} is not in the last edition: nothing can be left out there.",
                   instead="Withdraw your own text of it, or reserve the provision.")  # fmt: skip


def examine_propose(state: State, act: Act[ProposeAlternative]) -> tuple[Refusal, ...]:
    return (
        *_text_closed(state, act),
        *refusals(_signed(state, act), _settled(state, act), _nothing_to_omit(state, act)),
    )


def check_words(clear: ProposeAlternative, hidden: AlternativeText) -> tuple[Refusal, ...]:
    """Whether what is to be left out has no words, and what is said of headings is one, as far as it is disclosed."""
    worded = hidden.text or hidden.texts or hidden.headings is not None
    return (
        *refusals(
            Refusal("bracket.omitted_words", "A provision that is to be left out has no words and no heading.",
                    instead="Give the words that should stand, or propose to leave the provision out.")
            if clear.omit and worded
            else None
        ),
        *check_headings(clear, hidden),
    )  # fmt: skip


def check_headings(_clear: Clear, hidden: AlternativeText) -> tuple[Refusal, ...]:
    """Whether each heading is one that a provision can have."""
    wrong = ", ".join(tag for tag, heading in (hidden.headings or {}).items() if not _is_heading(heading))
    return refusals(
        Refusal("bracket.heading", f"What is proposed as a heading is not one line of words, in: {wrong}.",
                instead="Write at most 300 characters, without control or direction-changing characters. To take the "
                "heading away, write none.")
        if wrong
        else None
    )  # fmt: skip


def _is_heading(words: str) -> bool:
    try:
        msgspec.convert(words, Heading)
    except msgspec.ValidationError:
        return False
    return True


def check_worded(clear: Clear, hidden: AlternativeText) -> tuple[Refusal, ...]:
    """Whether something is proposed at all: words, a heading, or that the provision be left out. The door asks, because
    elsewhere words may be there that are not disclosed."""
    texts = (hidden.text or "", *(hidden.texts or {}).values())
    worded = hidden.headings is not None or any(map(_is_seen, "".join(texts)))
    return refusals(
        Refusal("bracket.wordless", "The proposal has neither words nor a heading.",
                instead="Write the words that should stand; a side that wants none there proposes to leave the "
                "provision out.")
        if not worded and not getattr(clear, "omit", False)
        else None
    )  # fmt: skip


def _is_seen(sign: str) -> bool:
    """Neither a space nor a sign without a form of its own, such as one that joins letters (Unicode sec. 4.5)."""
    return unicodedata.category(sign)[0] not in "ZC"


def check_languages(instrument: Instrument, hidden: AlternativeText) -> tuple[Refusal, ...]:
    """Whether words and headings are in languages of the text: no edition could take up others. The door asks."""
    tags = dict(instrument.languages)
    foreign = sorted({*(hidden.texts or {}), *(hidden.headings or {})} - tags.keys())
    return refusals(
        Refusal("bracket.foreign_language", f"There are words in what is no language of the text: {', '.join(foreign)}.",
                "VCLT art. 33", f"Its languages are {', '.join(tags)}: leave the others out.")
        if foreign
        else None
    )  # fmt: skip


def _bracket(state: State, act: Act[Any]) -> Bracket:
    provision = act.clear.provision
    return state.instruments[act.clear.instrument].brackets.get(provision, Bracket(provision))


def _alternative(state: State, act: Act[Any]) -> Alternative | None:
    if act.clear.instrument not in state.instruments:
        return None
    for alternative in _bracket(state, act).alternatives:
        if alternative.leaf == act.clear.alternative and alternative.withdrawn is None:
            return alternative
    return None


_GONE = Refusal("bracket.alternative", "No live alternative of this provision has this leaf.",
                instead="Name an alternative that stands in the open bracket.")  # fmt: skip


def _with_bracket(state: State, act: Act[Any], bracket: Bracket) -> State:
    instrument = state.instruments[act.clear.instrument]
    empty = not bracket.alternatives and not bracket.reserved
    brackets = instrument.brackets
    if not empty:
        brackets = brackets.set(bracket.provision, bracket)
    elif bracket.provision in brackets:
        brackets = brackets.delete(bracket.provision)
    return with_instrument(state, replace(instrument, brackets=brackets))


def _with_alternative(state: State, act: Act[Any], changed: Alternative) -> State:
    bracket = _bracket(state, act)
    alternatives = tuple(changed if a.leaf == changed.leaf else a for a in bracket.alternatives)
    return _with_bracket(state, act, replace(bracket, alternatives=alternatives))


def evolve_propose(state: State, act: Act[ProposeAlternative]) -> State:
    side, bracket = own_side(state, act), _bracket(state, act)
    new = Alternative(act.leaf, state.size, side, frozenset({side}), omits=act.clear.omit)
    return _with_bracket(state, act, replace(bracket, alternatives=(*bracket.alternatives, new)))


def examine_support(state: State, act: Act[SupportAlternative]) -> tuple[Refusal, ...]:
    alternative = _alternative(state, act)
    side = side_of(state, act.author)
    return (
        *_text_closed(state, act),
        *refusals(
            _GONE if alternative is None else _settled(state, act),
            Refusal(
                "bracket.supported",
                "Your side supports this alternative already.",
                instead="Another text of the provision can be supported instead.",
            )
            if alternative is not None and side in alternative.supporters
            else None,
        ),
    )


def evolve_support(state: State, act: Act[SupportAlternative]) -> State:
    alternative = _alternative(state, act)
    assert alternative is not None
    supporters = alternative.supporters | {own_side(state, act)}
    return _with_alternative(state, act, replace(alternative, supporters=supporters))


def examine_withdraw(state: State, act: Act[WithdrawAlternative]) -> tuple[Refusal, ...]:
    alternative = _alternative(state, act)
    return (
        *_text_closed(state, act),
        *refusals(
            _GONE if alternative is None else None,
            Refusal("bracket.other", "A side withdraws its own alternative.",
                    instead="Support another alternative instead.")
            if alternative is not None and alternative.side != side_of(state, act.author)
            else None,
        ),
    )  # fmt: skip


def evolve_withdraw(state: State, act: Act[WithdrawAlternative]) -> State:
    alternative = _alternative(state, act)
    assert alternative is not None
    state = _with_alternative(state, act, replace(alternative, withdrawn=state.size))
    return _reopened(state, act, alternative.leaf)


def _reopened(state: State, act: Act[Any], leaf: str = "") -> State:
    """A package that had closed this bracket stands or falls as one: what it closed elsewhere opens with it."""
    instrument = state.instruments[act.clear.instrument]
    return with_instrument(state, reopen(instrument, state.size, act.clear.provision, leaf))


def examine_reserve(state: State, act: Act[ReserveProvision]) -> tuple[Refusal, ...]:
    side, clear = side_of(state, act.author), act.clear
    found = _text_closed(state, act)
    if clear.instrument not in state.instruments:
        return found
    holds = any(s == side for s, _leaf in _bracket(state, act).reserved)
    return (
        *found,
        *refusals(
            None if clear.lift else _signed(state, act),
            Refusal(
                "bracket.reservation",
                "Your side has reserved this provision already.",
                instead="Lift the reservation, or leave it.",
            )
            if holds and not clear.lift
            else None,
            Refusal(
                "bracket.reservation",
                "Your side holds no reservation on this provision.",
                instead="Reserve the provision first, or leave it.",
            )
            if clear.lift and not holds
            else None,
        ),
    )


def evolve_reserve(state: State, act: Act[ReserveProvision]) -> State:
    side, bracket = own_side(state, act), _bracket(state, act)
    if act.clear.lift:
        reserved = tuple(entry for entry in bracket.reserved if entry[0] != side)
    else:
        reserved = (*bracket.reserved, (side, act.leaf))
    state = _with_bracket(state, act, replace(bracket, reserved=reserved))
    return state if act.clear.lift else _reopened(state, act)


def offers_bracket(state: State, person: Person) -> Iterable[Offer]:
    for instrument in state.texts():
        side, edition = person.side, instrument.edition
        if side not in instrument.sides or edition is None or is_adopted(state, instrument):
            continue
        for _provision, bracket in sorted(instrument.brackets.items()):
            base = {"instrument": instrument.id, "provision": bracket.provision}
            for alternative in bracket.live():
                fields = {**base, "alternative": alternative.leaf}
                if side not in alternative.supporters and bracket.is_open(instrument.sides):
                    yield Offer("support_alternative", bracket.provision, fields)
                if alternative.side == side:
                    yield Offer("withdraw_alternative", bracket.provision, fields)
            if any(s == side for s, _leaf in bracket.reserved):
                yield Offer("reserve_provision", bracket.provision, {**base, "lift": True})


def offers_propose(state: State, person: Person) -> Iterable[Offer]:
    for instrument in state.texts():
        edition = instrument.edition
        if person.side in instrument.sides and edition is not None and not is_adopted(state, instrument):
            if any(instrument.standing(s).step in UNCHANGEABLE for s in instrument.sides):
                continue
            settled = {b.provision for b in unconsolidated(instrument) if b.live()}
            for provision in edition.provisions:
                if provision not in settled:
                    fields = {"instrument": instrument.id, "provision": provision}
                    yield Offer("propose_alternative", provision, fields)


KINDS = (
    Kind(ProposeAlternative, AlternativeText, SIDES, examine_propose, evolve_propose,
         "{author} brackets {provision} of {instrument}",
         "Your text stands in brackets beside the others; it binds nobody.", offers=offers_propose,
         content=check_words),
    Kind(SupportAlternative, Hidden, SIDES, examine_support, evolve_support,
         "{author} supports {alternative} for {provision} of {instrument}",
         "When every side supports one text the bracket closes, provisionally.", offers=offers_bracket),
    Kind(WithdrawAlternative, Hidden, SIDES, examine_withdraw, evolve_withdraw,
         "{author} withdraws {alternative} for {provision} of {instrument}",
         "Your text leaves the bracket; it stays in the record."),
    Kind(ReserveProvision, Hidden, SIDES, examine_reserve, evolve_reserve,
         "{author} reserves {provision} of {instrument}",
         "The provision stays open until you lift this."),
)  # fmt: skip
