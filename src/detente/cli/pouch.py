"""`detente pouch`: acts signed on a machine with no line leave as one file, and their receipts come back as another."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from detente.cli.act import say_receipt
from detente.cli.keys_folder import AtTheTable, fetch_copy, held_keys, keys_option, record_option, say_refused
from detente.cli.new_file import new_file
from detente.cli.terminal import say
from detente.client.keyring import Keyring
from detente.client.last_seen import check_record
from detente.client.outbox import unsent
from detente.client.pouch import SetAside, deliver, pack, take_in
from detente.client.remote_host import RemoteHost
from detente.codec.refusal import Refused
from detente.proofs.pouch import read_answer, read_pouch, write_answer, write_pouch

_file = click.Path(dir_okay=False, path_type=Path)
_given = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("pouch")
def command() -> None:
    """Sign where there is no line, and let anybody carry it.

    \b
    copy PROCESS COPY               where there is a line: a copy of the record to sign against
    (detente act … --record COPY    without one: sign, and keep it)
    pack PROCESS POUCH              all that waits, in one file
    deliver POUCH HOST ANSWER       anybody, at the host; no key is needed
    receive ANSWER --record COPY    back again: receipts are checked and kept

    Whoever carries a pouch reads what the host will: who acts, when, what kind of act, and every word that is not sealed
    to a chamber. They cannot change it. Where they should not read it, encrypt the file (age, gpg) for whoever delivers
    it.
    """


@command.command("copy")
@click.argument("process")
@click.argument("file", type=_file)
@keys_option
def copy_record(process: str, file: Path, keys: Path) -> None:
    """Keep a copy of PROCESS (its address, or the start of its id), as you may see it, in FILE."""
    with new_file(file) as out:
        size = fetch_copy(Keyring(keys), held_keys(Keyring(keys), process), out)
    say(f"{file}: {size} acts, every one checked here. Where there is no line: detente act … --record {file}")


@command.command("pack")
@click.argument("process")
@click.argument("file", type=_file)
@keys_option
def pack_pouch(process: str, file: Path, keys: Path) -> None:
    """Put all acts of PROCESS that wait for a receipt into FILE. They stay here too, until it is taken in."""
    keyring = Keyring(keys)
    (held, *_others) = held_keys(keyring, process)
    pouch = pack(keyring.folder_of(held.process), held.process)
    with new_file(file) as out:
        write_pouch(out, pouch)
    say(
        f"{_acts(len(pouch.acts))} in {file}. Whoever carries it can read what is not sealed, and change nothing."
    )
    say(f"They deliver it with: detente pouch deliver {file.name} {held.host} ANSWER")


@command.command("deliver")
@click.argument("file", type=_given)
@click.argument("host")
@click.argument("answer", type=_file)
def deliver_pouch(file: Path, host: str, answer: Path) -> None:
    """Hand the acts in FILE to HOST (https://…), and write to ANSWER what became of each: bring that back. It can be done
    twice. Exits 1 where the host did not take all of them."""
    with file.open("rb") as given:
        pouch = read_pouch(given)
    at = RemoteHost(host.partition("/processes")[0].rstrip("/"), pouch.process)
    with new_file(answer) as out:
        answered, stopped = deliver(at, pouch)
        if not answered.answers and stopped is not None:
            raise stopped
        write_answer(out, answered)
    taken = sum(1 for one in answered.answers if one.proof)
    say(
        f"Delivered: {_acts(taken)} of {len(pouch.acts)} in the record. What became of each is in {answer}: bring it."
    )
    for number, one in enumerate(answered.answers, 1):
        if one.refusals:
            say(f"Act {number} of the pouch was refused:", err=True)
            say_refused(Refused(*one.refusals))
    if stopped is not None:
        say("Nothing is known of the rest: deliver the same file again.", err=True)
        raise stopped
    if taken < len(pouch.acts):
        sys.exit(1)


@command.command("receive")
@click.argument("file", type=_given)
@record_option
@keys_option
def receive_answer(file: Path, record: Path | None, keys: Path) -> None:
    """Take in FILE, the answer to a pouch: each receipt is checked against the log's own key and kept beside its act.

    What was refused is set aside, with the reasons. A refusal is signed by nobody: it is the word of whoever brought it.
    """
    keyring = Keyring(keys)
    with file.open("rb") as given:
        answered = read_answer(given)
    table = AtTheTable(keyring, held_keys(keyring, answered.process), record)
    taken = take_in(table.folder, answered, table.replica.verified.state.convened)
    for receipt in taken.receipts:
        say_receipt(receipt)
    for aside in taken.refused:
        _say_set_aside(aside)
    left = len(unsent(table.folder))
    if left:
        say(f"{_acts(left)} still waiting: pack them again.")
    elif not taken.receipts and not taken.refused:
        say("Nothing new: all of it was taken in before.")
    check_record(table.folder, table.replica, None)


def _say_set_aside(aside: SetAside) -> None:
    say(f"Refused, so the answer says, and set aside in {aside.file}:")
    for refusal in aside.refusals:
        say(f"  {refusal.sentence} {refusal.instead}".rstrip())
    say(
        "  Nobody signs a refusal. Before you sign anew, see in a newer copy that the act is not in the record."
    )


def _acts(count: int) -> str:
    return "1 act" if count == 1 else f"{count} acts"
