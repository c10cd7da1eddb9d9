"""Acts that leave as one file, and come back as receipts: packing what waits, delivering it for somebody, taking in what
became of it (proofs/pouch.py).

A receipt is checked against the log's own key. A refusal cannot be: whoever brought it may have made it up, so what is
set aside on that word is kept whole, and a receipt that comes later still finds it.

outbox/<key>-<log>-<seq>-<leaf>.refused     said to be refused
outbox/<key>-<log>-<seq>-<leaf>.reasons     why, in words
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from detente.client.outbox import (
    MEDIA_TYPE,
    KeptReceipt,
    aside_of,
    check_receipt,
    is_open,
    keep_receipt,
    kept_receipts,
    stated_proof,
    unsent,
)
from detente.client.remote_host import RemoteHost
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refusal, Refused, refuse
from detente.proofs.pouch import Answer, AnsweredPouch, Pouch, leaf_of
from detente.state.records import Process


class SetAside(Struct, frozen=True):
    """An act that is said to be refused. file: its bytes."""

    file: Path
    refusals: tuple[Refusal, ...]


class TakenIn(Struct, frozen=True):
    """What an answer changed here."""

    receipts: tuple[KeptReceipt, ...]
    refused: tuple[SetAside, ...]


def pack(folder: Path, process: str) -> Pouch:
    """What waits in the outbox of a process, in the order of each key's chain. Raises `Refused`: `pouch.empty`."""
    acts = tuple(file.read_bytes() for file in unsent(folder))
    if not acts:
        raise refuse("pouch.empty", "Nothing that was signed waits to be sent.",
                     instead="Sign first: detente act PROCESS KIND FIELD=VALUE … --record COPY.")  # fmt: skip
    return Pouch(process, acts)


def deliver(host: RemoteHost, pouch: Pouch) -> tuple[AnsweredPouch, Refused | None]:
    """Send each act, in order, and say what became of it; also why it stopped, where nothing is known of the rest.

    The host receipts an act that it has already with the same place, so that a pouch can be delivered again.
    """
    answers: list[Answer] = []
    for act in pouch.acts:
        try:
            proof = stated_proof(act, host.ask("acts", body=act, media_type=MEDIA_TYPE))
            answers.append(Answer(leaf_of(act), proof))
        except Refused as refused:
            if is_open(refused):
                return AnsweredPouch(pouch.process, tuple(answers)), refused
            answers.append(Answer(leaf_of(act), refusals=refused.refusals))
    return AnsweredPouch(pouch.process, tuple(answers)), None


def take_in(folder: Path, answered: AnsweredPouch, process: Process) -> TakenIn:
    """Keep the receipts, and set aside what was refused. process: as its convening act has it.

    Raises `Refused`, with everything that does not hold, and changes nothing then: `host.receipt`, `pouch.stranger`.
    """
    outbox = folder / "outbox"
    kept = {leaf_of(file.read_bytes()): file for file in (*unsent(folder), *outbox.glob("*.refused"))}
    proved = {receipt.leaf for receipt in kept_receipts(folder)}
    new = [answer for answer in answered.answers if answer.leaf not in proved]
    receipts: list[KeptReceipt] = []
    faults: list[Refusal] = []
    for answer in new:
        file = kept.get(answer.leaf)
        if file is None:
            faults.append(_stranger(answer))
        elif answer.proof:
            try:
                receipts.append(check_receipt(folder, file.read_bytes(), answer.proof, process))
            except Refused as refused:
                faults += refused.refusals
    if faults:
        raise Refused(*dict.fromkeys(faults))
    for receipt in receipts:
        keep_receipt(receipt, kept[receipt.leaf])
        kept[receipt.leaf].with_suffix(".reasons").unlink(missing_ok=True)
    aside = [
        _set_aside(kept[answer.leaf], answer)
        for answer in new
        if not answer.proof and kept[answer.leaf].suffix == ".act"
    ]
    return TakenIn(tuple(receipts), tuple(aside))


def _stranger(answer: Answer) -> Refusal:
    return Refusal("pouch.stranger", f"It answers an act that is not kept here: {encode_base64url(answer.leaf)}.",
                   instead="Take it in on the machine, and with the keys, that signed the act.")  # fmt: skip


def _set_aside(file: Path, answer: Answer) -> SetAside:
    aside = aside_of(file, answer.leaf)
    lines = [f"{r.code}: {r.sentence} {r.instead}".rstrip() + "\n" for r in answer.refusals]
    aside.with_suffix(".reasons").write_text("".join(lines), "utf-8")
    file.replace(aside)
    return SetAside(aside, answer.refusals)
