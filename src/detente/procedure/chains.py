"""From evidence to observance: exhibit, demand, assurance, commitment, observance, each following on the one before.

A chain begins at whichever stands first. Where an act is missing that somebody could do now, there is a *gap*, with whose
turn it is and since which act; what is only claimed is no gap and no signed act. What ends a chain (a demand that is
withdrawn or declined) is no gap either: nobody is awaited. Under a text that is not in force nothing is owed. Nothing
here says that what an exhibit or an assurance states is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from detente.acts.commitments import missing_elements
from detente.acts.evidence.acknowledgment import unreceived
from detente.acts.sealing import MEDIATORS, group_of
from detente.acts.undertakings.assurances import is_given
from detente.acts.undertakings.spoken import is_unanswered
from detente.state.answers import is_in_force
from detente.state.records import State, in_order
from detente.state.undertakings import Assurance, Commitment, Demand, Exhibit

Place = Literal["exhibit", "demand", "assurance", "commitment", "observance"]
Missing = Literal[
    "receipt", "presentation", "assurance", "confirmation", "refused", "taken back", "words", "commitment", "elements",
    "report",
]  # fmt: skip
"""What a gap lacks. presentation: the exhibit was not presented to the side of which something is asked on it; words:
whoever claims that an assurance was given has named no words of a text that it stands in."""


class Gap(Struct, frozen=True):
    """whose: sides, "M", or persons who can fill it; since: index of the act after which it has stood open."""

    place: Place
    missing: Missing
    whose: tuple[str, ...]
    since: int


class Chain(Struct, frozen=True):
    """What stands, and the gaps, in the order of the places. A chain without a demand can hold an exhibit alone."""

    exhibit: Exhibit | None = None
    demand: Demand | None = None
    assurance: Assurance | None = None
    commitment: Commitment | None = None
    gaps: tuple[Gap, ...] = ()

    def gap(self, place: Place) -> Gap | None:
        return next((gap for gap in self.gaps if gap.place == place), None)


class _Held(Struct, frozen=True):
    """The record's undertakings, found by what they rest on."""

    demands: Mapping[str, list[Demand]]
    assurances: Mapping[str, list[Assurance]]
    commitments: Mapping[object, list[Commitment]]


def chains(state: State) -> tuple[Chain, ...]:
    """Every exhibit, demand, assurance and commitment stands in at least one; those that begin with an exhibit first."""
    demands, assurances = in_order(state.demands.values()), in_order(state.assurances.values())
    standing = [c for c in in_order(state.commitments.values()) if c.stands]
    held = _Held(
        _by_key((leaf, demand) for demand in demands for leaf in demand.exhibits),
        _by_key((a.demand or "", a) for a in assurances),
        _by_key((key, c) for c in standing for key in (c.assurance, (c.instrument, c.provision))),
    )
    found = [
        *(chain for e in in_order(state.exhibits.values()) for chain in _from_exhibit(held, e)),
        *(chain for d in demands if not d.exhibits for chain in _on(held, None, d)),
        *(chain for a in held.assurances.get("", ()) for chain in _taken_up(held, Chain(assurance=a))),
    ]
    taken_up = {chain.commitment.leaf for chain in found if chain.commitment}
    alone = [Chain(commitment=c) for c in standing if c.leaf not in taken_up]
    return tuple(_with_gaps(state, chain) for chain in (*found, *alone))


K = TypeVar("K")
V = TypeVar("V")


def _by_key(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _from_exhibit(held: _Held, exhibit: Exhibit) -> Iterator[Chain]:
    demands = held.demands.get(exhibit.leaf)
    if not demands:
        yield Chain(exhibit=exhibit)
    for demand in demands or ():
        yield from _on(held, exhibit, demand)


def _on(held: _Held, exhibit: Exhibit | None, demand: Demand) -> Iterator[Chain]:
    return _taken_up(held, Chain(exhibit, demand, _answer(held.assurances.get(demand.leaf, []))))


def _answer(assurances: list[Assurance]) -> Assurance | None:
    """The last assurance that stands; failing one, the last that was given or read back."""
    return next((a for a in reversed(assurances) if is_given(a)), assurances[-1] if assurances else None)


def _taken_up(held: _Held, chain: Chain) -> Iterator[Chain]:
    """The chain, once for each commitment drawn for its assurance, or from the words that would meet its demand."""
    given = held.commitments.get(chain.assurance.leaf, []) if chain.assurance else []
    words = chain.demand.provision if chain.demand else None
    drawn = (
        in_order({c.leaf: c for c in (*given, *held.commitments.get(words, []))}.values()) if words else given
    )
    for commitment in drawn or (None,):
        yield replace(chain, commitment=commitment)


# --- gaps


def _with_gaps(state: State, chain: Chain) -> Chain:
    gaps = (
        _unreceived(state, chain),
        _unassured(state, chain),
        _uncommitted(state, chain),
        _unreported(state, chain),
    )
    return replace(chain, gaps=tuple(gap for gap in gaps if gap is not None))


def is_ended(chain: Chain) -> bool:
    """Whether its demand was withdrawn, or declined and not met all the same: nothing follows, and nobody is awaited."""
    demand, assurance = chain.demand, chain.assurance
    if demand is None:
        return False
    met = chain.commitment is not None or (assurance is not None and is_given(assurance))
    return demand.withdrawn is not None or (demand.declined is not None and not met)


def is_claimed(state: State, assurance: Assurance) -> bool:
    """Whether it is another side's word only that it was given: the mediators minute, a side claims."""
    claimed = assurance.spoken and group_of(state, assurance.by) != MEDIATORS
    return claimed and is_unanswered(assurance)


def _unreceived(state: State, chain: Chain) -> Gap | None:
    exhibit, demand = chain.exhibit, chain.demand
    if exhibit is None or not exhibit.files or is_ended(chain):
        return None
    if demand is not None and demand.of not in exhibit.to:
        if demand.of == group_of(state, exhibit.by):
            return None
        return Gap("exhibit", "presentation", (_whose(state, exhibit.by),), demand.index)
    awaited = unreceived(exhibit)
    if not awaited or (demand is not None and demand.of not in awaited):
        return None
    return Gap("exhibit", "receipt", awaited, exhibit.index)


def _unassured(state: State, chain: Chain) -> Gap | None:
    demand, assurance = chain.demand, chain.assurance
    if is_ended(chain) or chain.commitment is not None:
        return None
    if assurance is None:
        return Gap("assurance", "assurance", (demand.of,), demand.index) if demand else None
    if assurance.withdrawn is not None:
        return Gap("assurance", "taken back", (assurance.side,), assurance.withdrawn)
    if assurance.refused is not None:
        return Gap("assurance", "refused", (assurance.side,), assurance.refused)
    if is_unanswered(assurance) and not is_claimed(state, assurance):
        return Gap("assurance", "confirmation", (assurance.speaker,), assurance.index)
    return None


def _uncommitted(state: State, chain: Chain) -> Gap | None:
    assurance, commitment = chain.assurance, chain.commitment
    if commitment is not None:
        lacking = missing_elements(commitment)
        return (
            Gap("commitment", "elements", (_whose(state, commitment.by),), commitment.index)
            if lacking
            else None
        )
    if assurance is None or is_ended(chain):
        return None
    if is_claimed(state, assurance):
        return Gap("commitment", "words", (_whose(state, assurance.by),), assurance.index)
    if not is_given(assurance):
        return None
    return Gap("commitment", "commitment", (MEDIATORS,), max(assurance.index, assurance.confirmed or 0))


def _unreported(state: State, chain: Chain) -> Gap | None:
    """A commitment in force on which nobody has reported or found anything."""
    commitment = chain.commitment
    if commitment is None or not is_owed(state, commitment) or reports_on(state, commitment):
        return None
    since = state.instruments[commitment.instrument].in_force_index
    whose = commitment.actors or ((commitment.verifier,) if commitment.verifier else (MEDIATORS,))
    return Gap("observance", "report", whose, max(commitment.index, since or 0))


def is_owed(state: State, commitment: Commitment) -> bool:
    """Whether the text that it is drawn from is in force."""
    instrument = state.instruments.get(commitment.instrument)
    return instrument is not None and is_in_force(instrument)


def reports_on(state: State, commitment: Commitment) -> tuple[int, ...]:
    """Indices of the reports of performance, and of the findings, on a commitment."""
    reported = [p.index for p in state.performances.values() if p.commitment == commitment.leaf]
    found = [f.index for f in state.findings.values() if commitment.leaf in (f.about, f.commitment)]
    return tuple(sorted((*reported, *found)))


def _whose(state: State, person: str) -> str:
    return group_of(state, person) or person


def labels(state: State) -> dict[str, str]:
    """What a page calls exhibits, demands and assurances: E1, D1, S1, in the order of their acts. By leaf."""
    return {**_numbered("E", state.exhibits.values()), **_numbered("D", state.demands.values()),
            **_numbered("S", state.assurances.values())}  # fmt: skip


def _numbered(letter: str, records: Iterable[Exhibit | Demand | Assurance]) -> dict[str, str]:
    return {record.leaf: f"{letter}{number}" for number, record in enumerate(in_order(records), 1)}
