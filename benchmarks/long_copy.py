"""A certified copy of a long record, on disk: made once a size, without a host, and kept beside the results.

The acts are those of the long record, each folded and signed; the log's key and the keeper's are known here.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.long_record import RESULTS
from benchmarks.synthetic import START, acts, demonstration_key
from detente.codec.base64url import encode_base64url
from detente.codec.instant import instant_from_unix
from detente.depositary.admission import read_known
from detente.proofs.certified_copy import CopiedLog, Heading, lines_of, write_certified_copy
from detente.signing.envelope import parse_envelope
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.merkle import leaf_hash, root_of
from detente.tlog.signed_note import Note, NoteSigner, format_note

LOG, KEEPER = demonstration_key("log"), demonstration_key("keeper")


def long_copy(size: int, folder: Path = RESULTS) -> Path:
    """A copy of the first `size` acts of the long record."""
    file = folder / f"copy-{size}.detente"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        partial, waiting = file.with_suffix(".part"), file.with_suffix(".acts")
        _write_acts(waiting, size)
        _write_copy(partial, waiting, size)
        waiting.unlink()
        partial.replace(file)
    return file


def note_of(copy: Path) -> bytes:
    """Its checkpoint, which nobody has cosigned, as signed."""
    with copy.open("rb") as file:
        file.seek(-1_000, 2)
        _acts, _word, rest = file.read().rpartition(b"\ncheckpoint ")
    return rest.partition(b"\n")[2].rpartition(b"digest ")[0]


def _write_acts(file: Path, size: int) -> None:
    keys = (encode_base64url(key.public) for key in (LOG, KEEPER))
    with file.open("wb") as out:
        for raw in acts(size, *keys):
            out.write(raw + b"\n")


def _write_copy(file: Path, waiting: Path, size: int) -> None:
    leaves, origin = [], ""
    with waiting.open("rb") as lines:
        for line in lines_of(lines):
            leaves.append(leaf_hash(line.partition(b"~")[0]))
            origin = origin or read_known(parse_envelope(line[:-1])).proc
    text = format_checkpoint(Checkpoint(origin, size, root_of(leaves)))
    note = format_note(Note(text, (NoteSigner.from_seed(origin, LOG.seed).sign(text),)))
    heading = Heading(origin, "public", instant_from_unix(START + 60 * size))
    with waiting.open("rb") as lines, file.open("wb") as out:
        log = CopiedLog(origin, size, (line[:-1] for line in lines_of(lines)), note)
        write_certified_copy(out, heading, [log], KEEPER)
