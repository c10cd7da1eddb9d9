"""Write vectors/copy/*.json again: `python vectors/make_copy_vectors.py [folder]`.

Whole certified copies (docs/specs/certified-copy.md), each with one fault. Where the fault is not in the
certificate itself, the keeper has certified the changed copy again, so that the digest holds and the fault is
found by the check that is meant to find it.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from host_parts import MADE, Table, copy_for, draws_from, key_named
from log_parts import Vector, Vectors, latin, write_folder

from detente.codec.base64url import encode_base64url
from detente.keys.generate import SigningKey
from detente.proofs.certified_copy import statement_of

KEEPER = key_named("copy keeper")


def small_record() -> bytes:
    """One act in the main log, one in the mediators' chamber, two chambers empty; one cosigner; for M."""
    with draws_from("copy"):
        table = Table("copy", cosigners=("harbour.example",)).convene()
        table.do("M", "note", {"text": "Ask both about the bridge."}, chamber="mediators")
        table.cosign(MADE + 120)
        return copy_for(table.depositary, table.origin, "M")


def certified(body: bytes, key: SigningKey = KEEPER, key_id: str = "") -> bytes:
    """`body` under a digest that holds and a certificate by `key`."""
    digest = encode_base64url(hashlib.sha256(body).digest())
    signature = encode_base64url(key.sign(statement_of(digest)))
    return body + f"digest {digest}\ncertified {key_id or key.key_id} {signature}\n".encode()


RAW = small_record()
LINES = RAW.splitlines(keepends=True)
BODY = b"".join(LINES[:-2])


def _vector(about: str, raw: bytes, code: str, **expected: object) -> Vector:
    return {
        "about": about,
        "raw": latin(raw),
        "expect": {"stage": "copy" if code else "accepted", "code": code, **expected},
    }


def at(word: bytes, nth: int = 0) -> int:
    """The number of the nth line that begins with `word`."""
    return [i for i, line in enumerate(LINES) if line.startswith(word + b" ")][nth]


def changed(old: bytes, new: bytes) -> bytes:
    assert old in BODY
    return certified(BODY.replace(old, new, 1))


def with_lines(change: Callable[[list[bytes]], Sequence[bytes]]) -> bytes:
    return certified(b"".join(change(LINES[:-2])))


def sound_copies() -> Vectors:
    mediators = {"mediators": 1, "mediators-A": 0, "mediators-B": 0}
    cosigned = [["harbour.example", MADE + 120]]
    bare = LINES[at(b"act")].split(b"~")[0] + b"~\n"
    main_only = certified(b"".join(LINES[: at(b"log", 1)]))

    def sound(about: str, raw: bytes, chambers: dict[str, int]) -> Vector:
        return _vector(about, raw, "", size=1, chambers=chambers, cosigned=cosigned, irregular=[])

    return {
        "sound": sound("The main log and three chambers, for a mediator.", RAW, mediators),
        "sound_main_log_only": sound("The main log alone.", main_only, {}),
        "sound_nothing_opened": sound(
            "The first act's hidden fields are withheld.",
            with_lines(lambda lines: [*lines[: at(b"act")], bare, *lines[at(b"act") + 1 :]]),
            mediators,
        ),
    }


def certificate_faults() -> Vectors:
    digest, certificate = LINES[-2:]
    other = encode_base64url(hashlib.sha256(BODY + b"\n").digest())
    key_id, signature = certificate.split()[1:]
    wrong = encode_base64url(KEEPER.sign(f"{digest.split()[1].decode()}\n".encode())).encode()
    lines = [LINES[-2], b" ".join((b"certified", key_id, wrong)) + b"\n"]
    stranger, convenor = key_named("stranger"), key_named("copy M")
    return {
        "digest_of_another_copy": _vector(
            "The digest is another copy's.", BODY + f"digest {other}\n".encode() + certificate, "copy.digest"
        ),
        "digest_missing": _vector("There is no digest.", BODY + certificate, "copy.line"),
        "changed_after_certifying": _vector(
            "The time was changed after the keeper signed.",
            RAW.replace(b"made 2026", b"made 2027", 1),
            "copy.digest",
        ),
        "certified_by_a_stranger": _vector(
            "A key that the record does not know has certified.", certified(BODY, stranger), "copy.keeper"
        ),
        "certified_by_the_convenor": _vector(
            "The convenor has certified, and not the keeper.", certified(BODY, convenor), "copy.keeper"
        ),
        "certified_in_the_keepers_name": _vector(
            "Another key has signed in the keeper's name.",
            certified(BODY, stranger, KEEPER.key_id),
            "copy.signature",
        ),
        "signature_over_the_bare_digest": _vector(
            "The keeper signed the digest without its label.", BODY + b"".join(lines), "copy.signature"
        ),
        "signature_in_base64": _vector(
            "The signature is padded.",
            BODY + digest + b" ".join((b"certified", key_id, signature)) + b"==\n",
            "copy.signature",
        ),
        "certificate_missing": _vector("The file ends after its digest.", BODY + digest, "copy.truncated"),
        "line_after_the_end": _vector("A line follows the certificate.", RAW + b"\n", "copy.end"),
        "missing_newline": _vector("The last line does not end.", RAW[:-1], "copy.truncated"),
    }


def heading_faults() -> Vectors:
    exporter, made = LINES[2:4]
    return {
        "version": _vector(
            "The first line names another version.", changed(b"copy v1", b"copy v2"), "copy.version"
        ),
        "mark_at_the_start": _vector(
            "A byte order mark stands first.", certified(b"\xef\xbb\xbf" + BODY), "copy.version"
        ),
        "carriage_return": _vector(
            "A carriage return ends a line.", changed(b"for M\n", b"for M\r\n"), "copy.line"
        ),
        "heading_in_another_order": _vector(
            "The lines of the heading change places.", changed(exporter + made, made + exporter), "copy.line"
        ),
        "line_unknown": _vector(
            "A line that is not known stands in the heading.", changed(made, made + b"note x\n"), "copy.line"
        ),
        "line_empty": _vector(
            "An empty line stands in the heading.", changed(made, made + b"\n"), "copy.line"
        ),
        "two_spaces": _vector("Two spaces follow a word.", changed(b"for M", b"for  M"), "copy.heading"),
        "escape_in_heading": _vector(
            "A line holds a sequence that a terminal obeys.", changed(b"for M", b"for M\x1b[2K"), "copy.line"
        ),
        "person_malformed": _vector(
            "The copy is for nobody.", changed(b"for M", b"for nobody"), "copy.heading"
        ),
        "instant_malformed": _vector(
            "The copy's time has no zone.", changed(made, made.replace(b"Z\n", b"\n")), "copy.heading"
        ),
        "chamber_as_process": _vector(
            "The process is named by a chamber.", changed(b"\nfor M", b"/mediators\nfor M"), "copy.heading"
        ),
    }


def log_faults() -> Vectors:
    log, act, note = (at(word) for word in (b"log", b"act", b"checkpoint"))
    first, second, third = at(b"log", 1), at(b"log", 2), at(b"log", 3)
    chamber_act = LINES[at(b"act", 1)]
    counted = LINES[log].replace(b" 1\n", b" 2\n")
    disclosure = chamber_act.split(b"~")[1]
    acts = LINES[act].rstrip(b"\n")
    return {
        "process_of_another_record": _vector(
            "The heading names another process than the acts.",
            certified(BODY.replace(LINES[1].split(b"/")[1].rstrip(), b"a" * 26)),
            "copy.process",
        ),
        "heading_of_another_process": _vector(
            "The first log is not the one of the heading.",
            changed(LINES[1], b"process detente/" + b"a" * 26 + b"\n"),
            "copy.line",
        ),
        "count_leading_zero": _vector(
            "The number of acts has a leading zero.",
            changed(LINES[log], LINES[log].replace(b" 1\n", b" 01\n")),
            "copy.number",
        ),
        "count_too_small": _vector(
            "The log says that it has no acts.",
            changed(LINES[log], LINES[log].replace(b" 1\n", b" 0\n")),
            "copy.empty",
        ),
        "count_too_large": _vector(
            "The log says that it has two acts.", changed(LINES[log], counted), "copy.line"
        ),
        "act_twice": _vector(
            "The one act stands twice.",
            with_lines(lambda lines: [*lines[:log], counted, lines[act], *lines[act:]]),
            "copy.root",
        ),
        "act_of_a_chamber_in_the_main_log": _vector(
            "A chamber's act stands in the main log too.",
            with_lines(lambda lines: [*lines[:log], counted, lines[act], chamber_act, *lines[act + 1 :]]),
            "copy.root",
        ),
        "act_changed": _vector(
            "One letter of a signature is another.",
            changed(acts, _other_signature(acts)),
            "envelope.signature",
        ),
        "disclosure_of_another_act": _vector(
            "An act has the disclosure of another.",
            changed(acts, acts + disclosure + b"~"),
            "disclosure.unreferenced",
        ),
        "checkpoint_lines": _vector(
            "The checkpoint is said to have one line more.",
            changed(LINES[note], b"checkpoint %d\n" % (int(LINES[note].split()[1]) + 1)),
            "note.malformed",
        ),
        "checkpoint_of_a_chamber": _vector(
            "The main log has the checkpoint of a chamber.",
            with_lines(lambda lines: [*lines[:note], *lines[first + 2 : second], *lines[first:]]),
            "note.unverified",
        ),
        "cosignature_changed": _vector(
            "A known cosigner's line does not hold.", _other_cosignature(), "note.signature"
        ),
        "chambers_in_another_order": _vector(
            "Two chambers change places.",
            with_lines(lambda lines: [*lines[:second], *lines[third:], *lines[second:third]]),
            "copy.log",
        ),
        "chamber_twice": _vector(
            "A chamber stands twice.",
            with_lines(lambda lines: [*lines[:third], *lines[second:third], *lines[third:]]),
            "copy.log",
        ),
        "chamber_unknown": _vector(
            "A chamber is of no side.", changed(b"/mediators-B 0\n", b"/mediators-C 0\n"), "copy.log"
        ),
    }


def _other_signature(act: bytes) -> bytes:
    entry, _, rest = act.partition(b"~")
    head, _, signature = entry.rpartition(b".")
    other = (b"B" if signature[:1] == b"A" else b"A") + signature[1:]
    return head + b"." + other + b"~" + rest


def _other_cosignature() -> bytes:
    line = next(line for line in LINES if "— harbour.example ".encode() in line)
    middle = len(line) - 20
    letter = b"A" if line[middle : middle + 1] != b"A" else b"B"
    return changed(line, line[:middle] + letter + line[middle + 1 :])


def copy_vectors() -> Vectors:
    return sound_copies() | certificate_faults() | heading_faults() | log_faults()


if __name__ == "__main__":
    write_folder(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "copy", copy_vectors())
