"""`detente prove`: one file that proves one act to anybody, showing of it what its holder chooses."""

from __future__ import annotations

import hashlib
import io
from contextlib import ExitStack
from pathlib import Path

import click

from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.new_file import new_file
from detente.cli.terminal import say
from detente.client.chamber_keys import opened_epochs, unsealed_act
from detente.client.keyring import HeldKey, Keyring
from detente.client.replica import CopiedLog
from detente.codec.refusal import refuse
from detente.depositary.reading import Record
from detente.proofs.one_act import verify_proof
from detente.proofs.proving import HeldLog, whole_log, write_proof
from detente.web.checker import checker_digest, checker_page
from detente.web.sheet import sheet_page


@click.command("prove")
@click.argument("process")
@click.argument("number", type=click.IntRange(min=1))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--show", default="", help="Hidden fields to show, with commas between; none if left out.")
@click.option("--names", is_flag=True, help="Show also its author's office and the title of the talks.")
@click.option(
    "--log", "chamber", default="", help="A chamber of yours (side-A, mediators-A); else the main log."
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write also a page that checks it, the proof inside.",
)
@click.option(
    "--sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write also a sheet to print, with QR codes.",
)
@keys_option
def command(
    process: str,
    number: int,
    file: Path,
    show: str,
    names: bool,
    chamber: str,
    html: Path | None,
    sheet: Path | None,
    keys: Path,
) -> None:
    """Write FILE, which proves act NUMBER of PROCESS (its address, or the start of its id) to anybody, offline."""
    keyring = Keyring(keys)
    held = held_keys(keyring, process)
    table = AtTheTable(keyring, held)
    logs, origin = table.replica.logs, table.held.process
    inside = _inside(logs, origin, table.replica.record, held, chamber) if chamber else None
    shown = [name.strip().replace(" ", "_") for name in show.split(",") if name.strip()]
    main = whole_log(logs[origin].acts, logs[origin].note)
    proof = _proof(main, number, shown, names, inside)
    files = [(file, proof)]
    if html is not None:
        files.append((html, checker_page(proof)))
    if sheet is not None:
        files.append((sheet, sheet_page(proof)))
    with ExitStack() as all_of_them:
        for path, content in files:
            all_of_them.enter_context(new_file(path)).write(content)
    place = f" of {chamber}" if chamber else ""
    say(f"Act {number}{place} is proved by {file}. Whoever has it checks it with: detente verify {file}")
    if html is not None:
        say(
            f"{html} checks it in any browser, with the network off. SHA-256 {hashlib.sha256(files[1][1]).hexdigest()}"
        )
        say(f"  With no proof in it, that page has SHA-256 {checker_digest()} (detente checker FILE)")
    if sheet is not None:
        say(f"{sheet} is to be printed; its codes hold the whole proof.")
    say(
        "It shows what stands in the clear of that act, and of those that enrolled its author's key or named cosigners."
    )


def _proof(main: HeldLog, number: int, shown: list[str], names: bool, chamber: HeldLog | None) -> bytes:
    out = io.BytesIO()
    write_proof(out, main, number, shown, names=names, chamber=chamber)
    out.seek(0)
    verify_proof(out)  # nobody is given what the next reader would refuse
    return out.getvalue()


def _inside(
    logs: dict[str, CopiedLog], origin: str, record: Record, held: tuple[HeldKey, ...], chamber: str
) -> HeldLog:
    """A chamber, with what is sealed in its acts opened on this machine as far as these keys open it."""
    log = logs.get(f"{origin}/{chamber}")
    if log is None:
        own = ", ".join(name.removeprefix(f"{origin}/") for name in logs if name != origin)
        raise refuse("log.audience", f"You do not belong to a chamber “{chamber}”.",
                     instead=f"Yours are: {own}." if own else "You belong to none.")  # fmt: skip
    epochs = opened_epochs(record, chamber, held)
    return whole_log([unsealed_act(act, epochs) for act in log.acts], log.note)
