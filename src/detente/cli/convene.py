"""`detente convene`: open a process from a terminal, with a key made on this machine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

import click
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from detente.acts.authoring import Place, author_act
from detente.acts.convening import process_origin
from detente.acts.kinds import BY_NAME, Unknown
from detente.cli.act import say_receipt
from detente.cli.keys_folder import keys_option, say_refused
from detente.cli.terminal import say
from detente.client.keyring import HeldKey, Keyring, make_keys
from detente.client.outbox import is_open, keep_signed, send
from detente.client.remote_host import RemoteHost
from detente.codec.base64url import encode_base64url
from detente.codec.identifier import Digest, LanguageTag, MldsaKey
from detente.codec.refusal import Refused, refuse
from detente.depositary.logs import decode_stored
from detente.procedure.examination import PROCEDURE_EDITIONS, examine
from detente.procedure.fold import fold_all
from detente.procedure.fold import place as placed
from detente.sealing.identity import public_of
from detente.signing.envelope import parse_envelope
from detente.signing.salt import make_nonce
from detente.state.records import Process, State
from detente.tlog.merkle import EMPTY_ROOT, leaf_hash

LABEL: Final = "talks"
CONVENOR, KEEPER = "M", "K"


class _Keys(Struct):
    """Of the log and of its keeper, as the host made them. log_mldsa_key: an earlier host makes none."""

    log_key: Digest
    keeper_key: Digest
    log_mldsa_key: MldsaKey | None = None


@click.command("convene")
@click.argument("host")
@click.argument("title")
@click.option(
    "--side", "sides", multiple=True, required=True, metavar="LETTER=NAME", help="A side; once for each."
)
@click.option("--office", default="Secretariat of the mediators", help="What the record calls you.")
@click.option(
    "--language", "languages", multiple=True, default=["en"], help="A language of the talks; once for each."
)
@click.option("--zone", default="UTC", help="Time zone of the process: Europe/Istanbul.")
@click.option(
    "--open-to", type=click.Choice(["members", "public"]), default="members", help="Who may read it."
)
@click.option(
    "--cosigner", "cosigners", multiple=True, metavar="VKEY", help="Who proves the time; once for each."
)
@click.option("--quorum", type=click.IntRange(min=0), default=None, help="How many of them must have signed.")
@keys_option
def command(
    host: str, title: str, sides: tuple[str, ...], office: str, languages: tuple[str, ...],
    zone: str, open_to: str, cosigners: tuple[str, ...],
    quorum: int | None, keys: Path,
) -> None:  # fmt: skip
    """Open a process called TITLE at HOST (http://…), as its mediator. Your key is made and kept on this machine."""
    names = _named(sides)
    for tag in languages:
        _check_tag(tag)
    at = host.rstrip("/")
    made, nonce = _made(at), make_nonce()
    own = make_keys(at, "", CONVENOR, int(time.time()))
    public = encode_base64url(own.signing.public)
    keyring = Keyring(keys)
    held = replace(own, process=process_origin(LABEL, made.log_key, public, nonce))
    clear: dict[str, Any] = {
        "label": LABEL, "nonce": nonce, "procedure": PROCEDURE_EDITIONS[-1], "convenor": CONVENOR, "convenor_key": public,
        "convenor_sealing": encode_base64url(public_of(held.identity)), "keeper": KEEPER,
        "keeper_key": made.keeper_key, "log_key": made.log_key, "log_mldsa_key": made.log_mldsa_key,
        "sides": tuple(names), "open_to": open_to,
        "cosigners": cosigners, "quorum": len(cosigners) if quorum is None else quorum,
    }  # fmt: skip
    hidden = {
        "title": title, "zone": zone, "convenor_title": office, "keeper_title": "Keeper of the record", "names": names,
        "languages": languages,
    }  # fmt: skip
    place = Place(held.process, None, (0, encode_base64url(EMPTY_ROOT)))
    act = author_act(held.signing, BY_NAME["convene"], place, held.made, clear, hidden)
    process = _convened(act)
    _send(keyring, keyring.keep(held), act, process)
    short = held.process.removeprefix("detente/")
    say(f"The process is {short}, at {at}/processes/{short}/")
    say(
        f"Next: detente act {short[:8]} admit, and detente invite {short[:8]} PERSON for each whom you admit."
    )


def _named(sides: tuple[str, ...]) -> dict[str, str]:
    """Name by letter. Raises `Refused` with code `act.field_unreadable`."""
    found = {}
    for side in sides:
        letter, equals, name = side.partition("=")
        if not equals or not name.strip() or letter in found:
            raise refuse("act.field_unreadable", f"“{side}” names no side, or names one twice.",
                         instead="Write each side once: --side A=Harbour --side B=Town.")  # fmt: skip
        found[letter] = name.strip()
    return found


def _check_tag(tag: str) -> None:
    """Raises `Refused` with code `act.field_unreadable`."""
    try:
        msgspec.convert(tag, LanguageTag)
    except msgspec.ValidationError as error:
        raise refuse("act.field_unreadable", f"“{tag}” is no tag of a language.",
                     instead="Write it like en, ur or pt-BR, once for each --language.") from error  # fmt: skip


def _made(host: str) -> _Keys:
    """Raises `Refused`: `host.*`."""
    try:
        return msgspec.json.decode(RemoteHost(host).ask("", body=b""), type=_Keys)
    except (msgspec.MsgspecError, ValueError) as error:
        raise refuse("host.answer", "The host answered something else than the keys of a new process.",
                     instead="Check its address: http://HOST.") from error  # fmt: skip


def _convened(act: bytes) -> Process:
    """What the record will hold of the process. Raises `Refused` with everything that stands against convening it."""
    entry = parse_envelope(act).entry
    key, leaf, clear = decode_stored(entry, leaf_hash(entry))
    assert not isinstance(clear, Unknown)
    refusals = examine(State(), placed(State(), key, leaf, clear))
    if refusals:
        raise Refused(*refusals)
    return fold_all(State(), [(key, leaf, clear)]).convened


def _send(keyring: Keyring, held: HeldKey, act: bytes, process: Process) -> None:
    """Until its receipt is checked, or somebody gives up: without the act there is no process to come back to."""
    folder = keyring.folder_of(held.process)
    file = keep_signed(folder, act)
    while True:
        try:
            say_receipt(send(RemoteHost(held.host, held.process), folder, file, process))
            return
        except Refused as refused:
            if not is_open(refused):
                raise
            say_refused(refused)
            click.confirm("Send it again?", default=True, abort=True)
