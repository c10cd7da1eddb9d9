"""`detente incidents`: look at a feed of incidents line by line, report it as one batch, and propose duplicates.

A file of a source is read on this machine, and what cannot be read is said with its line. The batch is written as Parquet
(docs/specs/incidents.md), sent to the host, and reported by one act that commits to its SHA-256.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext, redirect_stdout
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import msgspec

from detente.acts.kinds import BY_NAME
from detente.cli.act import show_and_sign
from detente.cli.drafting import draft
from detente.cli.incident_report import AsJson, InWords, Report
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.present import Counted, progress_of
from detente.cli.terminal import say
from detente.client.keyring import Keyring
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import refuse
from detente.interchange.gazetteer import read_gazetteer
from detente.interchange.incidents.batch_file import incidents_in, is_batch
from detente.interchange.incidents.dates import Order
from detente.interchange.incidents.importing import Imported, import_extra, import_incidents
from detente.interchange.incidents.mapping import read_mapping

if TYPE_CHECKING:
    from detente.analysis.duplicates import Likely
    from detente.analysis.duplicates import Report as Compared

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("incidents")
def command() -> None:
    """Read feeds of incidents: UCDP GED, ACLED, GDELT, and tables or GeoJSON of your own."""


def _reading(function: Callable[..., None]) -> Callable[..., None]:
    """What both verbs ask about the file."""
    options = (
        click.argument("file", type=_FILE),
        click.option(
            "--mapping", type=_FILE, default=None, help="A TOML file that says which columns are which."
        ),
        click.option(
            "--dates", "order", type=click.Choice(["day first", "month first"]), default=None,
            help="How 3/4/2010 is meant, where the file does not show it.",
        ),
        click.option(
            "--gazetteer", "places", multiple=True, type=_FILE,
            help="A file of places: rows that have a name and no point are placed by it (docs/specs/gazetteer.md).",
        ),
        click.option(
            "--aliases", multiple=True, type=_FILE,
            help="A table of old and other names of those places.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object."),
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@command.command("check")
@_reading
def check(file: Path, as_json: bool, **how: Any) -> None:
    """Say of each row of FILE what is wrong with it and what an import would do. Exits 1 if a row would be kept out.

    Of a batch, a Parquet file as its act commits to it: how many incidents it holds, and its SHA-256."""
    if is_batch(file):
        _say_batch(file, as_json=as_json)
        return
    report: Report = AsJson() if as_json else InWords()
    with tempfile.TemporaryDirectory() as folder:
        found = _read(file, Path(folder) / "incidents.parquet", report, **how)
    report.end(found)
    if found.kept_out:
        sys.exit(1)


def _say_batch(file: Path, *, as_json: bool) -> None:
    with file.open("rb") as batch:
        digest = encode_base64url(file_digest(batch, "sha256").digest())
    rows, size = incidents_in(file), file.stat().st_size
    if as_json:
        click.echo(msgspec.json.encode({"digest": digest, "rows": rows, "size": size}).decode())
        return
    say(
        f"A batch of {rows} incidents, {size} bytes. Its act commits to the file {digest}, and to that number."
    )


@command.command("import")
@_reading
@keys_option
@click.option("--process", default="", help="The process to report them in; without it nothing is signed.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Keep the Parquet file here."
)
@click.option("--title", default="", help="What the batch is.")
@click.option("--source", default="", help="Who collected the incidents, if not the feed’s own name.")
@click.option("--licence", default="", help="On what terms they may be used.")
@click.option("--text", default="", help="What there is to say of it.")
@click.option(
    "--readers", default="", help="Sides, M for the mediators, or people, with commas; everybody if left out."
)
@click.option("--yes", is_flag=True, help="Sign without asking.")
def import_(
    file: Path, as_json: bool, keys: Path, process: str, out: Path | None,
    title: str, source: str, licence: str, text: str, readers: str, yes: bool, **how: Any,
) -> None:  # fmt: skip
    """Write the incidents of FILE as one batch, and report it in a process by one act of yours."""
    if not process and out is None:
        raise click.UsageError("Say where to: --process, to report them; --out, to keep the file; or both.")
    if as_json and process and not yes:
        raise click.UsageError("With --json nothing is asked: add --yes.")
    report: Report = AsJson() if as_json else InWords(err=True)
    with tempfile.TemporaryDirectory() as folder:
        batch = out or Path(folder) / "incidents.parquet"
        found = _read(file, batch, report, **how)
        act = None
        if process:
            words = {
                "title": title or file.name, "source": source or found.feed, "licence": licence,
                "text": text or _told(file, found, (*how["places"], *how["aliases"])),
            }  # fmt: skip
            with redirect_stdout(sys.stderr) if as_json else nullcontext():
                act = _reported(batch, found, process, keys, words, readers, ask=not yes)
    report.end(found, act)


def _told(file: Path, found: Imported, places: tuple[Path, ...]) -> str:
    """What was read, and by which files places were looked up, so that others can do the same."""
    said = f"{found.kept} of {found.rows} rows of {file.name}; {found.kept_out} kept out."
    named = (f"{path.name} (SHA-256 {sha256(path.read_bytes()).hexdigest()})" for path in places)
    return f"{said} Names of places were looked up in {', '.join(named)}." if places else said


def _read(
    file: Path, out: Path, report: Report, mapping: Path | None, order: Order | None,
    places: tuple[Path, ...], aliases: tuple[Path, ...],
) -> Imported:  # fmt: skip
    feed = read_mapping(mapping.read_text("utf-8", "replace")) if mapping is not None else None
    if aliases and not places:
        raise click.UsageError("Other names are names of places: add --gazetteer.")
    gazetteer = read_gazetteer(places, aliases) if places else None
    with progress_of(f"Reading {file.name}", file.stat().st_size) as progress:
        return import_incidents(
            file, out, report.remark, feed=feed, order=order or "", gazetteer=gazetteer, progress=progress
        )


def _reported(
    batch: Path, found: Imported, process: str, keys: Path, words: dict[str, str], readers: str, *, ask: bool
) -> int | None:
    """The number of the act that reports the batch."""
    if not found.kept:
        raise refuse("incidents.rows", "No row of the file can be reported.",
                     instead="See what was said of its rows.")  # fmt: skip
    keyring = Keyring(keys)
    table = AtTheTable(keyring, held_keys(keyring, process))
    digest = encode_base64url(found.digest)
    with batch.open("rb") as file, progress_of(f"Sending {batch.name}", found.size) as progress:
        table.host.put(f"files/{digest}", Counted(file, progress), found.size, token=table.token)
    fields = {"file": digest, "size": str(found.size), "rows": str(found.kept)}
    fields |= {name: value for name, value in words.items() if value}
    names = tuple(name.strip() for name in readers.split(",") if name.strip())
    key = table.held.signing.key_id
    drafted = draft(table.replica, BY_NAME["report_incidents"], fields, key, "", names, int(time.time()))
    return show_and_sign(table, drafted, ask=ask)


@command.command("duplicates")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--act", "acts", multiple=True, help="#14: the act that reported each file, in their order.")
@click.option("--within", default=25.0, show_default=True, help="Kilometres that are compared.")
@click.option(
    "--least", default=0.7, show_default=True, help="The score from which a pair is proposed, 0 to 1."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def duplicates(
    files: tuple[Path, ...], acts: tuple[str, ...], within: float, least: float, as_json: bool
) -> None:
    """Propose which reports of these batches (Parquet FILES) are likely of one incident. A person decides."""
    if len(files) < 2 or (acts and len(acts) != len(files)):
        raise click.UsageError("Name two files or more, and with --act one act for each.")
    found = _likely(files, within, least)
    if as_json:
        click.echo(msgspec.json.encode({"pairs": found}).decode())
        return
    for pair in found:
        where = "same name of place" if pair.km is None else f"{pair.km} km"
        say(f"{pair.score:.2f}  {_of(pair.one, files, acts)}  and  {_of(pair.another, files, acts)}: {where}, "
            f"{pair.days} days apart")  # fmt: skip
        if acts:
            one, another = pair.one, pair.another
            say(f"      detente act PROCESS same_incident one={acts[one.batch]} one_row={one.row} "
                f"another={acts[another.batch]} another_row={another.row}")  # fmt: skip
    say(
        f"Pairs of {least} or more: {len(found)}. They are proposals: look at both before you say that they are one."
    )


def _likely(files: tuple[Path, ...], within: float, least: float) -> list[Likely]:
    import_extra()
    from detente.analysis.duplicates import likely_duplicates

    return likely_duplicates(files, within=within, least=least)


def _of(report: Compared, files: tuple[Path, ...], acts: tuple[str, ...]) -> str:
    name = acts[report.batch] if acts else files[report.batch].name
    return f"{name} row {report.row} ({report.id})"
