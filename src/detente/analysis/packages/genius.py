"""Domains and preferences of GENIUS, as XML: the form in which research on negotiation passes them on.

A domain names issues and options. A profile has for each option an evaluation and for each issue a weight; a package is
worth the sum of weight times evaluation over the issue's largest evaluation, from 0 to 1 (Lin et al., *Genius*, 2014).
Here such a worth is brought to integer points, `scale` of them for 1, and it is said how far off the points of any
package may be: where that is 0, every answer is that of the file.

A reservation is taken as stated, however low. A discount is read and told, and not applied: it weighs rounds of a
protocol, and a package has none. Files are read without document types or entities, and up to a size and a depth.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final, Literal
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from msgspec import Struct

from detente.analysis.packages.domain import Domain, Issue
from detente.analysis.packages.preferences import LARGEST, Preferences
from detente.analysis.packages.problem import Problem
from detente.codec.refusal import Refusal, Refused, refuse

MOST_BYTES: Final = 8 << 20
MOST_DEPTH: Final = 32
TOTAL_WITHIN: Final = Fraction(1, 1000)
"""How far from 1 weights may total: files give three digits at times."""
Duplicates = Literal["refuse", "last"]


class Rounding(Struct, frozen=True):
    """scale: points for a worth of 1. most: by how many points the worth of any package may differ from its real one, at
    most; reservation: by how many the reservation does. Points less the real worth, exact."""

    party: str
    scale: int
    most: Fraction
    reservation: Fraction


class Imported(Struct, frozen=True):
    """discounts: of each party, by which a worth is multiplied as time passes; 1 where none is stated."""

    problem: Problem
    roundings: tuple[Rounding, ...]
    discounts: tuple[Fraction, ...]


class Profile(Struct, frozen=True):
    """A party's file; its name is whose it is."""

    party: str
    file: bytes


def read(
    domain: bytes, *profiles: Profile, scale: int = LARGEST, duplicates: Duplicates = "refuse"
) -> Imported:
    """A domain's file and those of its parties.

    duplicates: an option that a file has twice is refused, or the last of them is taken with its evaluation.
    Raises Refused with all faults of a file: `packages.genius`, and what `Problem.of` refuses.
    """
    if not 1 <= scale <= LARGEST:
        raise refuse(
            "packages.genius", f"The scale is not between 1 and {LARGEST:,}.", instead="1,000 is usual."
        )
    read_domain = _domain(_objective(_parsed(domain, "the domain"), "the domain"), duplicates)
    parties = [_party(read_domain, profile, scale, duplicates) for profile in profiles]
    problem = Problem.of(read_domain, *(preferences for preferences, _, _ in parties))
    return Imported(
        problem, tuple(rounding for _, rounding, _ in parties), tuple(discount for _, _, discount in parties)
    )


def _domain(objective: Element, duplicates: Duplicates) -> Domain:
    faults: list[Refusal] = []
    issues = []
    for issue in objective.findall("issue"):
        name = issue.get("name", "")
        options = [item.get("value", "") for item in issue.findall("item")]
        issues.append(Issue(name, _once(options, duplicates)))
        kinds = {issue.get(key, "discrete").lower() for key in ("vtype", "etype", "type")}
        if kinds != {"discrete"}:
            faults.append(_fault(f"{name} is a range of numbers, not a list of options."))
    if objective.find("objective") is not None:
        faults.append(_fault("Issues stand under objectives within objectives."))
    if faults:
        raise Refused(*faults)
    return Domain(tuple(issues))


def _once(options: list[str], duplicates: Duplicates) -> tuple[str, ...]:
    """Refusing what is there twice is left to `Problem.of`, which says so for every issue."""
    return tuple(dict.fromkeys(options)) if duplicates == "last" else tuple(options)


def _party(
    domain: Domain, profile: Profile, scale: int, duplicates: Duplicates
) -> tuple[Preferences, Rounding, Fraction]:
    whose = f"“{profile.party}”"  # a name, which stands in sentences of every language
    root = _parsed(profile.file, whose)
    objective = _objective(root, whose)
    faults: list[Refusal] = []
    found = {issue.get("name", ""): issue for issue in objective.findall("issue")}
    weights = {weight.get("index"): _number(weight, whose, faults) for weight in objective.findall("weight")}
    points, off = [], Fraction()
    for issue in domain.issues:
        stated = found.get(issue.name)
        if stated is None:
            faults.append(_fault(f"There is no {issue.name} in {whose}."))
        elif (weight := weights.get(stated.get("index"))) is None:
            faults.append(_fault(f"There is no weight of {issue.name} in {whose}."))
        else:
            real = _worth(issue, stated, scale * weight, whose, duplicates, faults)
            points.append(tuple(map(round, real)))
            off += max((abs(round(value) - value) for value in real), default=Fraction())
    total = sum(weights.values(), Fraction())
    shown = f"{float(total):.4g}"
    if not faults and abs(total - 1) > TOTAL_WITHIN:
        faults.append(
            _fault(
                f"The weights in {whose} total {shown}, and not 1.",
                "Divide each of them by their total.",
            )
        )
    reserved = _of_whole(root, "reservation", Fraction(0), whose, faults) * scale
    discount = _of_whole(root, "discount_factor", Fraction(1), whose, faults)
    if faults:
        raise Refused(*faults)
    return (
        Preferences(profile.party, tuple(points), reservation=round(reserved)),
        Rounding(profile.party, scale, off, abs(round(reserved) - reserved)),
        discount,
    )


def _worth(
    issue: Issue, stated: Element, most: Fraction, whose: str, duplicates: Duplicates, faults: list[Refusal]
) -> list[Fraction]:
    """What each option is worth, the one with the largest evaluation `most`; nothing where one of them has none."""
    evaluations = _evaluations(stated, whose, duplicates, faults)
    missing = [option for option in issue.options if option not in evaluations]
    faults += [
        _fault(f"There is no evaluation of {option} in {issue.name} in {whose}.") for option in missing
    ]
    if missing:
        return []
    largest = max((evaluations[option] for option in issue.options), default=Fraction())
    if largest < 0:
        faults.append(_fault(f"All evaluations of {issue.name} in {whose} are below 0."))
    return [most * evaluations[option] / (largest or 1) for option in issue.options]


def _evaluations(
    issue: Element, whose: str, duplicates: Duplicates, faults: list[Refusal]
) -> dict[str, Fraction]:
    """By option; of one that is there twice the last, unless that is refused."""
    name, found = issue.get("name", ""), dict[str, Fraction]()
    for item in issue.findall("item"):
        option = item.get("value", "")
        if option in found and duplicates == "refuse":
            faults.append(
                _fault(
                    f"{name} has the option {option} more than once in {whose}.",
                    "Say that the last one counts, or correct the file.",
                )
            )
        found[option] = _number(item, whose, faults, "evaluation")
    return found


def _of_whole(root: Element, name: str, otherwise: Fraction, whose: str, faults: list[Refusal]) -> Fraction:
    element = root.find(name)
    return otherwise if element is None else _number(element, whose, faults)


def _number(element: Element, whose: str, faults: list[Refusal], key: str = "value") -> Fraction:
    """A decimal number of reasonable length; nothing else, and no power of ten that fills the memory."""
    stated = element.get(key, "")
    try:
        number = Decimal(stated)
        if len(stated) <= 60 and number.is_finite() and (not number or abs(number.adjusted()) <= 30):
            return Fraction(number)
    except InvalidOperation:
        pass
    shown = stated[:20] or "nothing"
    faults.append(_fault(f"Where {whose} should have a number, it has {shown}."))
    return Fraction(0)


# --- XML, as much of it as these files need


def _objective(root: Element, whose: str) -> Element:
    space = root if root.tag == "utility_space" else root.find("utility_space")
    objective = None if space is None else space.find("objective")
    if objective is None:
        raise Refused(_fault(f"There is no objective with issues in {whose}."))
    return objective


def _parsed(file: bytes, whose: str) -> Element:
    if len(file) > MOST_BYTES:
        raise Refused(_fault(f"The file of {whose} is larger than {MOST_BYTES >> 20} MB."))
    tree, depth = TreeBuilder(), 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise Refused(_fault(f"The elements of {whose} are nested more than {MOST_DEPTH} deep."))
        tree.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        tree.end(tag)

    def document_type(*_: object) -> None:
        raise Refused(_fault(f"The file of {whose} declares a document type, which could hide anything."))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = document_type
    try:
        parser.Parse(file, True)
    except (
        expat.ExpatError,
        LookupError,
        ValueError,
    ) as fault:  # an encoding may be unknown, or of no one byte
        raise Refused(_fault(f"The file of {whose} is not XML: {fault}.")) from None
    return tree.close()


def _fault(sentence: str, instead: str = "Correct the file, or leave this domain out.") -> Refusal:
    return Refusal("packages.genius", sentence, instead=instead)
