"""Two editions compared, provision by provision and language by language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from detente.provisions.provision import Provision
from detente.provisions.redline import Change, compare_texts

__all__ = ["Change", "LanguageChange", "ProvisionChange", "Status", "compare_editions", "compare_texts"]

Status = Literal["added", "removed", "changed", "unchanged"]


class LanguageChange(msgspec.Struct, frozen=True):
    """What happened to the words in one language, with the redline; `unchanged` has one equal run."""

    language: str
    status: Status
    changes: tuple[Change, ...]


class ProvisionChange(msgspec.Struct, frozen=True):
    """What happened to one provision.

    heading, texts: one entry for each language that either edition has, sorted by tag.
    moved: it stands in both editions, in another order among those that do.
    """

    id: str
    status: Status
    moved: bool
    heading: tuple[LanguageChange, ...]
    texts: tuple[LanguageChange, ...]


def _status(old: object | None, new: object | None) -> Status:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    return "unchanged" if old == new else "changed"


def _by_language(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[LanguageChange, ...]:
    return tuple(
        LanguageChange(
            tag, _status(old.get(tag), new.get(tag)), compare_texts(old.get(tag, ""), new.get(tag, ""), tag)
        )
        for tag in sorted({*old, *new})
    )


def _in_text_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The ids of both: the new order, each removed one after the one it used to follow."""
    kept = set(new)
    followers: dict[str, list[str]] = {}
    anchor = ""
    for eid in old:
        if eid in kept:
            anchor = eid
        else:
            followers.setdefault(anchor, []).append(eid)
    return [*followers.get("", []), *(e for eid in new for e in (eid, *followers.get(eid, [])))]


def steady(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The largest set of shared ids whose order is the same in both (a longest increasing subsequence)."""
    places = {eid: place for place, eid in enumerate(old)}
    shared = [eid for eid in new if eid in places]
    ends: list[int] = []
    tails: list[str] = []
    before: dict[str, str | None] = {}
    for eid in shared:
        length = bisect_left(ends, places[eid])
        before[eid] = tails[length - 1] if length else None
        ends[length : length + 1] = [places[eid]]
        tails[length : length + 1] = [eid]
    kept: set[str] = set()
    step = tails[-1] if tails else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept


def compare_editions(old: Sequence[Provision], new: Sequence[Provision]) -> tuple[ProvisionChange, ...]:
    """Every provision of either edition in text order, each with its redline in every language.

    Ids are taken to be unique within an edition (`check_provisions`).
    """
    olds = {p.id: p for p in old}
    news = {p.id: p for p in new}
    kept = steady(list(olds), list(news))
    found: list[ProvisionChange] = []
    for eid in _in_text_order(list(olds), list(news)):
        a, b = olds.get(eid), news.get(eid)
        heading = _by_language(a.heading if a else {}, b.heading if b else {})
        texts = _by_language(a.texts if a else {}, b.texts if b else {})
        moved = a is not None and b is not None and eid not in kept
        found.append(ProvisionChange(eid, _status(a, b), moved, heading, texts))
    return tuple(found)
