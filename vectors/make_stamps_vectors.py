"""Write vectors/stamps/*.json again: `python vectors/make_stamps_vectors.py [folder]`.

Files of time stamps (docs/specs/time-stamp.md), each with one fault, and with the certificate that its reader trusts. An
authority draws random numbers: so all are made of the page's own example, whose two stamps an authority made for it.
"""

from __future__ import annotations

import re
import sys
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from host_parts import seed_named
from log_parts import Vector, Vectors, latin, write_folder

from detente.codec.instant import unix_from_instant

PAGE = (Path(__file__).parents[1] / "docs" / "specs" / "time-stamp.md").read_text("utf-8")
EXAMPLE, CERTIFICATE = (
    str(re.findall(rf"```{name}\n(.*?)```", PAGE, re.DOTALL)[0]) for name in ("stamps", "certificate")
)
RAW = EXAMPLE.encode()
LINES = RAW.splitlines(keepends=True)
FIRST, SECOND = LINES[-2:]
HEAD = b"".join(LINES[: LINES.index(b"stamps 2\n")])
NOTE = HEAD[HEAD.index(b"checkpoint 5\n") :]
AT = unix_from_instant("2026-11-26T07:17:48Z")
ENDS = unix_from_instant("2125-06-20T07:17:48Z")
NOW = unix_from_instant("2030-01-01T00:00:00Z")
REFUSED = bytes.fromhex("30053003020102")
"""An authority's answer of status 2, rejection."""


def stamped(*answers: bytes, head: bytes = HEAD, counted: str = "") -> bytes:
    return head + f"stamps {counted or len(answers)}\n".encode() + b"".join(answers)


def changed(old: bytes, new: bytes) -> bytes:
    assert old in RAW
    return RAW.replace(old, new, 1)


def _vector(
    about: str, raw: bytes, code: str = "", *, now: int = NOW, certificate: str = CERTIFICATE, **found: object
) -> Vector:
    expect = {"stage": "stamps" if code else "accepted", "code": code, **found}
    return {"about": about, "raw": latin(raw), "certificate": certificate, "now": now, "expect": expect}


def sound() -> Vectors:
    def of(about: str, raw: bytes, stamps: int, now: int = NOW) -> Vector:
        (process,) = re.findall(rb"^process (.*)$", RAW, re.MULTILINE)
        told = [[AT, "Stamp Office", ENDS]] * stamps
        return _vector(about, raw, now=now, process=process.decode(), checkpoints=[[1, told]])

    return {
        "sound": of("Two stamps on one checkpoint, the second over the first.", RAW, 2),
        "sound_one": of("The first stamp alone.", stamped(FIRST), 1),
        "sound_to_the_end": of("Read in the second in which the certificate ends.", RAW, 2, now=ENDS),
    }


def line_faults() -> Vectors:
    letter = b"B" if NOTE[-6:-5] != b"B" else b"C"
    faults = {
        "version": ("The first line is of another version.", changed(b" v1\n", b" v2\n"), "stamps.version"),
        "word": ("A line begins with another word.", changed(b"\nlabel ", b"\nname "), "stamps.line"),
        "label_not_ascii": ("The label has a letter that is not ASCII.", changed(b"talks\n", b"t\xe4lks\n"),
                            "stamps.line"),
        "leading_zero": ("A number begins with zero.", stamped(FIRST, SECOND, counted="02"), "stamps.number"),
        "note_too_long": ("The checkpoint has 201 lines.", changed(b"\ncheckpoint 5\n", b"\ncheckpoint 201\n"),
                          "stamps.number"),
        "no_stamp": ("There is no stamp on a checkpoint.", stamped(), "stamps.number"),
        "too_many": ("There are said to be 101 stamps.", stamped(FIRST, SECOND, counted="101"), "stamps.number"),
        "truncated": ("The last line has no end.", RAW[:-1], "stamps.truncated"),
        "fewer": ("There are fewer stamps than it says.", stamped(FIRST, counted="2"), "stamps.truncated"),
        "end": ("There are more stamps than it says.", stamped(FIRST, SECOND, counted="1"), "stamps.end"),
        "no_checkpoint": ("There is no checkpoint.",
                          HEAD.removesuffix(NOTE).replace(b"checkpoints 1", b"checkpoints 0"), "stamps.end"),
        "process_of_another": ("The process id is derived from another label.", changed(b"label talks", b"label talk"),
                               "stamps.process"),
        "order": ("A checkpoint stands twice.",
                  stamped(FIRST, head=HEAD.replace(b"checkpoints 1", b"checkpoints 2")) + NOTE + b"stamps 1\n" + FIRST,
                  "stamps.order"),
        "base64": ("A stamp is padded otherwise.", stamped(FIRST.rstrip(b"\n=") + b"====\n"), "stamps.stamp"),
        "base64_space": ("A space stands in a stamp.", stamped(FIRST[:40] + b" " + FIRST[40:]), "stamps.stamp"),
        "note_signature": ("A letter of the checkpoint's signature is another.",
                           stamped(FIRST, head=HEAD[:-6] + letter + HEAD[-5:]), "note.signature"),
    }  # fmt: skip
    return {name: _vector(about, raw, code) for name, (about, raw, code) in faults.items()}


def stranger() -> str:
    """A certificate by itself, under the authority's root's name."""
    key = Ed25519PrivateKey.from_private_bytes(seed_named("stamps stranger"))
    name = x509.load_pem_x509_certificate(CERTIFICATE.encode()).subject
    start, end = (datetime.fromtimestamp(at, UTC) for at in (AT - 86_400, ENDS))
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, start, end)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return made.sign(key, None).public_bytes(Encoding.PEM).decode()


def stamp_faults() -> Vectors:
    first = bytearray(b64decode(FIRST))
    first[-1] ^= 1
    tail = b64encode(bytes(first)) + b"\n"
    return {
        "answer": _vector("A stamp is none.", stamped(b64encode(b"nothing") + b"\n"), "stamp.answer"),
        "answer_cut_short": _vector(
            "A stamp is cut short.", stamped(b64encode(bytes(first[:-9])) + b"\n"), "stamp.answer"
        ),
        "answer_refused": _vector(
            "The authority refused to stamp.", stamped(b64encode(REFUSED) + b"\n"), "stamp.refused"
        ),
        "imprint": _vector(
            "The second stamp stands in the place of the first.", stamped(SECOND), "stamp.imprint"
        ),
        "imprint_twice": _vector("The first stamp stands twice.", stamped(FIRST, FIRST), "stamp.imprint"),
        "signature": _vector(
            "A byte of the authority's signature is another.", stamped(tail), "stamp.authority"
        ),
        "authority": _vector(
            "The reader trusts somebody else.", RAW, "stamp.authority", certificate=stranger()
        ),
        "ended": _vector(
            "The certificate has ended, and nothing was stamped since.", RAW, "stamp.ended", now=ENDS + 1
        ),
        "certificate": _vector(
            "What the reader trusts is no certificate.", RAW, "stamp.certificate", certificate="none"
        ),
    }


if __name__ == "__main__":
    write_folder(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "stamps",
        sound() | line_faults() | stamp_faults(),
    )
