"""The document in which somebody states preferences, and what follows from it (docs/specs/preferences.md).

It is written in a browser, sealed there, and opened again on a mediator's machine only. Whoever wrote it may have used
another program, or meant harm: it is read strictly, every fault at once, and no fault repeats a value.

The text is filled up to a size that follows from the numbers of issues and options alone, which everybody knows. So the
size of what is sealed says nothing of how somebody answered, nor which conditions they made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from detente.analysis.packages.domain import Choice, Domain, Issue, Never, OnlyIf, Package
from detente.analysis.packages.preferences import LARGEST, Preferences
from detente.analysis.packages.scaling import Answer, Method, scaled
from detente.codec.canonical_json import encode_canonical
from detente.codec.identifier import ProvisionId, whole
from detente.codec.refusal import Refusal, Refused, refuse

STEP: Final = 4_096
"""Bytes: a document has a multiple of them."""
FILLING: Final = "."
MOST_ISSUES: Final = 200
"""More than anybody could weigh against each other; sealed, a document of so many still fits into an act."""

Number = Annotated[int, Meta(ge=0, le=LARGEST)]
Place = Annotated[int, Meta(ge=0)]
At = tuple[Place, Place]
"""An option by the places of its issue and of itself, both from 0."""
Option = Annotated[str, Meta(pattern=whole(r"[A-Za-z0-9_-]{43}|as-it-stands"))]


class StatedIssue(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """options: leaves of the live alternatives, or `as-it-stands`. given: what was answered of each, of `ranges` the
    lowest points; high: of `ranges` the highest; weight: the swing, or the rank from 1; points: those that follow."""

    provision: ProvisionId
    options: tuple[Option, ...]
    given: tuple[Number, ...]
    points: tuple[Number, ...]
    high: tuple[Number, ...] = ()
    weight: Number = 0


class Document(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """red_lines: options that are never signed. only_if: pairs, the first only together with the second. reservation:
    what there is without an agreement, in points; fallback: in its place, the package that there is, as the place of
    an option for each issue. Every member is written, also where it says nothing."""

    v: Literal[1]
    method: Method
    issues: Annotated[tuple[StatedIssue, ...], Meta(max_length=MOST_ISSUES)]
    red_lines: tuple[At, ...] = ()
    only_if: tuple[tuple[At, At], ...] = ()
    reservation: Number = 0
    fallback: tuple[Place, ...] = ()
    pad: str = ""


def read_document(text: str) -> Document:
    """Raises `Refused` with every fault found: `preferences.malformed`, `.size`, `.given`, `.points`, `.condition`,
    `.reservation`."""
    try:
        json.loads(text, object_pairs_hook=_no_name_twice)
        document = msgspec.json.decode(text, type=Document)
    except (ValueError, RecursionError) as error:
        raise refuse(
            "preferences.malformed",
            "The document is not one of preferences, version 1: a member is missing, unknown or of another type.",
            instead="Give the preferences again on the page, or see docs/specs/preferences.md.",
        ) from error
    if faults := (*_faults_of_size(text, document), *_faults(document)):
        raise Refused(*faults)
    return document


def document_text(document: Document) -> str:
    """The document as it is sealed: its points worked out from its answers, and filled up.

    Raises `Refused`: `preferences.size` where it does not fit, or as `read_document`."""
    document = replace(document, issues=_with_points(document), pad="")
    lacking = _room(document) - _size(_canonical(document))
    text = _canonical(replace(document, pad=FILLING * lacking))
    read_document(text)
    return text


def domain_of(document: Document) -> Domain:
    return Domain(tuple(Issue(issue.provision, issue.options) for issue in document.issues))


def preferences_of(document: Document, party: str, *, estimate: bool = False) -> Preferences:
    """What a document that was read says, over `domain_of` it. party: whose; estimate: given on its behalf."""
    found = scaled(document.method, _answers(document))
    never = tuple(Never((Choice(*at),)) for at in document.red_lines)
    only_if = tuple(OnlyIf(Choice(*taken), Choice(*needed)) for taken, needed in document.only_if)
    return Preferences(
        party,
        found.points,
        reservation=document.fallback or document.reservation,
        rules=(*never, *only_if),
        ranges=found.ranges,
        estimate=estimate,
    )


def _answers(document: Document) -> list[Answer]:
    return [Answer(issue.given, issue.high, issue.weight) for issue in document.issues]


def _with_points(document: Document) -> tuple[StatedIssue, ...]:
    points = scaled(document.method, _answers(document)).points
    return tuple(replace(issue, points=of) for issue, of in zip(document.issues, points, strict=True))


# --- how long it is


def _canonical(document: Document) -> str:
    return encode_canonical(msgspec.to_builtins(document)).decode()


def _size(text: str) -> int:
    """Bytes of the text as the disclosure holds it: a JSON string, with what has to be escaped."""
    return len(encode_canonical(text))


def _room(document: Document) -> int:
    """Bytes of a document with so many issues and options, whatever it says."""
    options = sum(len(issue.options) for issue in document.issues)
    return STEP * -(-(1_024 + 320 * len(document.issues) + 192 * options) // STEP)


def _faults_of_size(text: str, document: Document) -> Iterator[Refusal]:
    size, room = _size(text), _room(document)
    if size > room:
        yield Refusal(
            "preferences.size",
            f"The document has {size} bytes, and one with so many issues and options has {room}.",
            instead="Make fewer conditions.",
        )
    elif size < room or text != _canonical(document) or set(document.pad) - {FILLING}:
        yield Refusal(
            "preferences.size",
            "The document is not in canonical form, or not filled up to the size of its numbers of issues and options.",
            instead="Fill it up: its size would say something of what is in it.",
        )


def _no_name_twice(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a member stands twice")


# --- what it says


def _faults(document: Document) -> Iterator[Refusal]:
    shapes = list(_faults_of_answers(document))
    yield from shapes
    if not shapes and _with_points(document) != document.issues:
        yield Refusal(
            "preferences.points",
            "The points of the document are not those that follow from its answers.",
            instead="Work them out as docs/specs/preferences.md says.",
        )
    if not shapes and not any(any(issue.points) for issue in document.issues):
        yield Refusal(
            "preferences.points",
            "No option is worth more than another.",
            instead="Give points to at least one option.",
        )
    yield from _faults_of_conditions(document)
    if document.fallback and (document.reservation or not _is_package(document, document.fallback)):
        yield Refusal(
            "preferences.reservation",
            "What there is without an agreement is said twice, or not as one option for each issue.",
            instead="Choose one option for each issue, or say what it is worth in points.",
        )


def _faults_of_answers(document: Document) -> Iterator[Refusal]:
    names = [issue.provision for issue in document.issues]
    if not names or len(set(names)) < len(names):
        yield _misanswered(
            "No provision is named, or one is named twice", "Name each provision that is open once."
        )
    for issue in document.issues:
        where, count = issue.provision, len(issue.options)
        high = count if document.method == "ranges" else 0
        if not count or len(set(issue.options)) < count:
            yield _misanswered(f"{where} has no option, or one of them twice", "Name each alternative once.")
        if (len(issue.given), len(issue.points), len(issue.high)) != (count, count, high):
            yield _misanswered(
                f"{where} has not the numbers that its method asks for each option",
                "Answer for every option; 0 where it is worth nothing.",
            )
        if any(low > most for low, most in zip(issue.given, issue.high, strict=False)):
            yield _misanswered(f"{where} has lowest points above the highest", "Give the lowest first.")
        if not _is_weighed(document.method, issue):
            yield _misanswered(
                f"{where} has no rank, or a weight that nothing asks for",
                "Ranks begin with 1; points and ranges have no weight.",
            )


def _misanswered(sentence: str, instead: str) -> Refusal:
    return Refusal("preferences.given", f"{sentence}.", instead=instead)


def _is_weighed(method: Method, issue: StatedIssue) -> bool:
    if method == "rank":
        return issue.weight > 0 and all(issue.given)
    return method == "swing" or issue.weight == 0


def _faults_of_conditions(document: Document) -> Iterator[Refusal]:
    named = [*document.red_lines, *(at for pair in document.only_if for at in pair)]
    if not all(_is_there(document, at) for at in named):
        yield Refusal("preferences.condition", "A condition names an option that is not there.",
                      instead="Name issues and options by their places, from 0.")  # fmt: skip
    if any(taken[0] == needed[0] for taken, needed in document.only_if):
        yield Refusal("preferences.condition", "A condition names two options of one issue, which never stand together.",
                      instead="Name options of two issues, or make the option a red line.")  # fmt: skip
    twice = len(set(document.red_lines)) < len(document.red_lines) or len(set(document.only_if)) < len(
        document.only_if
    )
    if twice:
        yield Refusal("preferences.condition", "A condition is made twice.", instead="Make it once.")


def _is_there(document: Document, at: At) -> bool:
    issue, option = at
    return issue < len(document.issues) and option < len(document.issues[issue].options)


def _is_package(document: Document, package: Package) -> bool:
    return len(package) == len(document.issues) and all(
        _is_there(document, (issue, option)) for issue, option in enumerate(package)
    )
