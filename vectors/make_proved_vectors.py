"""Write vectors/proved/*.json again: `python vectors/make_proved_vectors.py [folder]`.

Proofs of one act (docs/specs/proof-of-an-act.md), each with one fault. Where an act is at fault, its author has signed it
as it is, and it stands in the log under a checkpoint that the log's key and a cosigner have signed: whatever else is
checked of it holds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
from host_parts import cosigner_named, key_named
from log_parts import STRANGER, Vector, Vectors, latin, write_folder
from proved_parts import (
    ACTS,
    ACTS_BARE,
    ADMISSION,
    CHAMBER,
    CONVENING,
    COSIGNER,
    ENROLMENT,
    HEAD,
    IN_CHAMBER,
    INSIDE,
    LABEL,
    NAMING,
    NOTES,
    ORIGIN,
    PROOF,
    SALT,
    SIGNED,
    STATEMENT,
    TAB,
    TABLE,
    WATCHED,
    B,
    M,
    bare,
    changed,
    made,
    naming,
    note_of,
    noted,
    placed,
    proof,
    signed_again,
    watched,
    with_act,
)

from detente.codec.base64url import encode_base64url
from detente.proofs.parts import parts_of
from detente.signing.disclosure import digest_of, make_disclosure
from detente.signing.envelope import parse_envelope
from detente.tlog.line import encode_base64
from detente.tlog.merkle import leaf_hash
from detente.tlog.signed_note import ED25519, VerifierKey, format_vkey


def _vector(about: str, raw: bytes, code: str = "", **expected: object) -> Vector:
    expect = {"stage": "proved" if code else "accepted", "code": code, **expected}
    return {"about": about, "raw": latin(raw), "expect": expect}


def sound_proofs() -> Vectors:
    def sound(about: str, raw: bytes, number: int, **found: object) -> Vector:
        usual: dict[str, object] = {
            "process": ORIGIN, "chamber": "", "number": number, "kind": "register_statement", "person": "B",
            "role": "delegate", "side": "B", "office": "", "title": "", "enrolled": 3, "opened": {}, "size": 5,
            "main_size": 5, "cosigned": [[COSIGNER, SIGNED]], "cosigned_later": [],
        }  # fmt: skip
        return _vector(about, raw, **(usual | found))

    words = {"text": "The road stays open."}
    by_m: dict[str, object] = {"kind": "convene", "person": "M", "role": "", "side": "", "enrolled": 1}
    uncosigned = b"".join(line for line in PROOF.splitlines(True) if COSIGNER.encode() not in line)
    note = {"text": "Ask the capital."}
    later: dict[str, object] = {"size": 6, "main_size": 6, "cosigned_later": [[TAB, SIGNED, "B"]]}
    again = [*ACTS, signed_again(ADMISSION, M, role="observer", side=None), WATCHED[NAMING]]
    return {
        "sound": sound("A statement of a delegate, with its text.", made(4, ["text"]), 4, opened=words),
        "sound_nothing_shown": sound("The same, with nothing hidden shown.", PROOF, 4),
        "sound_with_names": sound(
            "The same, with office and title.", made(4, names=True), 4, office="Office of B", title="Talks on a road"
        ),
        "sound_convening": sound("The convening act itself.", made(1), 1, **by_m),
        "sound_uncosigned": sound(
            "Nobody has cosigned the checkpoint.", uncosigned.replace(b"checkpoint 6", b"checkpoint 5"), 4, cosigned=[]
        ),
        "sound_parts": sound(
            "The same in parts, the last one first, with a space before it.",
            b" " + "\r\n".join(reversed(parts_of(made(4, ["text"])))).encode(), 4, opened=words,
        ),
        "sound_chamber": sound(
            "A note in the chamber of side B, with its text.", IN_CHAMBER, 1, chamber=CHAMBER, kind="note",
            opened=note, size=1,
        ),
        "sound_cosigner_named_later": sound(
            "A cosigner whom the author named after the act has signed too.", watched(), 4, **later
        ),
        "sound_naming": sound(
            "The act that names a cosigner, which has signed too.", watched(shown=(0, 1, 2, NAMING), proves=6), 6,
            **(later | {"kind": "name_cosigner"}),
        ),
        "sound_named_again": sound(
            "A later act names a key again that the convening act names.",
            watched(naming(format_vkey(cosigner_named(COSIGNER).key)), names=()), 4, size=6, main_size=6,
        ),
        "sound_admitted_again": sound(
            "Its author was admitted in another role after the key of the act was enrolled.",
            watched(again, (0, 1, 2, 3, 5, 6)), 4, **(later | {"size": 7, "main_size": 7}),
        ),
    }  # fmt: skip


def part_faults() -> Vectors:
    first, *others = parts_of(PROOF)
    foreign = parts_of(IN_CHAMBER)[0]
    whole = "\n".join((first, *others)).encode()
    letter = b"A" if whole[-3:-2] != b"A" else b"B"
    return {
        "part_malformed": _part(
            "A part begins in small letters.", whole.replace(b"DETENTE1:", b"DETENTE1:x", 1), "malformed"
        ),
        "part_missing": _part("The first part is missing.", "\n".join(others).encode(), "missing"),
        "part_of_another": _part(
            "A part is of another proof.", whole + b"\n" + foreign.encode(), "of_another"
        ),
        "part_damaged": _part("A letter of a part is another.", whole[:-3] + letter + whole[-2:], "damaged"),
        "part_damaged_twice": _part(
            "A part stands twice, and the two differ.", whole + b"\n" + whole.splitlines()[-1][:-1], "damaged"
        ),
    }


def _part(about: str, raw: bytes, code: str) -> Vector:
    return {"about": about, "raw": latin(raw), "expect": {"stage": "parts", "code": f"parts.{code}"}}


def line_faults() -> Vectors:
    path = PROOF[PROOF.index(b"path ") :].split(b"\n")[1]
    return {
        "version": _vector(
            "The first line is of another version.", changed(b" v1\n", b" v2\n"), "proved.version"
        ),
        "word": _vector(
            "A line begins with another word.", changed(b"\nproves ", b"\nshows "), "proved.line"
        ),
        "not_ascii": _vector(
            "The process has a letter that is not ASCII.",
            changed(b"\nproves", b"\xe4\nproves"),
            "proved.line",
        ),
        "chamber_name": _vector(
            "A chamber is named as no log is.", changed(b" side-B\n", b" side B\n", IN_CHAMBER), "proved.line"
        ),
        "leading_zero": _vector(
            "A number begins with zero.", changed(b"act 2 ", b"act 02 "), "proved.number"
        ),
        "path_too_long": _vector(
            "A path has 64 hashes.", changed(b"path 3\n", b"path 64\n"), "proved.number"
        ),
        "note_too_long": _vector(
            "The checkpoint has 201 lines.",
            changed(b"\ncheckpoint 6\n", b"\ncheckpoint 201\n"),
            "proved.number",
        ),
        "hash": _vector("A hash is not padded.", changed(path, path.rstrip(b"=")), "proved.hash"),
        "truncated": _vector("The last line has no end.", PROOF[:-1], "proved.truncated"),
        "end": _vector("Something follows the checkpoint.", PROOF + b"\n", "proved.end"),
        "no_acts": _vector("There is no act.", HEAD + noted(note_of(ACTS)), "proved.order"),
    }


def order_faults() -> Vectors:
    acts = [placed(ACTS_BARE, index) for index in range(4)]
    head, tail = HEAD, noted(note_of(ACTS_BARE))
    inside = IN_CHAMBER.index(b"checkpoint ")
    return {
        "acts_swapped": _vector(
            "Two acts stand in another order.",
            head + acts[0] + acts[2] + acts[1] + acts[3] + tail,
            "proved.order",
        ),
        "act_twice": _vector(
            "An act stands twice.",
            head + acts[0] + acts[1] + acts[1] + acts[2] + acts[3] + tail,
            "proved.order",
        ),
        "act_besides": _vector(
            "An act stands there that no key rests on.", proof(ACTS_BARE, (0, 1, 2, 3, 4)), "proved.order"
        ),
        "another_last": _vector(
            "The last act is not the one of the heading.",
            changed(b"\nproves 4\n", b"\nproves 3\n"),
            "proved.order",
        ),
        "proves_none": _vector(
            "The heading says that act 0 is proved.",
            proof(ACTS_BARE, (0, 1, 2)).replace(b"\nproves 3\n", b"\nproves 0\n"),
            "proved.order",
        ),
        "chamber_act_besides": _vector(
            "A statement stands among what the key of a chamber's act rests on.",
            IN_CHAMBER[:inside] + acts[3] + IN_CHAMBER[inside:],
            "proved.order",
        ),
        "no_enrolment": _vector(
            "Nothing enrols the key of the act.", proof(ACTS_BARE, (0, 1, 3)), "proved.key"
        ),
        "no_convening": _vector(
            "The convening act is left out.", proof(ACTS_BARE, (1, 2, 3)), "proved.process"
        ),
    }


def process_faults() -> Vectors:
    other = "detente/" + "a" * 26
    mallory = encode_base64url(key_named(f"{LABEL} mallory").public)
    log_key = signed_again(CONVENING, M, log_key=mallory)
    return {
        "process_of_another": _vector(
            "The heading names another process.", changed(f"process {ORIGIN}".encode(), f"process {other}".encode()),
            "proved.process",
        ),
        "log_key_exchanged": _vector(
            "The convening act names another log key than the process id fixes.",
            with_act(CONVENING, log_key),
            "proved.process",
        ),
        "convenor_exchanged": _vector(
            "Somebody else convenes under this process id.",
            with_act(CONVENING, signed_again(CONVENING, key_named(f"{LABEL} mallory"), convenor_key=mallory)),
            "proved.process",
        ),
        "convening_by_the_keeper": _vector(
            "The convening act is signed with the keeper's key, which the process id does not fix.",
            with_act(CONVENING, signed_again(CONVENING, B, keeper_key=encode_base64url(B.public))), "proved.process",
        ),
        "act_of_another": _vector(
            "The act proved is of another record.", with_act(STATEMENT, signed_again(STATEMENT, B, proc=other)),
            "proved.process",
        ),
        "chamber_act_in_the_main_log": _vector(
            "A chamber's act stands in the main log.", with_act(STATEMENT, NOTES[0]), "proved.process"
        ),
    }  # fmt: skip


def naming_faults() -> Vectors:
    """Of cosigners named after convening."""
    mallory = key_named(f"{LABEL} mallory")
    plain = format_vkey(VerifierKey(TAB, ED25519, cosigner_named(TAB).public_key))
    line = watched().splitlines()[-1]
    letter = b"A" if line[-10:-9] != b"A" else b"B"
    return {
        "named_later_left_out": _vector(
            "The act that names a cosigner is left out, and its line stands there.", watched(shown=(0, 1, 2, 3)),
            "proved.signature",
        ),
        "named_later_by_nobody": _vector(
            "Nothing enrols the key of the act that names a cosigner.",
            watched([*ACTS, signed_again(NAMING, mallory)]), "proved.key",
        ),
        "named_later_of_another_algorithm": _vector(
            "A later act names a key of another algorithm than the record admits.", watched(naming(plain)),
            "proved.signature",
        ),
        "named_later_under_the_log": _vector(
            "A later act names a key under the name of the log itself.",
            watched(naming(format_vkey(cosigner_named(ORIGIN).key)), names=(ORIGIN,)), "proved.signature",
        ),
        "named_later_malformed": _vector(
            "The key that a later act names has a space.", watched(naming("B browser")), "act.malformed"
        ),
        "named_later_cut_short": _vector(
            "The key that a later act names is cut short.",
            watched(naming(format_vkey(cosigner_named(TAB).key)[:-4])), "vkey.length",
        ),
        "named_later_line": _vector(
            "A letter of the line of a cosigner named later is another.",
            changed(line, line[:-10] + letter + line[-9:], watched()), "note.signature",
        ),
        "act_proved_left_out": _vector(
            "The act proved is left out among others.", watched(shown=(0, 1, 2, NAMING), proves=5), "proved.order"
        ),
    }  # fmt: skip


def act_faults() -> Vectors:
    statement = ACTS_BARE[STATEMENT]
    entry, _, signature = statement.rstrip(b"~").rpartition(b".")
    other = entry + b"." + (b"B" if signature[:1] == b"A" else b"A") + signature[1:] + b"~"
    overriding = make_disclosure("claims", [], SALT)
    strange = make_disclosure("text", "Other words.", SALT).encode()
    stranger = encode_base64url(key_named(f"{LABEL} mallory").public)
    unread = {
        "person_malformed": ("The enrolment names no person.", ENROLMENT, M, {"person": "nobody"}),
        "side_malformed": ("The admission names no side.", ADMISSION, M, {"side": "both"}),
        "role_missing": ("The admission names no role.", ADMISSION, M, {"role": None}),
        "time_malformed": ("The act is dated after the year 9999.", STATEMENT, B, {"iat": 253_402_300_800}),
        "version_missing": ("The act has no version.", STATEMENT, B, {"v": None}),
        "cosigners_malformed": ("The cosigners are no list.", CONVENING, M, {"cosigners": COSIGNER}),
    }
    return {
        name: _vector(about, with_act(index, bare(signed_again(index, key, **changes))), "act.malformed")
        for name, (about, index, key, changes) in unread.items()
    } | {
        "kind_unknown": _vector(
            "The act is of a kind that nobody knows.",
            with_act(STATEMENT, bare(signed_again(STATEMENT, B, act="swear"))), "proved.unknown",
        ),
        "act_version_unknown": _vector(
            "The act is of a later version.", with_act(STATEMENT, bare(signed_again(STATEMENT, B, v=2))),
            "proved.unknown",
        ),
        "no_tilde": _vector("The act does not end in “~”.", changed(statement, statement[:-1]), "envelope.no_tilde"),
        "signature": _vector("A letter of a signature is another.", with_act(STATEMENT, other), "envelope.signature"),
        "possession": _vector(
            "The enrolled key has not signed for this person.",
            with_act(ENROLMENT, bare(signed_again(ENROLMENT, M, public=stranger)), (0, 1, 2)), "key.possession",
        ),
        "disclosure_of_nothing": _vector(
            "A disclosure opens no digest of the act.", changed(statement, statement + strange + b"~"),
            "disclosure.unreferenced",
        ),
        "disclosure_overrides": _vector(
            "A disclosure has the name of a field in the clear.",
            with_act(STATEMENT, _overridden(overriding)), "disclosure.overrides",
        ),
        "cosigner_malformed": _vector(
            "A cosigner's key is cut short.",
            with_act(CONVENING, bare(signed_again(CONVENING, M, cosigners=[TABLE.convening["cosigners"][0][:-4]]))),
            "vkey.length",
        ),
    }  # fmt: skip


def _overridden(disclosure: str) -> bytes:
    """The statement with the digest of a disclosure that names a field in the clear."""
    payload = msgspec.json.decode(parse_envelope(ACTS[STATEMENT]).payload)
    digests = sorted([*payload["_sd"][1:], digest_of(disclosure)])
    return bare(signed_again(STATEMENT, B, _sd=digests)) + disclosure.encode() + b"~"


def log_faults() -> Vectors:
    note = note_of(ACTS)
    text = note.split(b"\n\n")[0].decode() + "\n"
    second = PROOF[PROOF.index(b"act 4 ") :]
    path = second[second.index(b"path ") :].split(b"\n")[1]
    other = encode_base64(leaf_hash(b"")).encode()
    cosigned = note.splitlines()[-1]
    letter = b"A" if cosigned[-10:-9] != b"A" else b"B"
    head = IN_CHAMBER.rindex(b"checkpoint ")
    return {
        "note_of_another_key": _vector(
            "Another key has signed in the log's name.",
            proof(ACTS_BARE, note=note_of(ACTS, key=f"{LABEL} mallory")), "checkpoint.unsigned",
        ),
        "note_by_a_stranger": _vector(
            "A key has signed too that the process does not name.",
            proof(ACTS_BARE, note=note_of(ACTS, ORIGIN, STRANGER.sign(text))), "proved.signature",
        ),
        "cosignature": _vector(
            "A letter of a cosignature is another.",
            changed(cosigned, cosigned[:-10] + letter + cosigned[-9:]), "note.signature",
        ),
        "note_of_a_chamber": _vector(
            "The main log has the checkpoint of a chamber.",
            proof(ACTS_BARE, note=note_of(ACTS, INSIDE)), "checkpoint.unsigned",
        ),
        "chamber_under_the_main_note": _vector(
            "The chamber has the checkpoint of the main log.", IN_CHAMBER[:head] + noted(note), "checkpoint.unsigned",
        ),
        "older_note": _vector(
            "The checkpoint is older than the act.",
            HEAD + b"".join(placed(ACTS_BARE[:3], index) for index in range(3)) + placed(ACTS_BARE, STATEMENT)
            + noted(note_of(ACTS[:3])),
            "proof.index",
        ),
        "path_of_another_length": _vector(
            "The checkpoint is of a longer log than the path.",
            proof(ACTS_BARE, note=note_of([*ACTS, *ACTS])), "proof.path_length",
        ),
        "another_root": _vector(
            "A hash on the path is another.", PROOF.replace(second, second.replace(path, other, 1)), "proof.root",
        ),
    }  # fmt: skip


def proved_vectors() -> Vectors:
    return (
        sound_proofs()
        | part_faults()
        | line_faults()
        | order_faults()
        | process_faults()
        | act_faults()
        | naming_faults()
        | log_faults()
    )


if __name__ == "__main__":
    write_folder(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "proved", proved_vectors()
    )
