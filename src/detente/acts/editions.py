"""Editions: a numbered, consolidated, content-addressed state of the text.

Rules: an edition implies nobody's assent. It carries over every bracket that is open, and takes up every text
that all sides support. It cannot be issued over an authentic text, nor over one that a side has signed: a
renegotiated text is a new instrument that replaces it. A new edition sets A, I and R back and keeps the path.
"""

from __future__ import annotations

from typing import Annotated

from immutables import Map
from msgspec import Meta
from msgspec.structs import replace

from detente.acts.act import MEDIATION, Act, Clear, Hidden, Kind, Staleness, refusals
from detente.acts.subjects import missing_instrument, with_instrument
from detente.codec.identifier import Digest, LanguageTag, Leaf, ProvisionId, SubjectId
from detente.codec.refusal import Refusal, Refused
from detente.provisions.edition import content_digest
from detente.provisions.numbering import number_of
from detente.provisions.provision import Provision
from detente.state.answers import UNCHANGEABLE, is_authentic, open_brackets
from detente.state.instrument import Bracket, Edition, Instrument, Standing
from detente.state.ladder import Step
from detente.state.records import State

_SET_BACK = frozenset((Step.ASSENTED, Step.INITIALLED, Step.SIGNED_AD_REFERENDUM, Step.WITHDRAWN))


class Issue(Clear, frozen=True, kw_only=True, tag="issue"):
    """content: digest of the text and its nonce. open: (provision, leaves of its live alternatives)."""

    instrument: SubjectId
    number: Annotated[int, Meta(ge=1)]
    content: Digest
    provisions: tuple[ProvisionId, ...]
    languages: tuple[LanguageTag, ...]
    open: tuple[tuple[ProvisionId, tuple[Leaf, ...]], ...] = ()


class IssueText(Hidden, frozen=True, kw_only=True):
    """The whole text: its provisions, and the nonce under which `content` was taken."""

    text: tuple[Provision, ...] | None = None
    nonce: str | None = None


def open_in(instrument: Instrument) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The brackets that the next edition must carry, in the order of the text."""
    return tuple((b.provision, tuple(a.leaf for a in b.live())) for b in open_brackets(instrument))


def _unchangeable(state: State, instrument: Instrument) -> Refusal | None:
    if is_authentic(state, instrument):
        return Refusal("edition.authentic_text", "The text is authentic; only a correction can change it.",
                       "VCLT art. 10, 79",
                       "Propose a correction of an error, or open a new instrument that replaces this one.")  # fmt: skip
    signed = [s for s in instrument.sides if instrument.standing(s).step in UNCHANGEABLE]
    if not signed:
        return None
    return Refusal("edition.signed_text", f"{', '.join(signed)} has signed this text.", "VCLT art. 10",
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
    return refusals(
        _unchangeable(state, instrument),
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
    )  # fmt: skip


def _set_back(standing: Standing) -> Standing:
    return replace(standing, step=Step.NONE, edition="", flags=()) if standing.step in _SET_BACK else standing


def evolve(state: State, act: Act[Issue]) -> State:
    clear = act.clear
    instrument = state.instruments[clear.instrument]
    edition = Edition(
        leaf=act.leaf, number=clear.number, index=state.size, by=act.author, content=clear.content,
        provisions=clear.provisions, languages=clear.languages, open=clear.open,
    )  # fmt: skip
    carried: Map[str, Bracket] = Map({b.provision: b for b in open_brackets(instrument)})
    ladder = Map({side: _set_back(standing) for side, standing in instrument.ladder.items()})
    return with_instrument(
        state,
        replace(instrument, editions=(*instrument.editions, edition), version=act.leaf, brackets=carried,
                ladder=ladder, adopted_under=None, spoken=()),
    )  # fmt: skip


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
