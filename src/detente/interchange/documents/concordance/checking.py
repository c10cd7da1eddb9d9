"""A text's languages held against each other, provision by provision.

Words cannot be compared across languages; numbers and dates can, and it is they that decide who owes how much by when.
What is found is a question for a person who reads both languages, never a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from detente.interchange.documents.concordance.dates import Stated, dates_in
from detente.interchange.documents.concordance.numbers import knows_words, numbers_in
from detente.provisions.provision import Provision

Kind = Literal["missing", "date", "number", "brackets", "length"]
_LONGER: Final = 2.5
"""Times that a provision's share of its language may exceed its share of another before it is asked about."""
_SHORTEST: Final = 60


class Discordance(Struct, frozen=True):
    """provision: its id; languages: the two that disagree, or the one that is missing; said: what each of them states."""

    kind: Kind
    provision: str
    languages: tuple[str, ...]
    said: tuple[str, ...] = ()


def discordances(text: Sequence[Provision], languages: Sequence[str] = ()) -> tuple[Discordance, ...]:
    """languages: those to compare, the first with each of the others; none for all that the text has."""
    tags = tuple(languages) or tuple(dict.fromkeys(tag for p in text for tag in sorted(p.texts)))
    found: list[Discordance] = []
    lengths = {tag: sum(len(p.texts.get(tag, "")) for p in text) or 1 for tag in tags}
    for provision in text:
        held = [tag for tag in tags if tag in provision.texts or tag in provision.heading]
        found += (Discordance("missing", provision.id, (tag,)) for tag in tags if held and tag not in held)
        present = [tag for tag in tags if tag in provision.texts]
        for other in present[1:]:
            found += _between(provision, present[0], other, lengths)
    return tuple(found)


def _between(provision: Provision, first: str, other: str, lengths: dict[str, int]) -> Iterator[Discordance]:
    one, two = provision.texts[first], provision.texts[other]
    pair = (first, other)
    (dates_one, rest_one), (dates_two, rest_two) = dates_in(one), dates_in(two)
    lone = _without_partner(dates_one, dates_two), _without_partner(dates_two, dates_one)
    if any(lone):
        yield Discordance("date", provision.id, pair, tuple(_dates(of) for of in lone))
    numbers = numbers_in(rest_one, first), numbers_in(rest_two, other)
    apart = numbers[0] - numbers[1], numbers[1] - numbers[0]
    # A number in words is unread in a language without a table: then only what the digits deny is said.
    if any(apart) and (all(apart) or (knows_words(first) and knows_words(other))):
        yield Discordance(
            "number", provision.id, pair, tuple(_numbers(sorted(of.elements())) for of in apart)
        )
    brackets = one.count("[") + one.count("]"), two.count("[") + two.count("]")
    if brackets[0] != brackets[1]:
        yield Discordance("brackets", provision.id, pair, tuple(map(str, brackets)))
    shares = len(one) / lengths[first], len(two) / lengths[other]
    if (
        min(len(one), len(two)) * _LONGER > _SHORTEST
        and max(shares) > _LONGER * min(shares)
        and lengths[first] > 1_000
    ):
        yield Discordance("length", provision.id, pair, (str(len(one)), str(len(two))))


def _without_partner(dates: Iterable[Stated], others: Iterable[Stated]) -> list[Stated]:
    left, lone = list(others), []
    for stated in dates:
        partner = next((other for other in left if stated.agrees_with(other)), None)
        if partner is None:
            lone.append(stated)
        else:
            left.remove(partner)
    return lone


def _dates(dates: Iterable[Stated]) -> str:
    return ", ".join(
        stated.written if stated.calendar == "gregorian" else f"{stated.written} ({stated.day.isoformat()})"
        for stated in dates
    )


def _numbers(numbers: Iterable[Fraction]) -> str:
    return ", ".join(str(n) if n.denominator == 1 else f"{float(n):g}" for n in numbers)
