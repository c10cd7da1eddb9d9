"""Packages: alternatives on several provisions that stand or fall together; accept one, decline one.

Rules: a package names one live alternative for each of two provisions or more. Accepted by every negotiating
side, it closes their brackets provisionally, all at once, as support of all does for one; an edition takes it up.
It falls when one of its texts is withdrawn, when every side supports another text of one of its provisions, or
when an edition is issued before all have accepted. If one of the provisions that it closed is opened again before
an edition took it up, all are. To decline moves nothing, and a side may think again either way while it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from detente.acts.act import MEDIATION, SIDES, TABLE, Act, Clear, Hidden, Kind, Offer, refusals
from detente.acts.bracketing import closed_to_brackets
from detente.acts.convening import Reason
from detente.acts.subjects import missing_instrument, not_a_side_of, own_side, side_of, with_instrument
from detente.codec.identifier import Leaf, SubjectId
from detente.codec.refusal import Refusal
from detente.provisions.numbering import number_of
from detente.state.answers import open_brackets
from detente.state.instrument import Instrument, Package
from detente.state.packages import Fall, close, fall_of, standing_packages, unanswered
from detente.state.records import Person, State


class ProposePackage(Clear, frozen=True, kw_only=True, tag="propose_package"):
    """alternatives: the leaves of live alternatives, one for each provision of the package."""

    instrument: SubjectId
    alternatives: tuple[Leaf, ...]


class PackageWords(Hidden, frozen=True, kw_only=True):
    """text: what the author says of it, for example why it is balanced; warned: whether its author was shown, before
    signing, what this kind commits to: that what is put together shows what matters most."""

    text: str | None = None
    warned: bool = False


class AcceptPackage(Clear, frozen=True, kw_only=True, tag="accept_package"):
    instrument: SubjectId
    package: Leaf


class DeclinePackage(Clear, frozen=True, kw_only=True, tag="decline_package"):
    instrument: SubjectId
    package: Leaf


def _open_alternatives(instrument: Instrument) -> dict[str, str]:
    """leaf -> provision of every live alternative in an open bracket."""
    return {a.leaf: bracket.provision for bracket in open_brackets(instrument) for a in bracket.live()}


def _not_for(state: State, act: Act[Any]) -> Refusal | None:
    """A side proposes on the texts that it negotiates; a mediator on any."""
    if state.people[act.author].role in MEDIATION:
        return None
    return not_a_side_of(state, act.clear.instrument, side_of(state, act.author))


def examine_propose(state: State, act: Act[ProposePackage]) -> tuple[Refusal, ...]:
    instrument, named = state.instruments.get(act.clear.instrument), act.clear.alternatives
    found = (*closed_to_brackets(state, act.clear.instrument), *refusals(_not_for(state, act)))
    if instrument is None:
        return found
    where = _open_alternatives(instrument)
    unknown = [leaf for leaf in named if leaf not in where]
    provisions = [where[leaf] for leaf in named if leaf in where]
    places = [number_of(provision, full=True) for provision in dict.fromkeys(where.values())]
    return (
        *found,
        *refusals(
            Refusal("package.alternative",
                    f"Of the {len(named)} texts named, {len(unknown)} stand in no open bracket of this text.",
                    instead=f"Open brackets: {', '.join(places) or 'none; propose a text'}.")
            if unknown
            else None,
            Refusal("package.provisions", "A package holds one text for each of two provisions or more.",
                    instead="Name one alternative for each provision; a single one is settled by supporting its text.")
            if len(named) < 2 or len(set(provisions)) != len(provisions)
            else None,
            Refusal("package.present", "A package of the same texts stands already.",
                    instead="Accept that one, or change one of its texts.")
            if any({leaf for _p, leaf in p.alternatives} == set(named) for p in standing_packages(instrument))
            else None,
        ),
    )  # fmt: skip


def evolve_propose(state: State, act: Act[ProposePackage]) -> State:
    instrument, side = state.instruments[act.clear.instrument], side_of(state, act.author)
    assert instrument.edition is not None
    where = _open_alternatives(instrument)
    package = Package(
        act.leaf, state.size, side or "M", instrument.edition.leaf,
        tuple((where[leaf], leaf) for leaf in act.clear.alternatives), frozenset({side} if side else ()),
    )  # fmt: skip
    return _answered(state, instrument, package)


def _answered(state: State, instrument: Instrument, package: Package) -> State:
    """With the package as its sides have answered it; closed where the last of them has accepted."""
    if package.accepted.issuperset(instrument.sides):
        return with_instrument(state, close(instrument, package, state.size))
    return with_instrument(
        state, replace(instrument, packages=instrument.packages.set(package.leaf, package))
    )


def _package(state: State, act: Act[Any]) -> Package | None:
    instrument = state.instruments.get(act.clear.instrument)
    return instrument.packages.get(act.clear.package) if instrument else None


_FALLEN = {
    "edition": "An edition has been issued since, and the package fell with it.",
    "withdrawn": "Its text of {provision} is withdrawn, and the package fell with it.",
    "settled": "Every side supports another text of {provision}, and the package fell with that.",
    "reopened": "One of its provisions was opened again, and the package fell with that.",
}


def _fallen(fall: Fall) -> str:
    return _FALLEN[fall.why].format(provision=number_of(fall.provision, full=True) if fall.provision else "")


def _not_open(state: State, act: Act[Any]) -> tuple[Refusal, ...]:
    """What stands in the way of answering a package at all."""
    instrument, package = state.instruments.get(act.clear.instrument), _package(state, act)
    if instrument is None:
        return refusals(missing_instrument(state, act.clear.instrument))
    fall = fall_of(instrument, package) if package else None
    return refusals(
        not_a_side_of(state, instrument.id, side_of(state, act.author)),
        Refusal("package.unknown", "The record holds no such package on this text.",
                instead="Name the act that proposed it.")
        if package is None
        else None,
        Refusal("package.fallen", _fallen(fall),
                instead="Propose a package again, of texts that stand.")
        if fall is not None
        else None,
        Refusal("package.closed", "Every side has accepted this package.",
                instead="A mediator can issue the edition that takes it up; a side can still reserve a provision.")
        if package is not None and package.closed is not None and fall is None
        else None,
    )  # fmt: skip


def _reserved(instrument: Instrument, package: Package) -> Refusal | None:
    """A provision that a side has reserved stays open: the package could not close all at once."""
    brackets = [instrument.brackets[provision] for provision, _leaf in package.alternatives]
    reserved = [(side, b.provision) for b in brackets for side, _leaf in b.reserved]
    if not reserved:
        return None
    where = ", ".join(f"{number_of(provision, full=True)} by {side}" for side, provision in reserved)
    return Refusal("package.reserved", f"Provisions of this package are reserved: {where}.",
                   instead="Whoever reserved a provision can lift that; then the package can be accepted.")  # fmt: skip


def examine_accept(state: State, act: Act[AcceptPackage]) -> tuple[Refusal, ...]:
    found, package = _not_open(state, act), _package(state, act)
    if found or package is None:
        return found
    return refusals(
        Refusal("package.accepted", "Your side has accepted this package already.",
                instead="It can decline it as long as not every side has accepted.")
        if side_of(state, act.author) in package.accepted
        else None,
        _reserved(state.instruments[act.clear.instrument], package),
    )  # fmt: skip


def evolve_accept(state: State, act: Act[AcceptPackage]) -> State:
    instrument, side = state.instruments[act.clear.instrument], own_side(state, act)
    package = instrument.packages[act.clear.package]
    accepted, declined = package.accepted | {side}, package.declined - {side}
    return _answered(state, instrument, replace(package, accepted=accepted, declined=declined))


def examine_decline(state: State, act: Act[DeclinePackage]) -> tuple[Refusal, ...]:
    found, package = _not_open(state, act), _package(state, act)
    if found or package is None or side_of(state, act.author) not in package.declined:
        return found
    return (Refusal("package.declined", "Your side has declined this package already.",
                    instead="It can accept it while it stands, or propose another."),)  # fmt: skip


def evolve_decline(state: State, act: Act[DeclinePackage]) -> State:
    instrument, side = state.instruments[act.clear.instrument], own_side(state, act)
    package = instrument.packages[act.clear.package]
    accepted, declined = package.accepted - {side}, package.declined | {side}
    return _answered(state, instrument, replace(package, accepted=accepted, declined=declined))


def _unanswered(state: State, person: Person) -> Iterable[tuple[Instrument, Package]]:
    for instrument in state.texts():
        for package in standing_packages(instrument):
            if person.side in unanswered(instrument, package):
                yield instrument, package


def offers_accept(state: State, person: Person) -> Iterable[Offer]:
    for instrument, package in _unanswered(state, person):
        if _reserved(instrument, package) is None:
            yield Offer(
                "accept_package", package.leaf, {"instrument": instrument.id, "package": package.leaf}
            )


def offers_decline(state: State, person: Person) -> Iterable[Offer]:
    for instrument, package in _unanswered(state, person):
        yield Offer("decline_package", package.leaf, {"instrument": instrument.id, "package": package.leaf})


KINDS = (
    Kind(ProposePackage, PackageWords, TABLE, examine_propose, evolve_propose,
         "{author} proposes a package on {instrument}",
         "What you put together shows the others which of these points matter most to you. It binds nobody; a side "
         "that proposes it has accepted it."),
    Kind(AcceptPackage, Hidden, SIDES, examine_accept, evolve_accept,
         "{author} accepts the package {package} on {instrument}",
         "When every side has accepted, all the brackets of the package close together, provisionally.",
         offers=offers_accept),
    Kind(DeclinePackage, Reason, SIDES, examine_decline, evolve_decline,
         "{author} declines the package {package} on {instrument}",
         "Nothing else moves: each bracket stays as it is, and you may still accept while the package stands.",
         offers=offers_decline),
)  # fmt: skip
