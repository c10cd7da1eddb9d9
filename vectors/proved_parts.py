"""A small record and its proofs of one act, from which the vectors of proved/ are made: also as somebody makes them who
keeps no rule."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import msgspec
from host_parts import MADE, Table, cosigner_named, draws_from, key_named, seed_named

from detente.keys.generate import SigningKey
from detente.proofs.proving import HeldLog, whole_log, write_proof
from detente.signing.compact import sign_compact
from detente.signing.envelope import ACT_TYPE, parse_envelope
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.line import encode_base64
from detente.tlog.merkle import leaf_hash, prove_inclusion, root_of
from detente.tlog.signed_note import Note, NoteSignature, NoteSigner, format_note, format_vkey

LABEL, COSIGNER, CHAMBER, TAB = "proved", "harbour.example", "side-B", "B.browser-1"
SIGNED = MADE + 3600
SALT = "AAECAwQFBgcICQoLDA0ODw"


def small_record() -> Table:
    """M convenes and seats B, who says something, writes a note in the chamber of side B, and names a cosigner."""
    with draws_from(LABEL):
        table = Table(LABEL, cosigners=(COSIGNER,)).convene().seat(("B", "delegate", "B"))
        for words in ("The road stays open.", "Later words."):
            table.depositary.receive_act(table.statement("B", words))
        table.do("B", "note", {"text": "Ask the capital."}, chamber=CHAMBER)
        table.do("B", "name_cosigner", vkey=format_vkey(cosigner_named(TAB).key))
        return table


TABLE = small_record()
ORIGIN = TABLE.origin
INSIDE = f"{ORIGIN}/{CHAMBER}"
M, B = key_named(f"{LABEL} M"), key_named(f"{LABEL} B")
LOG_KEY = f"{LABEL} log"
CONVENING, ADMISSION, ENROLMENT, STATEMENT, LATER, NAMING = range(6)


def acts_of(origin: str) -> list[bytes]:
    head = TABLE.depositary.store.head(origin)
    entries = TABLE.depositary.store.entries(origin, 0, head.size if head else 0)
    return ["~".join([entry.entry.decode(), *entry.disclosures, ""]).encode() for entry in entries]


WATCHED, NOTES = acts_of(ORIGIN), acts_of(INSIDE)
ACTS = WATCHED[:NAMING]
"""The record before anybody was named to watch it."""


# --- logs and proofs as somebody makes them who keeps no rule


def leaves_of(acts: Sequence[bytes]) -> list[bytes]:
    return [leaf_hash(act.split(b"~")[0]) for act in acts]


def note_of(acts: Sequence[bytes], origin: str = ORIGIN, *more: NoteSignature, key: str = LOG_KEY) -> bytes:
    """The checkpoint of these acts, signed by the log's key and the cosigner, and whatever more."""
    leaves = leaves_of(acts)
    text = format_checkpoint(Checkpoint(origin, len(leaves), root_of(leaves)))
    log = NoteSigner.from_seed(origin, seed_named(key))
    return format_note(Note(text, (log.sign(text), cosigner_named(COSIGNER).sign(text, SIGNED), *more)))


def placed(acts: Sequence[bytes], index: int) -> bytes:
    leaves = leaves_of(acts)
    path = prove_inclusion(
        index, len(leaves), lambda level, at: root_of(leaves[at << level : (at + 1) << level])
    )
    lines = "".join(f"{encode_base64(node)}\n" for node in path)
    return b"act %d %s\npath %d\n%s" % (index + 1, acts[index], len(path), lines.encode())


def noted(note: bytes) -> bytes:
    return b"checkpoint %d\n%s" % (note.count(b"\n"), note)


def proof(
    acts: Sequence[bytes] = ACTS,
    shown: Sequence[int] = (0, 1, 2, 3),
    note: bytes = b"",
    process: str = ORIGIN,
) -> bytes:
    """A proof of the last of `shown`, whatever these acts are."""
    head = f"detente proof of an act v1\nprocess {process}\nproves {shown[-1] + 1}\n".encode()
    return head + b"".join(placed(acts, index) for index in shown) + noted(note or note_of(acts))


def with_act(index: int, act: bytes, shown: Sequence[int] = (0, 1, 2, 3)) -> bytes:
    """The proof of a log in which another act stands at this index."""
    return proof([*ACTS[:index], act, *ACTS[index + 1 :]], shown)


def signed_again(index: int, key: SigningKey, **changes: Any) -> bytes:
    """The act with other members, None for one left out, signed by its author."""
    envelope = parse_envelope(WATCHED[index])
    payload = msgspec.json.decode(envelope.payload) | changes
    kept = {name: value for name, value in payload.items() if value is not None}
    return b"~".join(
        (sign_compact(key, ACT_TYPE, kept), *(text.encode() for text in envelope.disclosures), b"")
    )


def made(number: int, shown: Sequence[str] = (), *, names: bool = False, inside: bool = False) -> bytes:
    out = io.BytesIO()
    write_proof(
        out, whole_log(ACTS, note_of(ACTS)), number, shown, names=names, chamber=chamber() if inside else None
    )
    return out.getvalue()


def chamber() -> HeldLog:
    return whole_log(NOTES, note_of(NOTES, INSIDE))


def bare(raw: bytes) -> bytes:
    return raw.split(b"~")[0] + b"~"


ACTS_BARE = [bare(act) for act in ACTS]


def line_by(name: str, acts: Sequence[bytes], time: int = SIGNED) -> NoteSignature:
    """A cosigner's line for the checkpoint of these acts."""
    leaves = leaves_of(acts)
    return cosigner_named(name).sign(
        format_checkpoint(Checkpoint(ORIGIN, len(leaves), root_of(leaves))), time
    )


def watched(
    acts: Sequence[bytes] = WATCHED,
    shown: Sequence[int] = (0, 1, 2, 3, NAMING),
    names: Sequence[str] = (TAB,),
    proves: int = STATEMENT + 1,
) -> bytes:
    """A proof from a log whose checkpoint cosigners of these names have signed too."""
    bares = [bare(act) for act in acts]
    note = note_of(bares, ORIGIN, *(line_by(name, bares) for name in names))
    head = f"detente proof of an act v1\nprocess {ORIGIN}\nproves {proves}\n".encode()
    return head + b"".join(placed(bares, index) for index in shown) + noted(note)


def naming(vkey: str) -> list[bytes]:
    """The record, in which B names this key instead."""
    return [*ACTS, signed_again(NAMING, B, vkey=vkey)]


PROOF = made(STATEMENT + 1)
HEAD = PROOF[: PROOF.index(b"act 1 ")]
IN_CHAMBER = made(1, ["text"], inside=True)


def changed(old: bytes, new: bytes, raw: bytes = PROOF) -> bytes:
    assert old in raw
    return raw.replace(old, new, 1)
