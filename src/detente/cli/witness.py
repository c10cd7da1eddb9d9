"""`detente witness`: cosign the checkpoints of processes from a machine of one's own, and so prove time and growth: by
fetching them and posting back, or by being asked."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import click

from detente.cli.keys_folder import say_refused
from detente.cli.terminal import say, say_lines
from detente.cli.witness_contradictions import Contradictions
from detente.client.cosigner_key import CosignerKey, make_cosigner_key, read_cosigner_key
from detente.client.remote_host import address_of
from detente.client.witness_policy import addresses_in, read_policies
from detente.client.witnessing import CONTRADICTION, FollowedLog
from detente.codec.refusal import Refused, refuse
from detente.tlog.signed_note import NoteVerifier
from detente.web.serving import bind, serve
from detente.witness.answering import Answering
from detente.witness.cosigning import Witness
from detente.witness.listening import make_witness_app
from detente.witness.signed_checkpoints import SignedCheckpoints

EVERY: Final = 3.0
"""Seconds between two looks at a log."""


@click.command("witness")
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option(
    "--key",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file of the cosigner's key; made where it is not there.",
)
@click.option("--name", help="The cosigner's name in the record, for a key that is made: harbour.example.")
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that remembers what was signed. Default: beside the key. Losing it loses its worth.",
)
@click.option(
    "--policy",
    "policies",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Follow only the logs that this file names (C2SP tlog-policy), at the addresses that stand there.",
)
@click.option(
    "--listen",
    metavar="HOST:PORT",
    help="Also be asked (C2SP tlog-witness, POST /add-checkpoint), for the logs that a policy names.",
)
@click.option(
    "--mirror",
    "mirrors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A copy that you keep (detente mirror): it tells whether a checkpoint that was shown extends the last one.",
)
@click.option("--once", is_flag=True, help="Look once, and end.")
def command(
    addresses: tuple[str, ...],
    file: Path,
    name: str | None,
    state: Path | None,
    policies: tuple[Path, ...],
    listen: str | None,
    mirrors: tuple[Path, ...],
    once: bool,
) -> None:
    """Cosign the checkpoints of the processes at each ADDRESS (https://HOST/processes/ID), as long as each extends
    what was signed before. Without an address: make the key, and say what the mediator is to name in convening."""
    if listen is not None and (once or not policies):
        raise click.UsageError("--listen needs a --policy that names the logs, and does not go with --once.")
    followed = tuple(address_of(address) for address in addresses)
    key = _key(file, name)
    named = read_policies(policies, key.cosigner.key)
    if policies:
        followed = addresses_in(named, followed)
    elif not followed:
        say(
            "The cosigner’s verifier key. The mediator names it when convening; or you do later, and it marks no time:"
        )
        say_lines(f"\n    {key.vkey}\n")
        say(f"Then start the witness: detente witness ADDRESS --key {file}")
        return
    folder = state or file.with_name(f"{file.name}.state")
    with closing(SignedCheckpoints(folder)) as signed:
        witness = Witness(key.cosigner, signed)
        logs = [
            FollowedLog(a, key, witness, folder, named[a.process].key if a.process in named else None)
            for a in followed
        ]
        if listen is None:
            sound = _follow(logs, once=once)
        else:
            at_start = tuple(logs)  # following one ends where it contradicts itself; being asked goes on
            verifiers = {origin: NoteVerifier(log.key) for origin, log in named.items()}
            kept = Contradictions(
                folder, at_start, {origin: log.key for origin, log in named.items()}, mirrors
            )
            answering = Answering(witness, verifiers, kept.keep)
            with _following(logs) as found:
                _listen(answering, listen)
            sound = found == [True]  # it has none where it ended by an error, which was said
        if not sound:
            sys.exit(1)


def _listen(answering: Answering, where: str) -> None:
    """Answer whoever asks, until told to stop."""
    host, _, port = where.rpartition(":")
    try:
        bound = bind(host or "127.0.0.1", int(port))
    except (OSError, ValueError, OverflowError) as error:
        raise refuse("host.address", f"Cannot listen on {where}.",
                     instead="Write HOST:PORT, with a free port, or 0 for any.") from error  # fmt: skip
    address = f"http://{host or '127.0.0.1'}:{bound.getsockname()[1]}"
    serve(make_witness_app(answering), bound, lambda: say(f"Asked at {address}/add-checkpoint"))


@contextmanager
def _following(logs: list[FollowedLog]) -> Iterator[list[bool]]:
    """Look at each log meanwhile; at the end, whether none contradicted itself."""
    ending, found = threading.Event(), []
    thread = threading.Thread(target=lambda: found.append(_follow(logs, once=False, ending=ending)))
    thread.start()
    try:
        yield found
    finally:
        ending.set()
        thread.join()


def _key(file: Path, name: str | None) -> CosignerKey:
    if file.exists():
        return read_cosigner_key(file)
    if name is None:
        raise refuse("cosigner.name", f"There is no key {file}, and a new one needs a name.",
                     "C2SP signed-note", "Add --name harbour.example: the record shows it to everybody.")  # fmt: skip
    made = make_cosigner_key(file, name)
    say(f"A new cosigner’s key is kept in {file}: whoever reads that file signs as {name}.")
    return made


def _follow(logs: list[FollowedLog], *, once: bool, ending: threading.Event | None = None) -> bool:
    """Look at each log again and again, until none is left, `ending` is set or, where `once`, once. Whether none
    contradicted itself (and, where `once`, all answered)."""
    ending = ending or threading.Event()
    sound, said = True, dict.fromkeys(logs, "")
    while logs:
        for log in tuple(logs):
            fault = _look(log, said[log])
            if fault == CONTRADICTION:
                logs.remove(log)
            sound = sound and fault != CONTRADICTION and not (once and fault)
            said[log] = fault
        if once or ending.wait(EVERY):
            break
    return sound


def _look(log: FollowedLog, said: str) -> str:
    """The code of what stood against it; "" where all is well. What was `said` at the last look is not said again."""
    try:
        size = log.look(int(time.time()))
    except Refused as refused:
        code = refused.refusals[0].code
        if code != said:
            say(f"{log.origin}:", err=True)
            say_refused(refused)
        return code
    if size is not None:
        say(f"{log.origin}: cosigned up to act {size}")
    return ""
