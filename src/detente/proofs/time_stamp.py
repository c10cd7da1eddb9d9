"""Time stamps on a log's checkpoints: what an authority is asked to stamp, and the file in which stamps are taken away
(RFC 3161; docs/specs/time-stamp.md).

The first stamp is over the note: the checkpoint's text, the log's signatures, and the cosigners' lines as they were then.
A later one is over the note and every stamp before it, so that it says of the earlier stamp, before that could be
doubted, that it was there (the idea of RFC 4998, in its simplest form).
"""

from __future__ import annotations

import warnings
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import pairwise
from typing import BinaryIO, Final

import rfc3161_client as rfc3161
from cryptography import x509
from cryptography.x509.oid import NameOID
from msgspec import Struct

from detente.acts.convening import Convene, process_origin
from detente.acts.time import log_verifier
from detente.codec.instant import instant_from_unix
from detente.codec.refusal import Refused, refuse
from detente.proofs.lines import LineReader
from detente.tlog.checkpoint import open_checkpoint

FIRST_LINE: Final = "detente time stamps v1"
MOST_STAMPS: Final = 100
"""On one checkpoint."""
_CLAUSE: Final = "RFC 3161 sec. 2.4"
_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_STATED: Final = ("label", "log_key", "convenor_key", "nonce")
"""What the process id is derived from."""

Request = rfc3161.TimeStampRequest
Roots = Sequence[x509.Certificate]
"""Certificates that the reader trusts to say who stamps."""


class Stamp(Struct, frozen=True):
    """One that holds. at: when; authority: who says so; ends: when its certificate ends. Unix seconds."""

    at: int
    authority: str
    ends: int


class StampedCheckpoint(Struct, frozen=True):
    """A checkpoint of `size` acts, and the stamps on it, oldest first."""

    size: int
    stamps: tuple[Stamp, ...]


class StampedLog(Struct, frozen=True):
    origin: str
    checkpoints: tuple[StampedCheckpoint, ...]


def read_roots(pem: bytes) -> Roots:
    """Raises `Refused` with code `stamp.certificate`."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise refuse("stamp.certificate", "The file holds no certificate in PEM form.", "RFC 7468",
                     "Take the certificate of whoever certifies the time stamp authority.") from error  # fmt: skip


def stamped_bytes(note: bytes, answers: Iterable[bytes]) -> bytes:
    """What the next stamp is over. answers: the stamps before, as the authority sent them."""
    return note + b"".join(answers)


def request_stamp(message: bytes) -> Request:
    """What is sent to an authority: the SHA-256 of `message`, a nonce, and the wish for its certificate."""
    builder = rfc3161.TimestampRequestBuilder().data(message)
    return builder.hash_algorithm(rfc3161.HashAlgorithm.SHA256).build()


def check_stamp(message: bytes, answer: bytes, roots: Roots, request: Request | None = None) -> Stamp:
    """The stamp in an authority's answer, over `message`; `request`: the one that it answers.

    Raises `Refused`: `stamp.answer`, `stamp.refused`, `stamp.imprint`, `stamp.nonce`, `stamp.authority`.
    """
    found, read = _read(answer)
    if read is None:
        said = "; ".join(found.status_string) or f"status {found.status}"
        raise _refuse("stamp.refused", f"The authority gave no time stamp: {said}.",
                      "Ask its operator, or name another authority.")  # fmt: skip
    if (read.algorithm, read.stamped) != (_SHA256, sha256(message).digest()):
        raise _refuse("stamp.imprint", "The time stamp is over something else.", "Keep both, and ask again.")
    if request is not None and read.nonce != request.nonce:
        raise _refuse("stamp.nonce", "The time stamp answers another request.", "Ask again.")
    try:
        with _no_warnings():
            rfc3161.VerifierBuilder(roots=list(roots)).build().verify(found, read.stamped)
    except Exception as error:
        raise _refuse("stamp.authority", "The time stamp is not signed by an authority that the given certificate "
                      "vouches for, or its certificate was not valid then.",
                      "Compare the certificate with the one that the authority publishes.") from error  # fmt: skip
    return Stamp(read.at, read.authority, read.ends)


class _Read(Struct, frozen=True):
    """What a time stamp states, whoever signed it. algorithm: its OID, dotted; stamped: the digest; at, ends: as of
    `Stamp`, of the certificate among those in the answer whose key is said to have signed."""

    algorithm: str
    stamped: bytes
    nonce: int | None
    at: int
    authority: str
    ends: int


def _read(answer: bytes) -> tuple[rfc3161.TimeStampResponse, _Read | None]:
    """None where the authority gave no stamp. Raises `Refused` with code `stamp.answer`."""
    try:
        with _no_warnings():
            found = rfc3161.decode_timestamp_response(answer)
            return found, _stated(found) if found.status == rfc3161.PKIStatus.GRANTED else None
    except Exception as error:  # the parsers of certificates and of ASN.1 raise many kinds
        raise _refuse("stamp.answer", "What the authority sent cannot be read as a time stamp.",
                      "Check its address, or name another authority.") from error  # fmt: skip


def _stated(found: rfc3161.TimeStampResponse) -> _Read:
    info, signer = found.tst_info, _signer(found)
    return _Read(
        info.message_imprint.hash_algorithm.dotted_string, info.message_imprint.message, info.nonce,
        int(info.gen_time.timestamp()), _named(signer), int(signer.not_valid_after_utc.timestamp()),
    )  # fmt: skip


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Of a certificate that is read in spite of a fault: what is wrong with an answer is said in one sentence."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _signer(found: rfc3161.TimeStampResponse) -> x509.Certificate:
    """The certificate, among those in the answer, whose key signed it. Raises `ValueError` where there is none."""
    signers = {(info.issuer, info.serial_number) for info in found.signed_data.signer_infos}
    certificates = map(x509.load_der_x509_certificate, found.signed_data.certificates)
    signer = next((c for c in certificates if (c.issuer, c.serial_number) in signers), None)
    if signer is None:
        raise ValueError("no certificate of the signer")
    return signer


def _named(signer: x509.Certificate) -> str:
    names = signer.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else signer.subject.rfc4514_string()


# --- the file


def write_stamps(out: BinaryIO, convening: Convene, stamped: Sequence[tuple[bytes, Sequence[bytes]]]) -> None:
    """Write stamps so that they can be checked anywhere. stamped: (note, answers, oldest first) of each checkpoint."""
    lines = [FIRST_LINE, f"process {convening.proc}"]
    lines += [f"{name} {getattr(convening, name)}" for name in _STATED]
    lines.append(f"checkpoints {len(stamped)}")
    out.write("".join(f"{line}\n" for line in lines).encode())
    for note, answers in stamped:
        out.write(f"checkpoint {note.count(10)}\n".encode() + note)
        out.write(f"stamps {len(answers)}\n".encode())
        out.writelines(b64encode(answer) + b"\n" for answer in answers)


class _StampReader(LineReader):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, "stamps", "Ask for the time stamps again, and keep this file.")

    def answers(self) -> list[bytes]:
        count = self.number(self.text("stamps"))
        if not 0 < count <= MOST_STAMPS:
            raise self.fault("number", "a checkpoint does not have so many time stamps, or so few.")
        return [self._answer() for _ in range(count)]

    def _answer(self) -> bytes:
        raw = self.raw_line()
        try:
            answer = b64decode(raw, validate=True)
        except ValueError as error:
            raise self.fault("stamp", "it is not a time stamp in base64.") from error
        if b64encode(answer) != raw:
            raise self.fault("stamp", "it is not a time stamp in base64, in its one spelling.")
        return answer


def verify_stamps(file: BinaryIO, roots: Roots, now: int) -> StampedLog:
    """Check everything in a file of stamps, as things stand `now` (Unix seconds). Raises `Refused`."""
    reader = _StampReader(file)
    if reader.raw_line() != FIRST_LINE.encode():
        raise reader.fault("version", f"the file does not begin with “{FIRST_LINE}”.")
    origin = reader.text("process")
    stated = {name: reader.text(name) for name in _STATED}
    if process_origin(**stated) != origin:
        raise reader.fault("process", "the process id is not derived from what stands above.")
    log = log_verifier(origin, stated["log_key"])
    checkpoints: list[StampedCheckpoint] = []
    for _ in range(reader.number(reader.text("checkpoints"))):
        note = reader.note()
        size = open_checkpoint(note, log).checkpoint.size
        if checkpoints and size <= checkpoints[-1].size:
            raise reader.fault("order", "the checkpoints stand in the order of their sizes, each once.")
        checkpoints.append(StampedCheckpoint(size, check_stamps(note, reader.answers(), roots, now)))
    if not checkpoints or not reader.at_end():
        raise reader.fault("end", "the file holds no stamp, or goes on after the last.")
    return StampedLog(origin, tuple(checkpoints))


def check_stamps(note: bytes, answers: Sequence[bytes], roots: Roots, now: int) -> tuple[Stamp, ...]:
    """The stamps on a note, each made before the certificate of the one before it had ended, and the last not ended now.

    Raises `Refused`: as `check_stamp`, or `stamp.order`, `stamp.ended`.
    """
    found = tuple(
        check_stamp(stamped_bytes(note, answers[:place]), answer, roots)
        for place, answer in enumerate(answers)
    )
    for before, after in pairwise(found):
        if after.at < before.at:
            raise _refuse("stamp.order", "A later time stamp is older than the one that it is over.",
                          "Keep the file, and ask for the stamps again.")  # fmt: skip
    for stamp, asked in zip(found, [*(later.at for later in found[1:]), now], strict=True):
        if asked > stamp.ends:
            ended = instant_from_unix(stamp.ends)
            raise _refuse("stamp.ended", f"The certificate of {stamp.authority} ended on {ended}, and no other stamp was "
                          "made over this one before that.",
                          "Ask for a file of stamps in which it has been stamped again.")  # fmt: skip
    return found


def _refuse(code: str, sentence: str, instead: str) -> Refused:
    return refuse(code, sentence, _CLAUSE, instead)
