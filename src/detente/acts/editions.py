"""Editions: a numbered, consolidated, content-addressed state of the text.

Rules: an edition implies nobody's assent. It carries over every bracket that is open, and takes up every text that all
sides support; a provision that all sides agreed to leave out is not in it. It cannot be issued over an authentic text,
nor over one that a side has signed: a renegotiated text is a new instrument that replaces it. A new edition sets A, I
and R back and keeps the path. It can say whose objection the words of a provision answer: a public statement, a demand,
an exhibit or a text in brackets. To say so is its author's word, and settles for nobody whether the objection is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from immutables import Map
from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import MEDIATION, Act, Clear, Hidden, Kind, Staleness, refusals
from detente.acts.one_text import other_words_than_accepted
from detente.acts.subjects import changed, missing_instrument, with_instrument
from detente.codec.identifier import Digest, LanguageTag, Leaf, ProvisionId, SubjectId
from detente.codec.refusal import Refusal, Refused
from detente.provisions.edition import content_digest
from detente.provisions.numbering import number_of
from detente.provisions.provision import Provision
from detente.state.answers import UNCHANGEABLE, is_authentic, open_brackets, unconsolidated
from detente.state.instrument import Bracket, Edition, Instrument, Standing
from detente.state.ladder import Step
from detente.state.one_text import is_asked, wholes
from detente.state.records import State

CHANGING: Final = ("replaces", "amends", "extends")
"""How a text is linked to one whose words it changes."""
_MOST_NAMED: Final = 5
"""Places that a refusal names before it counts the others."""
_SET_BACK = frozenset((Step.ASSENTED, Step.INITIALLED, Step.SIGNED_AD_REFERENDUM, Step.WITHDRAWN))


class Issue(Clear, frozen=True, kw_only=True, tag="issue"):
    """content: digest of the text and its nonce. open: (provision, leaves of its live alternatives). objections:
    (provision, leaves of the acts that object to what stood there before), of this text or of one that it replaces."""

    instrument: SubjectId
    number: Annotated[int, Meta(ge=1)]
    content: Digest
    provisions: tuple[ProvisionId, ...]
    languages: tuple[LanguageTag, ...]
    open: tuple[tuple[ProvisionId, tuple[Leaf, ...]], ...] = ()
    objections: tuple[tuple[ProvisionId, tuple[Leaf, ...]], ...] = ()


class IssueText(Hidden, frozen=True, kw_only=True):
    """The whole text: its provisions, and the nonce under which `content` was taken."""

    text: tuple[Provision, ...] | None = None
    nonce: str | None = None


def open_in(instrument: Instrument) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The brackets that the next edition must carry, in the order of the text."""
    return tuple((b.provision, tuple(a.leaf for a in b.live())) for b in open_brackets(instrument))


def left_out(instrument: Instrument) -> frozenset[str]:
    """The provisions that every side has agreed to leave out since the last edition."""
    agreed = ((b.provision, b.agreed(instrument.sides)) for b in unconsolidated(instrument))
    return frozenset(provision for provision, one in agreed if one is not None and one.omits)


def _unchangeable(state: State, instrument: Instrument) -> Refusal | None:
    if is_authentic(state, instrument):
        return Refusal("edition.authentic_text", "The text is authentic; only a correction can change it.",
                       "VCLT art. 10, 79",
                       "Propose a correction of an error, or open a new instrument that replaces this one.")  # fmt: skip
    signed = [s for s in instrument.sides if instrument.standing(s).step in UNCHANGEABLE]
    if not signed:
        return None
    return Refusal("edition.signed_text", f"This text is signed by {', '.join(signed)}.", "VCLT art. 10",
                   "Open a new instrument that replaces this one.")  # fmt: skip


def examine(state: State, act: Act[Issue]) -> tuple[Refusal, ...]:
    clear = act.clear
    instrument = state.instruments.get(clear.instrument)
    if instrument is None:
        return refusals(missing_instrument(state, clear.instrument))
    following = len(instrument.editions) + 1
    absent = [
        number_of(provision, full=True)
        for provision, _leaves in clear.open
        if provision not in clear.provisions
    ]
    dropped = sorted(number_of(p, full=True) for p, _leaves in set(open_in(instrument)) ^ set(clear.open))
    omitted = left_out(instrument)
    kept = [number_of(provision, full=True) for provision in clear.provisions if provision in omitted]
    return refusals(
        _unchangeable(state, instrument),
        *other_words_than_accepted(state, instrument),
        Refusal("edition.number", f"The next edition is number {following}.",
                instead="Give the edition that number.") if clear.number != following else None,
        Refusal("edition.provisions", "Each provision stands once in an edition, and there is at least one.",
                instead="List each provision once, in the order of the text.")
        if not clear.provisions or len(set(clear.provisions)) != len(clear.provisions)
        else None,
        Refusal("edition.languages", "An edition stands in languages of its instrument, one of them authentic.",
                "VCLT art. 33", f"Its languages are {', '.join(tag for tag, _status in instrument.languages)}.")
        if not set(clear.languages).issubset(tag for tag, _status in instrument.languages)
        or not set(clear.languages).intersection(instrument.authentic_languages())
        else None,
        Refusal("edition.brackets", f"The edition brackets what it does not contain: {', '.join(absent)}.",
                instead="List every bracketed provision among the provisions.")
        if absent
        else None,
        Refusal("edition.brackets", f"The edition does not carry the open brackets as they stand: {', '.join(dropped)}.",
                instead="Carry every open bracket, with all its live alternatives, and no other.")
        if dropped
        else None,
        Refusal("edition.omitted", f"Every side supports leaving out what the edition still holds: {', '.join(kept)}.",
                instead="Leave it out, or ask a side to reserve the provision first.")
        if kept
        else None,
        *_objections(state, instrument, clear),
    )  # fmt: skip


def _objections(state: State, instrument: Instrument, clear: Issue) -> tuple[Refusal | None, ...]:
    known = {*clear.provisions, *(p for e in earlier_editions(state, instrument) for p in e.provisions)}
    nowhere = ", ".join(number_of(p, full=True) for p, _leaves in clear.objections if p not in known)
    offered = {a.leaf for bracket in instrument.brackets.values() for a in bracket.alternatives}
    leaves = [leaf for _provision, found in clear.objections for leaf in found]
    records = (state.statements, state.demands, state.exhibits, offered)
    strange = any(all(leaf not in held for held in records) for leaf in leaves)
    return (
        Refusal("edition.objection_to", f"Neither this edition nor an earlier text holds {nowhere}.",
                instead="Name provisions of this edition, of an earlier one, or of the text that this one replaces.")
        if nowhere
        else None,
        Refusal("edition.objection", "An objection is a public statement, a demand, an exhibit or a text in brackets.",
                instead="Register the statement first, and name its act.")
        if strange or len(leaves) < len(clear.objections)
        else None,
    )  # fmt: skip


def earlier_editions(state: State, instrument: Instrument) -> tuple[Edition, ...]:
    """The last edition, and the last of each text that this one replaces, amends or extends."""
    others = [state.instruments[other] for relation, other in instrument.links if relation in CHANGING]
    return tuple(one.edition for one in (instrument, *others) if one.edition is not None)


def objections_at(instrument: Instrument, upto: Edition, provision: str) -> tuple[str, ...]:
    """The acts that the words of a provision answer, as this edition and those before it say."""
    said = (e.objections for e in instrument.editions if e.number <= upto.number)
    return tuple(
        dict.fromkeys(leaf for found in said for p, leaves in found if p == provision for leaf in leaves)
    )


def _set_back(standing: Standing) -> Standing:
    return replace(standing, step=Step.NONE, edition="", flags=()) if standing.step in _SET_BACK else standing


def evolve(state: State, act: Act[Issue]) -> State:
    clear = act.clear
    instrument = state.instruments[clear.instrument]
    edition = Edition(
        leaf=act.leaf, number=clear.number, index=state.size, by=act.author, content=clear.content,
        provisions=clear.provisions, languages=clear.languages, open=clear.open, objections=clear.objections,
    )  # fmt: skip
    carried: Map[str, Bracket] = Map({b.provision: b for b in open_brackets(instrument)})
    ladder = Map({side: _set_back(standing) for side, standing in instrument.ladder.items()})
    issued = with_instrument(
        state,
        replace(instrument, editions=(*instrument.editions, edition), version=act.leaf, brackets=carried,
                ladder=ladder, adopted_under=None, spoken=()),
    )  # fmt: skip
    for whole in wholes(state, instrument) if is_asked(state) else ():
        issued = changed(issued, whole.id, version=act.leaf)
    return issued


def check_text(clear: Issue, hidden: IssueText) -> tuple[Refusal, ...]:
    """Whether the disclosed text is the one that the clear fields describe. The door asks, and every reader."""
    if hidden.text is None:
        return ()
    return refusals(
        Refusal("edition.content", "The text is not the one whose digest was signed.",
                instead="Sign it again.")
        if _digest(hidden) != clear.content
        else None,
        Refusal("edition.structure", "The text's provisions are not those listed in the act.",
                instead="List the provisions in the order of the text.")
        if tuple(p.id for p in hidden.text) != clear.provisions
        else None,
    )  # fmt: skip


def check_one_text(instrument: Instrument, clear: Issue, hidden: IssueText) -> tuple[Refusal, ...]:
    """Whether the words are one text in every language that the edition is said to stand in. The door asks, where it
    has the words: a step is taken on each authentic language, and the record holds no words to look them up in."""
    text, tags = hidden.text or (), dict(instrument.languages)
    foreign = sorted({tag for p in text for tag in (*p.texts, *p.heading)} - tags.keys())
    authentic = [tag for tag in instrument.authentic_languages() if tag in clear.languages]
    lacking = {tag: [p.id for p in text if p.texts and tag not in p.texts] for tag in authentic}
    return refusals(
        Refusal("edition.foreign_language", f"The text has words in what is no language of it: {', '.join(foreign)}.",
                "VCLT art. 33", f"Its languages are {', '.join(tags)}: leave the others out.")
        if foreign
        else None,
        *(
            Refusal("edition.not_one_text", f"In {tag}, an authentic language, there are no words at {_places(found)}.",
                    "VCLT art. 10, 33",
                    f"Give the words, or leave {tag} out of the edition’s languages until the text is whole in it: "
                    "nobody initials or signs before.")
            for tag, found in lacking.items()
            if found
        ),
    )  # fmt: skip


def _places(provisions: Sequence[str]) -> str:
    named = [number_of(provision, full=True) for provision in provisions[:_MOST_NAMED]]
    left = len(provisions) - len(named)
    return ", ".join(named) + (f" and {left} more places" if left else "")


def _digest(hidden: IssueText) -> str | None:
    """The digest of the disclosed text; None where it has none, for want of a good nonce."""
    try:
        return content_digest(hidden.text or (), hidden.nonce or "")
    except Refused:
        return None


KINDS = (
    Kind(Issue, IssueText, MEDIATION, examine, evolve, "{author} issues edition {number} of {instrument}",
         "A consolidated text is on the table. It implies nobody's assent.", staleness=Staleness.GUARDED,
         content=check_text),
)  # fmt: skip
