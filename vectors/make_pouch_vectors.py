"""Write vectors/pouch/*.json again: `python vectors/make_pouch_vectors.py [folder]`.

Pouches and answers to them (docs/specs/pouch.md), each with one fault. Where the fault is not in the digest, the changed
file is closed again with a digest that holds.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from host_parts import Table, draws_from, key_named
from log_parts import Vector, Vectors, latin, write_folder

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refusal
from detente.proofs.pouch import Answer, AnsweredPouch, Pouch, leaf_of, write_answer, write_pouch
from detente.signing.compact import sign_compact
from detente.signing.envelope import ACT_TYPE

Lines = list[bytes]
LABEL = "pouch"
STALE = Refusal("act.stale", "The text has changed since.", "", "Read it again.")
WORDS = Refusal(
    "participation.role", "An act of kind “admit” is not for a delegate.", "", "It is for: mediator."
)


def _written(write: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def _record() -> tuple[str, bytes, bytes, bytes]:
    """(process, a statement, its receipt, a note in a chamber), all by A."""
    with draws_from(LABEL):
        table = Table(LABEL).convene().seat(("A", "delegate", "A"))
        statement = table.statement("A", "We go on.")
        note = table.raw("A", "note", {"text": "Ask the capital."}, chamber="side-A")
        receipt = table.depositary.receive_act(statement)
        return table.origin, statement, receipt.proof, note


PROCESS, STATEMENT, RECEIPT, NOTE = _record()
LEAVES = [encode_base64url(leaf_of(act)) for act in (STATEMENT, NOTE)]
POUCH = _written(lambda out: write_pouch(out, Pouch(PROCESS, (STATEMENT, NOTE))))
ANSWER = _written(
    lambda out: write_answer(
        out,
        AnsweredPouch(
            PROCESS,
            (Answer(leaf_of(STATEMENT), RECEIPT), Answer(leaf_of(NOTE), refusals=(STALE, WORDS))),
        ),
    )
)


def closed(lines: Lines) -> bytes:
    """These lines, and a digest that holds."""
    body = b"".join(line + b"\n" for line in lines)
    return body + f"digest {encode_base64url(sha256(body).digest())}\n".encode()


def pouch(*acts: bytes, counted: str = "", process: str = PROCESS) -> bytes:
    heading = f"detente pouch v1\nprocess {process}\nacts {counted or len(acts)}".encode()
    return closed([heading, *(b"act " + act for act in acts)])


def answer(*answers: bytes, counted: str = "") -> bytes:
    heading = f"detente pouch answer v1\nprocess {PROCESS}\nanswers {counted or len(answers)}".encode()
    return closed([heading, *answers])


def refused(*lines: bytes, leaf: str = LEAVES[1], counted: str = "") -> bytes:
    return b"\n".join((f"refused {leaf} {counted or len(lines)}".encode(), *lines))


def received(leaf: str = LEAVES[0]) -> bytes:
    return f"receipt {leaf} {RECEIPT.count(10)}\n".encode() + RECEIPT.rstrip(b"\n")


def _of_pouch(about: str, raw: bytes, code: str = "", **found: object) -> Vector:
    return {
        "about": about,
        "raw": latin(raw),
        "expect": {"stage": "pouch" if code else "accepted", "code": code, **found},
    }


def _of_answer(about: str, raw: bytes, code: str = "", **found: object) -> Vector:
    expect = {"stage": "answer" if code else "accepted", "code": code, **found}
    return {"about": about, "answer": latin(raw), "expect": expect}


def sound() -> Vectors:
    later = sign_compact(key_named(f"{LABEL} A"), ACT_TYPE, {"act": "swear", "proc": PROCESS, "v": 9}) + b"~"
    codes = [STALE.code, WORDS.code]
    return {
        "sound": _of_pouch("A statement, and a note in a chamber.", POUCH, process=PROCESS, leaves=LEAVES),
        "sound_one": _of_pouch("One act.", pouch(STATEMENT), process=PROCESS, leaves=LEAVES[:1]),
        "sound_of_a_later_version": _of_pouch(
            "An act of a kind and version that nobody knows: the host judges it.", pouch(later), process=PROCESS,
            leaves=[encode_base64url(leaf_of(later))],
        ),
        "sound_answer": _of_answer(
            "A receipt, and a refusal of two sentences.", ANSWER, process=PROCESS,
            answers=[[LEAVES[0], []], [LEAVES[1], codes]],
        ),
        "sound_answer_unread": _of_answer(
            "A receipt that is none: whoever takes it in reads it. One of its lines begins as a digest does.",
            answer(f"receipt {LEAVES[0]} 2\ndigest of nothing\n".encode()), process=PROCESS, answers=[[LEAVES[0], []]],
        ),
    }  # fmt: skip


def pouch_faults() -> Vectors:
    other = f"detente/{'a' * 26}"
    letter = b"B" if POUCH[-3:-2] == b"A" else b"A"
    nameless = sign_compact(key_named(f"{LABEL} A"), ACT_TYPE, {"act": "swear", "v": 1}) + b"~"
    faults = {
        "version": ("The first line is of another version.", POUCH.replace(b" v1\n", b" v2\n", 1), "version"),
        "word": ("A line begins with another word.", POUCH.replace(b"\nacts ", b"\nakts ", 1), "line"),
        "process_not_ascii": ("The process has a letter that is not ASCII.",
                              pouch(STATEMENT, process=f"{PROCESS}ä"), "line"),
        "leading_zero": ("The number of acts begins with zero.", pouch(STATEMENT, counted="01"), "number"),
        "no_acts": ("There is no act.", pouch(), "number"),
        "too_many": ("There are said to be 10,001 acts.", pouch(STATEMENT, counted="10001"), "number"),
        "fewer": ("There are fewer acts than it says.", pouch(STATEMENT, NOTE, counted="3"), "line"),
        "more": ("There are more acts than it says.", pouch(STATEMENT, NOTE, counted="1"), "line"),
        "truncated": ("The last line has no end.", POUCH[:-1], "truncated"),
        "digest": ("A letter of the digest is another.", POUCH[:-3] + letter + POUCH[-2:], "digest"),
        "digest_of_another": ("An act was taken out, and the digest left.",
                              POUCH.replace(b"acts 2", b"acts 1").replace(b"act " + NOTE + b"\n", b""), "digest"),
        "end": ("Something follows the digest.", POUCH + b"\n", "end"),
        "act_of_another": ("The acts are of another process.", pouch(STATEMENT, process=other), "process"),
        "act_of_a_longer_name": ("The process is the beginning of the acts'.",
                                 pouch(STATEMENT, process=PROCESS[:-1]), "process"),
        "act_of_none": ("An act names no process.", pouch(nameless), "process"),
        "act_twice": ("An act stands twice.", pouch(STATEMENT, NOTE, STATEMENT), "twice"),
        "act_twice_shown": ("An act stands twice, once without its words.",
                            pouch(STATEMENT, STATEMENT.split(b"~")[0] + b"~"), "twice"),
    }  # fmt: skip
    return {name: _of_pouch(about, raw, f"pouch.{code}") for name, (about, raw, code) in faults.items()} | {
        "act_no_tilde": _of_pouch("An act does not end in “~”.", pouch(STATEMENT[:-1]), "envelope.no_tilde"),
        "act_cut_short": _of_pouch(
            "A signature is cut short.", pouch(STATEMENT.split(b"~")[0][:-4] + b"~"), "envelope.signature_length"
        ),
    }  # fmt: skip


def answer_faults() -> Vectors:
    stale = b'{"clause":"","code":"act.stale","instead":"","sentence":"The text has changed since."}'
    letter = b"B" if ANSWER[-3:-2] == b"A" else b"A"
    faults = {
        "answer_version": ("The first line is a pouch's.", ANSWER.replace(b" answer v1\n", b" v1\n", 1), "version"),
        "answer_word": ("An answer is neither a receipt nor a refusal.",
                        answer(refused(stale).replace(b"refused", b"delayed", 1)), "line"),
        "answer_not_ascii": ("A leaf has a letter that is not ASCII.",
                             answer(refused(stale, leaf="ä" + LEAVES[1][1:])), "line"),
        "answer_none": ("There is no answer.", answer(), "number"),
        "answer_too_many": ("There are said to be 10,001 answers.", answer(refused(stale), counted="10001"), "number"),
        "answer_no_lines": ("A refusal has no line.", answer(refused(counted="0")), "number"),
        "answer_uncounted": ("A refusal does not say how many lines it has.",
                             answer(refused(stale).replace(b" 1\n", b"\n", 1)), "number"),
        "answer_too_long": ("A refusal has 201 lines.", answer(refused(*[stale] * 201)), "number"),
        "answer_leaf_short": ("A leaf has 31 bytes.", answer(refused(stale, leaf=LEAVES[1][:-2] + "A")), "leaf"),
        "answer_leaf_spelling": ("A leaf is padded.", answer(refused(stale, leaf=LEAVES[1] + "=")), "leaf"),
        "answer_refusal": ("A refusal is no JSON.", answer(refused(b"because")), "refusal"),
        "answer_refusal_spaced": ("A refusal is not in its one spelling.",
                                  answer(refused(stale.replace(b":", b": ", 1))), "refusal"),
        "answer_refusal_twice": ("A refusal has a member twice.",
                                 answer(refused(stale.replace(b"{", b'{"clause":"",', 1))), "refusal"),
        "answer_refusal_list": ("A refusal is a list.", answer(refused(b'["act.stale"]')), "refusal"),
        "answer_refusal_lacking": ("A refusal has no sentence.",
                                   answer(refused(b'{"clause":"","code":"act.stale","instead":""}')), "refusal"),
        "answer_refusal_member": ("A refusal has a member besides.",
                                  answer(refused(stale.replace(b'"}', b'","was":"x"}'))), "refusal"),
        "answer_refusal_number": ("The code of a refusal is a number.",
                                  answer(refused(stale.replace(b'"act.stale"', b"7"))), "refusal"),
        "answer_refusal_not_utf8": ("A refusal is not UTF-8.", answer(refused(stale.replace(b"text", b"t\xe4xt"))),
                                    "refusal"),
        "answer_fewer": ("There are fewer answers than it says.", answer(received(), counted="2"), "line"),
        "answer_twice": ("An act is answered twice.",
                         answer(received(LEAVES[1]), refused(stale)), "twice"),
        "answer_truncated": ("The file ends inside a receipt.", ANSWER[: ANSWER.index(b"\nindex ") + 1], "truncated"),
        "answer_digest": ("A letter of the digest is another.", ANSWER[:-3] + letter + ANSWER[-2:], "digest"),
        "answer_end": ("Something follows the digest.", ANSWER + ANSWER, "end"),
    }  # fmt: skip
    return {name: _of_answer(about, raw, f"pouch.{code}") for name, (about, raw, code) in faults.items()}


if __name__ == "__main__":
    write_folder(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "pouch",
        sound() | pouch_faults() | answer_faults(),
    )
