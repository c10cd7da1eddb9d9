"""What the choices of a process are called, and how a package of them is tabled in its room."""

from __future__ import annotations

import shlex
from urllib.parse import urlencode

from detente.analysis.packages import Package
from detente.client.preferences import Gathered
from detente.depositary.reading import Record
from detente.state.answers import open_brackets
from detente.state.packages import STANDS
from detente.web.package_page import Tabling
from detente.web.package_trades import Labels, called
from detente.web.package_words import alternative_words, standing_words, untabled_words
from detente.wording.names import Names
from detente.wording.saying import quoted

LONGEST = 60
"""Characters quoted of an alternative."""
FEWEST = 2
"""Texts in a package: a single one is settled by supporting it."""


def labels_of(record: Record, found: Gathered) -> Labels:
    """Provisions by their numbers, alternatives by whose they are and how they begin."""
    names = Names(record)
    instrument = record.visible.state.instruments[found.instrument]
    sides = {one.leaf: one.side for bracket in open_brackets(instrument) for one in bracket.live()}

    def option(leaf: str) -> str:
        if leaf == STANDS:
            return standing_words()
        opened = record.opened(leaf)
        proposed = opened.get("texts") or opened.get("headings") or {}
        text = opened.get("text") or next(iter(proposed.values()), "")
        whose, act = names.author_side(sides[leaf]), names.act(leaf)
        return alternative_words(whose, act, quoted(str(text), LONGEST))

    return Labels(
        tuple(names.provision(issue.name) for issue in found.domain.issues),
        tuple(tuple(map(option, issue.options)) for issue in found.domain.issues),
        tuple(called(party, names.side(party.party)) for party in found.parties),
    )


def standing_package(found: Gathered) -> Package | None:
    """The text as it stands, where leaving its words is a choice everywhere."""
    options = [issue.options for issue in found.domain.issues]
    return tuple(of.index(STANDS) for of in options) if all(STANDS in of for of in options) else None


def fields_to_table(record: Record, found: Gathered, package: Package) -> dict[str, str] | None:
    """The fields of `propose_package`, as minutes write them; None where fewer than two texts are in it."""
    leaves = [issue.options[at] for issue, at in zip(found.domain.issues, package, strict=True)]
    numbers = [record.index_of(leaf) for leaf in leaves if leaf != STANDS]
    named = ", ".join(f"#{number + 1}" for number in numbers if number is not None)
    return {"instrument": found.instrument, "alternatives": named} if len(numbers) >= FEWEST else None


def tabling_of(
    record: Record, found: Gathered, process: str, room: str, number: int, package: Package
) -> Tabling:
    """process: as it was named on the command line; room: address of its pages with a slash at the end, or ""."""
    fields = fields_to_table(record, found, package)
    if fields is None:
        return Tabling(why_not=untabled_words())
    address = f"{room}sign?{urlencode({'kind': 'propose_package', **fields})}" if room else ""
    return Tabling(address, shlex.join(["detente", "packages", process, "--table", str(number)]))
