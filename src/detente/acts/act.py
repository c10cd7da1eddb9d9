"""What every act is: a clear payload that rules read, hidden fields that people read, and a kind.

A field is clear if and only if a rule reads it. Everything else (titles, reasons, texts, names of places) is
hidden: a salted digest in `_sd` stands for it, and its disclosure travels beside the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar, Final, Generic, Literal, TypeVar

from msgspec import Meta, Struct, field

from detente.codec.identifier import Leaf, Origin, SubjectId
from detente.codec.instant import LATEST_SECOND
from detente.codec.refusal import Refusal
from detente.state.records import Chamber, Person, State


class Clear(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="act",
    gc=False,
):
    """The signed payload (docs/specs/act.md). Each kind adds its clear fields.

    iat: the author's claimed time, Unix seconds. seq, prev: the chain of the author's key in this log.
    seen: (size, root) of the last checkpoint the author had verified. aud: who may read the hidden fields.
    on: (subject, leaf), the version of text and terms acted on; only guarded kinds need it.
    """

    v: Literal[1]
    proc: Origin
    iat: Annotated[int, Meta(ge=0, le=LATEST_SECOND)]
    seq: int
    prev: str
    seen: tuple[int, str]
    aud: tuple[str, ...]
    sd: tuple[str, ...] = field(name="_sd")
    on: tuple[SubjectId, Leaf] | None = None


class Hidden(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The hidden fields of a kind. `remark` stands in every kind: for example that a time is illustrative.

    added: those that came to the kind after acts of it had been signed, which have no digest for them.
    """

    added: ClassVar[tuple[str, ...]] = ()
    remark: str | None = None


C = TypeVar("C", bound=Clear)


class Act(Struct, Generic[C], frozen=True, gc=False):
    """One statement by one author, as the fold sees it. `leaf`: its identity; its index is `state.size`."""

    clear: C
    author: str
    key: str
    leaf: str


class Log(StrEnum):
    """The kinds of log of a process."""

    __hash__ = str.__hash__  # that of the text it equals; an Enum's own is of its name, and a call in Python

    MAIN = "main"
    SIDE = "side"
    MEDIATORS = "mediators"
    MEDIATORS_AND_SIDE = "mediators and side"


class Staleness(StrEnum):
    """guarded: refused unless `on` is current. open: any time. protective: admitted however late."""

    GUARDED = "guarded"
    OPEN = "open"
    PROTECTIVE = "protective"


class Offer(Struct, frozen=True):
    """An act that a person may do now. clear: the prefilled clear fields, complete enough to pass `examine`."""

    kind: str
    subject: str
    clear: Mapping[str, Any]


MEDIATION: Final = frozenset({"mediator", "secretariat"})
DELEGATES: Final = frozenset({"delegate"})
PRINCIPALS: Final = frozenset({"principal"})
SIDES: Final = DELEGATES | PRINCIPALS
KEEPERS: Final = frozenset({"keeper"})
TABLE: Final = MEDIATION | SIDES
ANYONE: Final = TABLE | KEEPERS | {"observer", "guarantor", "witness", "interpreter", "verifier"}


def any_content(_clear: Clear, _hidden: Hidden) -> tuple[Refusal, ...]:
    return ()


def no_offers(_state: State, _person: Person) -> Iterable[Offer]:
    return ()


class Kind(Struct, frozen=True, dict=True):
    """One kind of act. `by`: roles whose act it can be. `where`: the logs it may stand in. `variant`: the clear
    field whose value chooses between wordings. `phrase`: the one line of minutes that prints and parses it.
    `commits`: what its author takes on, in one sentence. `content`: whether the hidden fields, as far as they are
    disclosed, are what the clear ones say; asked at the door and by every reader."""

    clear: type[Clear]
    hidden: type[Hidden]
    by: frozenset[str]
    examine: Callable[[Any, Any], tuple[Refusal, ...]]
    evolve: Callable[[Any, Any], Any]
    phrase: str
    commits: str
    staleness: Staleness = Staleness.OPEN
    where: frozenset[Log] = frozenset({Log.MAIN})
    variant: str = ""
    offers: Callable[[State, Person], Iterable[Offer]] = no_offers
    content: Callable[[Any, Any], tuple[Refusal, ...]] = any_content

    @cached_property
    def name(self) -> str:
        tag = self.clear.__struct_config__.tag
        assert isinstance(tag, str)
        return tag

    @property
    def clear_fields(self) -> tuple[str, ...]:
        """The fields that this kind adds to the envelope's."""
        return tuple(f for f in self.clear.__struct_fields__ if f not in Clear.__struct_fields__)

    @property
    def hidden_fields(self) -> tuple[str, ...]:
        return self.hidden.__struct_fields__

    @cached_property
    def digests(self) -> range:
        """How many digests an act of this kind may have: one a hidden field, also where one was added later."""
        most = len(self.hidden_fields)
        return range(most - len(self.hidden.added), most + 1)


class Sentence(Struct, frozen=True):
    """What an act says, as a message key and its arguments; a catalogue turns it into words."""

    key: str
    arguments: Mapping[str, Any]


def sentence(kind: Kind, act: Act[Any], opened: Mapping[str, Any]) -> Sentence:
    """The sentence of `act`: its clear fields, the hidden ones that the reader may open, and its author."""
    arguments = {name: getattr(act.clear, name) for name in kind.clear_fields}
    key = kind.name
    if kind.variant:
        key = f"{key}.{arguments[kind.variant]}"
    return Sentence(key, {**arguments, **opened, "author": act.author, "on": act.clear.on})


def refusals(*found: Refusal | None) -> tuple[Refusal, ...]:
    """All the refusals at once, without the checks that passed."""
    return tuple(filter(None, found))


def accept(_state: State | Chamber, _act: Act[Any]) -> tuple[Refusal, ...]:
    """The examination of a kind that only the phase table and the author's role restrict."""
    return ()
