"""`detente act`: act from a terminal. The record is verified here, the act is drafted and signed here, and nothing of it
rests on the host's word: the host gets the signed bytes and answers with a receipt, which is checked."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import click

from detente.acts.act import Kind
from detente.acts.authoring import Place, author_act
from detente.acts.kinds import BY_NAME
from detente.cli.drafting import Draft, draft, open_to
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option, record_option
from detente.cli.terminal import say, say_lines
from detente.client.keyring import Keyring
from detente.client.outbox import KeptReceipt, is_open, keep_signed, last_of_chain, send, unsent
from detente.codec.refusal import Refused, refuse
from detente.state.records import Chain

WITHOUT_FORM: Final = ("convene", "mark_time")
"""The first act is `detente convene`; marks are the keeper’s."""


@click.command("act")
@click.argument("process")
@click.argument("kind", required=False)
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]…")
@keys_option
@click.option(
    "--log", "chamber", default="", help="A chamber of yours (side-A, mediators-A); else the main log."
)
@click.option(
    "--readers", default="", help="Who may read the words, with commas between; everybody there if left out."
)
@click.option("--yes", is_flag=True, help="Sign without asking.")
@click.option("--resend", is_flag=True, help="Only send again what was signed and got no receipt.")
@record_option
def command(
    process: str, kind: str | None, fields: tuple[str, ...], keys: Path, chamber: str, readers: str, yes: bool,
    resend: bool, record: Path | None,
) -> None:  # fmt: skip
    """Do an act of KIND in PROCESS (its address, or the start of its id). Fields are written as in minutes:
    instrument=accord, valid_until="2026-03-02 14:30". Without KIND, say what is open to you.

    With --record nothing is sent: what is signed waits here, and leaves in a pouch (detente pouch --help)."""
    if resend and record is not None:
        raise click.UsageError("Without a line nothing can be sent again: leave out --resend or --record.")
    keyring = Keyring(keys)
    found, given = _kind(kind), _given(fields)
    table = AtTheTable(keyring, held_keys(keyring, process), record)
    if table.has_line and unsent(table.folder):
        _send_again(table)
        table = AtTheTable(keyring, (table.held,))
    if found is not None:
        names = tuple(name.strip() for name in readers.split(",") if name.strip())
        drafted = draft(
            table.replica, found, given, table.held.signing.key_id, chamber, names, int(time.time())
        )
        show_and_sign(table, drafted, ask=not yes)
    elif not resend:
        say_lines(open_to(table.replica, table.keys_that_wait() if table.has_line else ()))


def show_and_sign(table: AtTheTable, drafted: Draft, *, ask: bool) -> int | None:
    """Say what would be signed, and sign it; `ask` first. It is sent where there is a line: the act's number then."""
    say_lines(drafted.text)
    if ask:
        click.confirm("Sign?", abort=True)
    signed = _signed(table, drafted)
    if table.has_line:
        kept = _sent(table, signed)
        say_receipt(kept)
        return kept.number
    say(
        f"Signed, and kept in {signed}. {len(unsent(table.folder))} waiting; they leave with: detente pouch pack"
    )
    return None


def _kind(name: str | None) -> Kind | None:
    if name is None:
        return None
    found = BY_NAME.get(name.replace(" ", "_").replace("-", "_"))
    if found is None or found.name in WITHOUT_FORM:
        raise refuse("act.unknown_kind", f"There is no act “{name}” to do here.",
                     instead="“detente act PROCESS” lists those that are open to you.")  # fmt: skip
    return found


def _given(fields: tuple[str, ...]) -> dict[str, str]:
    """Text by field. Raises `Refused` with code `act.field_unreadable`."""
    found = {}
    for field in fields:
        name, equals, value = field.partition("=")
        name = name.strip().replace(" ", "_")
        if not equals or not name or name in found:
            raise refuse("act.field_unreadable", f"“{field}” is no field, or is given twice.",
                         instead="Write each field once, as name=value.")  # fmt: skip
        found[name] = value
    return found


def _signed(table: AtTheTable, drafted: Draft) -> Path:
    """Where the signed bytes are kept. Raises `Refused` as `author_act`."""
    place = Place(drafted.log, _chain(table, drafted), table.replica.seen)
    act = author_act(
        table.held.signing, drafted.kind, place, drafted.time, drafted.clear, drafted.hidden, drafted.audience,
        drafted.seal,
    )  # fmt: skip
    return keep_signed(table.folder, act)


def _chain(table: AtTheTable, drafted: Draft) -> Chain | None:
    """After what the record has, and after what was signed here since."""
    record, key = table.replica.record, table.held.signing.key_id
    log = record.own_chamber(drafted.chamber) if drafted.chamber else record.visible.state
    return last_of_chain(table.folder, key, drafted.log, log.chains.get(key))


def _sent(table: AtTheTable, file: Path) -> KeptReceipt:
    try:
        return send(table.host, table.folder, file, table.replica.verified.state.convened)
    except Refused as refused:
        if is_open(refused):
            say(f"Signed, and kept in {file}. Not known to be in the record: it is sent again by the next "
                "“detente act”, or by “--resend”.", err=True)  # fmt: skip
        raise


def _send_again(table: AtTheTable) -> None:
    """What was signed before and got no receipt, in its order. The first refusal stops it: there is something to read."""
    for file in unsent(table.folder):
        say_receipt(_sent(table, file))


def say_receipt(kept: KeptReceipt) -> None:
    chamber = "".join(kept.log.split("/")[2:])
    where = f"act {kept.number} of {chamber}" if chamber else f"act {kept.number}"
    say(f"In the record: {where}. Its receipt was checked, and is kept in {kept.file}")
