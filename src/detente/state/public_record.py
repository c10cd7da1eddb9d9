"""What is said in public: statements as registered, articles of the press as proposed, and positions."""

from __future__ import annotations

from msgspec import Struct


class Statement(Struct, frozen=True):
    """A public statement in the record. `claims`: typed predicates (`state.predicates`); `answers`: (person, leaf);
    own: whether its author makes it, in these words; joined: (person, leaf) of those who make it theirs too; article:
    leaf of the one that it was read in."""

    leaf: str
    index: int
    by: str
    claims: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...] = ()
    own: bool = False
    joined: tuple[tuple[str, str], ...] = ()
    article: str | None = None


class Article(Struct, frozen=True):
    """A press article or communiqué that somebody registers, in which statements were read."""

    leaf: str
    index: int
    by: str


class Position(Struct, frozen=True):
    """Words that somebody committed to. group: their side, or "M", whose people can reveal them; digest: of the
    disclosure that opens the words; revealed: the act by which they were."""

    leaf: str
    index: int
    by: str
    group: str | None
    digest: str
    revealed: int | None = None
