"""`detente packages`: what could all sign? Reckoned on this machine from what only its mediator can open.

Nothing is sent anywhere and nothing is written but to files that are named, for their owner alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

from detente.acts.kinds import BY_NAME
from detente.cli.act import show_and_sign
from detente.cli.drafting import draft
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option, record_option
from detente.cli.terminal import say, say_lines
from detente.client.keyring import Keyring
from detente.codec.refusal import Refused, refuse
from detente.store.durable_files import write_privately
from detente.views.addresses import process_id
from detente.web.languages import languages
from detente.wording.language import speaking

if TYPE_CHECKING:
    from detente.analysis.packages import Package, Problem
    from detente.client.preferences import Gathered
    from detente.web.package_page import Tabling
    from detente.web.package_trades import Labels

FEWEST: Final = 2
"""Sides of whom it has to be known what they want."""
_NEW: Final = click.Path(dir_okay=False, path_type=Path)


class _Asked(Struct, frozen=True):
    """What is weighed, and what it is called. table, found: of a process, None of a file; notes: what has to be known."""

    problem: Problem
    standing: Package | None
    labels: Callable[[], Labels]
    tabling: Callable[[int, Package], Tabling]
    notes: tuple[str, ...] = ()
    table: AtTheTable | None = None
    found: Gathered | None = None


@click.command("packages")
@click.argument("source")
@click.argument("profiles", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@keys_option
@record_option
@click.option(
    "--text", default="", help="Which text of the process; the first with something open if left out."
)
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=30.0, show_default=True, help="For each part."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.option("--html", type=_NEW, default=None, help="Write the page as one file, for you alone.")
@click.option(
    "--page", is_flag=True, help="Show the page in a browser on this machine, until Ctrl-C or half an hour."
)
@click.option(
    "--language",
    type=click.Choice(["en", "ur"]),
    default="en",
    show_default=True,
    help="Of the file of --html.",
)
@click.option("--last-counts", is_flag=True, help="Of an option that a GENIUS file has twice.")
@click.option(
    "--table", "number", type=click.IntRange(1), default=None, help="Table the package of this number."
)
@click.option("--yes", is_flag=True, help="Sign without asking.")
def command(
    source: str, profiles: tuple[Path, ...], keys: Path, record: Path | None, text: str, seconds: float, as_json: bool,
    html: Path | None, page: bool, language: str, last_counts: bool, number: int | None, yes: bool,
) -> None:  # fmt: skip
    """What could all sign? SOURCE is a process of yours (its address, or the start of its id), whose sealed
    preferences are opened here; or a file: a problem as JSON (docs/specs/packages.md), or a GENIUS domain with the
    PROFILES of its parties.

    --table proposes a package in the room, after you have read what a proposal tells the others."""
    if is_missing():
        raise refuse("packages.extra", "What weighs packages is not installed.",
                     instead="Install detente with the extra “packages”.")  # fmt: skip
    from detente.analysis.packages import answer, write_answer
    from detente.cli.package_tables import in_words
    from detente.web.package_page import packages_page, packages_style, render_packages

    asked = _asked(source, profiles, keys, record, text, last_counts=last_counts)
    if number is not None and asked.table is None:
        raise click.UsageError("A package of a file cannot be tabled: name the process instead.")
    reckoned = answer(asked.problem, asked.standing, seconds=seconds, progress=_progress)

    def made() -> str:
        return render_packages(
            packages_page(reckoned, asked.labels(), tabling=asked.tabling, notes=asked.notes)
        )

    if html is not None:
        with speaking(languages()[language]):
            write_privately(html, made().encode())
        say(f"Written to {html}, for you alone. It is as secret as the points in it.", err=as_json)
    if as_json:
        click.echo(write_answer(reckoned))
    elif number is None and html is None and not page:
        say_lines(in_words(packages_page(reckoned, asked.labels(), tabling=asked.tabling, notes=asked.notes)))
    if number is not None:
        _table(asked, {one.number: one.outcome.package for one in reckoned.shortlist}, number, ask=not yes)
    if page:
        from detente.web.local_page import serve_locally

        serve_locally(made, packages_style(), _say_address)


def _say_address(address: str) -> None:
    say(f"Open {address}")
    say("The address is for you alone. It ends with this program: by Ctrl-C, or after half an hour unasked.")


def is_missing() -> bool:
    from importlib.util import find_spec

    return find_spec("numpy") is None or find_spec("highspy") is None


def _progress(part: str) -> None:
    if sys.stderr.isatty():
        say(f"… {part}", err=True)


def _asked(
    source: str, profiles: tuple[Path, ...], keys: Path, record: Path | None, text: str, *, last_counts: bool
) -> _Asked:
    file = Path(source)
    if profiles or file.is_file():
        return _of_files(file, profiles, last_counts=last_counts)
    return _of_process(source, keys, record, text)


def _of_files(file: Path, profiles: tuple[Path, ...], *, last_counts: bool) -> _Asked:
    from detente.analysis.packages import genius
    from detente.analysis.packages.problem_file import LARGEST, read_problem
    from detente.web.package_page import no_room
    from detente.web.package_trades import Labels

    if not profiles:
        problem, standing = read_problem(_beginning(file, LARGEST + 1))
        return _Asked(problem, standing, lambda: Labels.plain(problem), no_room)
    most = genius.MOST_BYTES + 1
    parties = [genius.Profile(path.stem, _beginning(path, most)) for path in profiles]
    imported = genius.read(_beginning(file, most), *parties, duplicates="last" if last_counts else "refuse")
    notes = tuple(
        f"{one.party}: {one.scale:,} whole points for a worth of 1; a package may lie off by {float(one.most):.3g}."
        for one in imported.roundings
        if one.most
    )
    return _Asked(imported.problem, None, lambda: Labels.plain(imported.problem), no_room, notes)


def _beginning(file: Path, most: int) -> bytes:
    """As much as tells whether a file is too large to be read, which is then refused."""
    with file.open("rb") as opened:
        return opened.read(most)


def _of_process(source: str, keys: Path, copy: Path | None, text: str) -> _Asked:
    from detente.analysis.packages import Problem
    from detente.cli.package_labels import labels_of, standing_package, tabling_of
    from detente.client.preferences import gathered

    held = held_keys(Keyring(keys), source)
    table = AtTheTable(Keyring(keys), held, copy)
    record = table.replica.record
    found = gathered(record, held, text)
    if len(found.parties) < FEWEST:
        raise _too_few(found)
    problem = Problem.of(found.domain, *found.parties)
    room = f"{table.held.host}/processes/{process_id(table.held.process)}/" if table.has_line else ""
    return _Asked(
        problem, standing_package(found), lambda: labels_of(record, found),
        lambda number, package: tabling_of(record, found, source, room, number, package),
        tuple(note.sentence for note in found.notes), table, found,
    )  # fmt: skip


def _too_few(found: Gathered) -> Refused:
    """What is known of whom, and how what is missing is come by."""
    known = " ".join(note.sentence for note in found.notes)
    instead = (
        "Let each side state what the open points are worth to it, in its room, or estimate it in yours."
    )
    if any(note.code == "unreadable" for note in found.notes):
        instead += (
            " What could not be read was sealed before this key was given the chamber’s: have whoever reads it there "
            "give it to this key, on their page of chambers or with “detente chambers”."
        )
    return refuse("packages.parties", f"There is not enough to weigh. {known}", instead=instead)


def _table(asked: _Asked, packages: dict[int, Package], number: int, *, ask: bool) -> None:
    """Propose it, through the door that every act goes through. Raises `Refused`: `packages.number`, `packages.texts`."""
    from detente.cli.package_labels import fields_to_table

    assert asked.table is not None and asked.found is not None
    if number not in packages:
        raise refuse("packages.number", f"There is no package {number}.",
                     instead=f"There are {len(packages)}, numbered from 1.")  # fmt: skip
    fields = fields_to_table(asked.table.replica.record, asked.found, packages[number])
    if fields is None:
        raise refuse("packages.texts", "The package holds fewer than two texts that were proposed.",
                     instead="Support its one text, or choose another package.")  # fmt: skip
    drafted = draft(asked.table.replica, BY_NAME["propose_package"], fields, asked.table.held.signing.key_id, "", (),
                    int(time.time()))  # fmt: skip
    show_and_sign(asked.table, drafted, ask=ask)
