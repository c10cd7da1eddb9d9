"""Write vectors/facts/*.json again: `python vectors/make_facts_vectors.py [folder]`.

Proofs of facts (docs/specs/state-statement.md), each with one fault. Where an act is at fault, its author has signed it
as it is, and it stands in the log under a checkpoint that the log's key and a cosigner have signed, with the statement
that the cosigner has signed on that log.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from facts_parts import (
    AFTER_ALL,
    BARES,
    BEFORE_ALL,
    BETWEEN,
    FACTS,
    LAST,
    PROOF,
    TREE,
    absent,
    changed,
    lines_of,
    present,
    proof,
    signed,
    stated,
    statement_text,
    watched,
)
from host_parts import cosigner_named, key_named
from log_parts import STRANGER, Vector, Vectors, latin, write_folder
from proved_parts import (
    ADMISSION,
    CONVENING,
    COSIGNER,
    ENROLMENT,
    LABEL,
    LATER,
    NAMING,
    ORIGIN,
    SIGNED,
    STATEMENT,
    TAB,
    TABLE,
    WATCHED,
    B,
    M,
    bare,
    note_of,
    placed,
    signed_again,
)

from detente.acts.convening import process_origin
from detente.codec.base64url import decode_base64url, encode_base64url
from detente.signing.envelope import parse_envelope
from detente.tlog.line import encode_base64
from detente.tlog.signed_note import ED25519, VerifierKey, format_vkey

OTHER = "lighthouse.example"
HARBOUR = format_vkey(cosigner_named(COSIGNER).key)
ELSEWHERE = "detente/" + "a" * 26


def _vector(about: str, raw: bytes, code: str = "", **found: object) -> Vector:
    expect = {"stage": "facts" if code else "accepted", "code": code, **found}
    return {"about": about, "raw": latin(raw), "expect": expect}


def convened(**changes: Any) -> list[bytes]:
    """The record, with another convening act."""
    return [bare(signed_again(CONVENING, M, **changes)), *BARES[1:]]


def with_act(index: int, act: bytes) -> list[bytes]:
    return [*BARES[:index], bare(act), *BARES[index + 1 :]]


def sound() -> Vectors:
    def of(about: str, raw: bytes, *keys: str, **found: object) -> Vector:
        usual: dict[str, object] = {
            "process": ORIGIN, "size": len(BARES), "facts": [[key, FACTS.get(key)] for key in keys or ("admitted/B",)],
            "signers": [COSIGNER], "keys": [HARBOUR], "cosigned": [[COSIGNER, SIGNED]], "cosigned_later": [],
        }  # fmt: skip
        return _vector(about, raw, **(usual | found))

    later: dict[str, object] = {"cosigned_later": [[TAB, SIGNED, "B"]]}
    both = convened(cosigners=[HARBOUR, format_vkey(cosigner_named(OTHER).key)], quorum=2)
    by_both = signed(statement_text(both), COSIGNER, OTHER)
    tab = format_vkey(cosigner_named(TAB).key)
    uncosigned = note_of(BARES).splitlines(True)[:-1]
    return {
        "sound": of("A fact that is there, and one that is not.", PROOF, "admitted/B", BETWEEN),
        "sound_all": of("Every fact that is there.", proof(*map(present, FACTS)), *FACTS),
        "sound_before_all": of("One that would stand before every other.", proof(absent(BEFORE_ALL)), BEFORE_ALL),
        "sound_after_all": of("One that would stand after every other.", proof(absent(AFTER_ALL)), AFTER_ALL),
        "sound_twice": of(
            "A fact is proved twice.", proof(present("phase"), present("phase")), "phase", "phase"
        ),
        "sound_uncosigned": of("Nobody has cosigned the checkpoint.", proof(note=b"".join(uncosigned)), cosigned=[]),
        "sound_quorum_of_two": of(
            "Two cosigners are asked for, and have signed.", proof(acts=both, statement=by_both),
            signers=[COSIGNER, OTHER], keys=[HARBOUR, format_vkey(cosigner_named(OTHER).key)],
        ),
        "sound_cosigner_named_later": of("A cosigner named later has signed the checkpoint.", watched(), **later),
        "sound_statement_by_one_named_later": of(
            "A cosigner named later has signed the statement too.",
            watched(statement=signed(statement_text(), COSIGNER, TAB)), keys=[HARBOUR, tab], **later,
        ),
    }  # fmt: skip


def line_faults() -> Vectors:
    path = PROOF[PROOF.index(b"path ") :].split(b"\n")[1]
    salt = encode_base64(TREE.salt("admitted/B")).encode()
    fact = present("admitted/B")
    shown = BARES[0] + WATCHED[0].split(b"~")[1] + b"~"
    faults = {
        "version": ("The first line is of another version.", changed(b" v1\n", b" v2\n"), "version"),
        "word": ("A line begins with another word.", changed(b"\nfacts ", b"\nfaits "), "line"),
        "neither": ("A fact is neither present nor absent.", changed(b"\nabsent ", b"\nunknown "), "line"),
        "not_ascii": ("The value of a fact has a letter that is not ASCII.", changed(b"present del", b"present d\xe9l"),
                      "line"),
        "no_statement": ("The statement is left out.",
                         changed(stated(signed(statement_text(), COSIGNER)), b""), "line"),
        "leading_zero": ("A number begins with zero.", changed(b"facts 2", b"facts 02"), "number"),
        "path_too_long": ("A path has 64 hashes.", changed(b"\npath 3\n", b"\npath 64\n"), "number"),
        "note_too_long": ("The checkpoint has 201 lines.", changed(b"\ncheckpoint 6\n", b"\ncheckpoint 201\n"), "number"),
        "statement_too_long": ("The statement has 201 lines.", changed(b"\nstatement 9\n", b"\nstatement 201\n"),
                               "number"),
        "no_facts": ("There is no fact.", proof(counted="0").removesuffix(fact), "number"),
        "too_many_facts": ("There are said to be 1,001 facts.", proof(counted="1001"), "number"),
        "hash": ("A hash is not padded.", changed(path, path.rstrip(b"=")), "hash"),
        "salt": ("A salt has 31 bytes.", changed(salt, encode_base64(TREE.salt("admitted/B")[:31]).encode()), "hash"),
        "truncated": ("The last line has no end.", PROOF[:-1], "truncated"),
        "fewer": ("There are fewer facts than it says.", proof(fact, counted="2"), "truncated"),
        "end": ("There are more facts than it says.", proof(fact, fact, counted="1"), "end"),
        "disclosed": ("The convening act shows its title.", changed(BARES[0], shown), "disclosed"),
    }  # fmt: skip
    return {name: _vector(about, raw, f"facts.{code}") for name, (about, raw, code) in faults.items()}


def form_faults() -> Vectors:
    """Of the convening act: what it is, and its members."""
    other = process_origin(LABEL, TABLE.convening["log_key"], TABLE.convening["convenor_key"], "a nonce")
    spoken = convened(nonce="a nonce", proc=other)
    faults: dict[str, tuple[str, Sequence[bytes], str]] = {
        "first_is_another": ("The first act is of another kind.", with_act(0, WATCHED[ADMISSION]), "facts.process"),
        "first_of_a_later_version": ("The first act is of a version that nobody knows.", convened(v=2), "facts.process"),
        "first_of_a_later_kind": ("The first act is of a kind that nobody knows.", convened(act="assemble"),
                                  "facts.process"),
        "first_member": ("The convening act has a member besides.", convened(host="H"), "act.malformed"),
        "first_lacking": ("The convening act has no label.", convened(label=None), "act.malformed"),
        "first_label": ("Its label has capitals.", convened(label="Proved"), "act.malformed"),
        "first_process": ("Its process id is none.", convened(proc="talks"), "act.malformed"),
        "first_person": ("The keeper's id begins with a small letter.", convened(keeper="k"), "act.malformed"),
        "first_key": ("The keeper's key has 42 letters.", convened(keeper_key="A" * 42), "act.malformed"),
        "first_sides": ("A side is not one letter.", convened(sides=["A", "BC"]), "act.malformed"),
        "first_quorum": ("The quorum is below 0.", convened(quorum=-1), "act.malformed"),
        "first_open_to": ("It is open to nobody.", convened(open_to="nobody"), "act.malformed"),
        "first_time": ("Its time is below 0.", convened(iat=-1), "act.malformed"),
        "first_seen": ("What its author had seen is a text.", convened(seen="nothing"), "act.malformed"),
        "first_on": ("It acts on a text.", convened(on=["road", "leaf"]), "act.malformed"),
        "first_audience": ("Its audience is a text.", convened(aud="all"), "act.malformed"),
        "first_sequence": ("The number of the act is a text.", convened(seq="0"), "act.malformed"),
        "first_default": ("It spells out that nobody is asked to cosign.", convened(quorum=0), "json.not_canonical"),
        "first_digest": ("A digest of it is none.", convened(_sd=["nothing"]), "disclosure.digest"),
        "first_digests_twice": ("A digest of it stands twice.", convened(_sd=["A" * 43] * 2), "disclosure.digest_twice"),
        "first_signature": ("Its signature is that of another act.",
                            [BARES[0].rpartition(b".")[0] + b"." + BARES[1].rpartition(b".")[2], *BARES[1:]],
                            "envelope.signature"),
    }  # fmt: skip
    return {name: _vector(about, proof(acts=acts), code) for name, (about, acts, code) in faults.items()} | {
        "first_nonce": _vector("Its nonce has a space.", proof(acts=spoken, process=other), "act.malformed"),
    }


def rule_faults() -> Vectors:
    """Of the convening act: what the rules refuse in it."""
    mallory = key_named(f"{LABEL} mallory")
    weak, tail = encode_base64url(bytes([1]) + bytes(31)), "A" * 42 + "B"
    plain = format_vkey(VerifierKey(COSIGNER, ED25519, cosigner_named(COSIGNER).public_key))
    twin = format_vkey(VerifierKey(COSIGNER, 4, cosigner_named(OTHER).public_key))
    same = format_vkey(VerifierKey(OTHER, 4, cosigner_named(COSIGNER).public_key))
    named, inside = (
        format_vkey(VerifierKey(name, 4, cosigner_named(OTHER).public_key))
        for name in (ORIGIN, f"{ORIGIN}/side-A")
    )
    log_key = msgspec.json.decode(parse_envelope(WATCHED[CONVENING]).payload)["log_key"]
    own = format_vkey(VerifierKey(OTHER, 4, decode_base64url(log_key)))
    faults: dict[str, tuple[str, Sequence[bytes], str]] = {
        "convened_by_another_key": ("It is not signed with the key that it brings.",
                                    with_act(0, signed_again(CONVENING, mallory)), "key.unknown"),
        "convened_replayed": ("Its number is -1.", convened(seq=-1), "act.replayed"),
        "convened_out_of_order": ("Its number is 1.", convened(seq=1), "act.out_of_order"),
        "convened_after_another": ("It names an act before it.", convened(prev="A" * 43), "act.out_of_order"),
        "convened_audience": ("Its audience is a side that the talks do not have.", convened(aud=["C"]), "act.audience"),
        "convened_for_nobody": ("Its audience is empty.", convened(aud=[]), "act.audience"),
        "convened_edition": ("It names an edition of the procedure that nobody knows.", convened(procedure=1000),
                             "procedure.edition"),
        "convened_elsewhere": ("It is of another process than its members give.", convened(proc=ELSEWHERE),
                               "convening.origin"),
        "convened_one_side": ("There is one side.", convened(sides=["A"]), "convening.sides"),
        "convened_sides_twice": ("A side stands twice.", convened(sides=["A", "B", "A"]), "convening.sides"),
        "convened_side_m": ("A side is M, which the mediators are.", convened(sides=["A", "M", "B"], convenor="C"),
                            "convening.sides"),
        "convened_quorum": ("More cosigners are asked for than are named.", convened(quorum=2), "convening.quorum"),
        "convened_one_author": ("The keeper has the convenor's key.",
                                convened(keeper_key=encode_base64url(M.public)), "convening.person"),
        "convened_keeper_is_a_side": ("The keeper goes by the name of a side.", convened(keeper="A"), "convening.id"),
        "convened_cosigner_twice": ("Two cosigners have one name.", convened(cosigners=[HARBOUR, twin]),
                                    "convening.cosigners"),
        "convened_cosigners_with_one_key": ("Two cosigners have one key.", convened(cosigners=[HARBOUR, same]),
                                            "convening.cosigners"),
        "convened_cosigner_of_the_log": ("A cosigner goes by the name of the log.", convened(cosigners=[named]),
                                         "convening.cosigners"),
        "convened_cosigner_of_a_chamber": ("A cosigner goes by the name of a chamber's log.",
                                           convened(cosigners=[inside]), "convening.cosigners"),
        "convened_cosigner_with_the_log_key": ("A cosigner has the log's key.", convened(cosigners=[own]),
                                               "convening.cosigners"),
        "convened_cosigner": ("A cosigner's key is none.", convened(cosigners=[HARBOUR, "a key"]), "vkey.malformed"),
        "convened_cosigner_plain": ("A cosigner's key is one for plain notes.", convened(cosigners=[plain]),
                                    "vkey.algorithm"),
        "convened_key_weak": ("The keeper's key is of small order.", convened(keeper_key=weak), "key.small_order"),
        "convened_key_spelling": ("The keeper's key has bits after its last byte.", convened(keeper_key=tail),
                                  "base64.not_canonical"),
        "convened_sealing": ("The convenor's key to seal to is of small order.", convened(convenor_sealing=weak),
                             "sealing.recipient"),
        "convened_mldsa_spelling": ("The log's second key has bits after its last byte.",
                                    convened(log_mldsa_key="A" * 1749 + "B"), "base64.not_canonical"),
    }  # fmt: skip
    return {name: _vector(about, proof(acts=acts), code) for name, (about, acts, code) in faults.items()}


def beside_faults() -> Vectors:
    """Of the acts beside the first, and of the checkpoint."""
    mallory = key_named(f"{LABEL} mallory")
    unshown = placed(BARES, 1)
    first = placed(BARES, CONVENING)
    raw = watched()
    faults = {
        "process_of_another": ("The heading names another process.",
                               changed(f"process {ORIGIN}".encode(), f"process {ELSEWHERE}".encode()), "facts.process"),
        "beside_swapped": ("Two acts stand in another order.", watched(shown=(2, 1, NAMING)), "facts.order"),
        "beside_twice": ("An act stands twice.", watched(shown=(1, 2, 2, NAMING)), "facts.order"),
        "beside_first": ("The first act stands there again.", changed(unshown, first + unshown, raw), "facts.order"),
        "beside_besides": ("An act stands there that no cosigner rests on.", watched(shown=(1, 2, LATER, NAMING)),
                           "facts.order"),
        "beside_of_another": ("An act is of another record.",
                              watched(with_act(ADMISSION, signed_again(ADMISSION, M, proc=ELSEWHERE))), "facts.process"),
        "beside_by_nobody": ("Nothing enrols the key that names a cosigner.", watched(shown=(1, NAMING)), "facts.key"),
        "beside_signature": ("An act beside is signed by another key than it says.",
                             watched([*BARES[:-1], BARES[-1].rpartition(b".")[0] + b"." + BARES[0].rpartition(b".")[2]]),
                             "envelope.signature"),
        "beside_possession": ("An enrolment does not show that its person holds the key.",
                              watched(with_act(ENROLMENT, signed_again(ENROLMENT, M, possession="A" * 86))),
                              "key.possession"),
        "beside_kind": ("An act beside is of a kind that nobody knows.",
                        watched(with_act(ADMISSION, signed_again(ADMISSION, M, act="adopt"))), "proved.unknown"),
        "beside_malformed": ("An admission has no role.",
                             watched(with_act(ADMISSION, signed_again(ADMISSION, M, role=None))), "act.malformed"),
        "beside_vkey": ("The key of a cosigner named later is none.",
                        watched(with_act(NAMING, signed_again(NAMING, B, vkey="key"))), "vkey.malformed"),
        "beside_left_out": ("The act that names a cosigner is left out, and its line stands there.",
                            watched(shown=(1, 2)), "facts.signature"),
        "beside_of_mallory": ("A key that nothing enrols names a cosigner.",
                              watched(with_act(NAMING, signed_again(NAMING, mallory))), "facts.key"),
        "note_by_another_key": ("Another key has signed the checkpoint.",
                                proof(note=note_of(BARES, key=f"{LABEL} mallory")), "checkpoint.unsigned"),
        "note_by_a_stranger": ("A stranger has signed the checkpoint too.",
                               proof(note=note_of(BARES, ORIGIN, STRANGER.sign("words\n"))), "facts.signature"),
        "note_of_a_chamber": ("The checkpoint is a chamber's.",
                              proof(note=note_of(BARES, f"{ORIGIN}/side-B")), "checkpoint.unsigned"),
        "older_note": ("The checkpoint is of one act fewer than the statement.",
                       proof(note=note_of(BARES[:-1]))
                       .replace(placed(BARES, 0).split(b"\npath ")[1], placed(BARES[:-1], 0).split(b"\npath ")[1]),
                       "facts.root"),
        "another_note": ("The checkpoint is of another record.",
                         proof(note=note_of(with_act(STATEMENT, WATCHED[LATER]))), "proof.root"),
        "path_of_another_length": ("A hash of the first act's path is missing.",
                                   changed(placed(BARES, 0).split(b"\npath ")[1],
                                           b"2\n" + b"\n".join(placed(BARES, 0).split(b"\n")[2:4]) + b"\n"),
                                   "proof.path_length"),
    }  # fmt: skip
    return {name: _vector(about, raw, code) for name, (about, raw, code) in faults.items()}


def statement_faults() -> Vectors:
    text = statement_text()
    lines = text.split("\n")

    def on(at: int, line: str) -> bytes:
        return signed("\n".join([*lines[:at], line, *lines[at + 1 :]]), COSIGNER)

    uncosigned = convened(cosigners=None, quorum=None)
    alone = b"".join(note_of(uncosigned).splitlines(True)[:-1])
    of_two = convened(cosigners=[HARBOUR, format_vkey(cosigner_named(OTHER).key)], quorum=2)
    cosignature = note_of(BARES).splitlines(True)[-1]
    good = signed(text, COSIGNER)
    line = good.splitlines(True)[-1]
    letter = b"A" if line[-10:-9] != b"A" else b"B"
    faults = {
        "statement_version": ("The statement is of another version.",
                              proof(statement=on(0, "detente state statement v2")), "statement.version"),
        "statement_line_more": ("The statement has a line more.", proof(statement=on(6, f"{lines[6]}\nmore")),
                                "statement.lines"),
        "statement_of_no_acts": ("The statement is of 0 acts.", proof(statement=on(2, "0")), "statement.lines"),
        "statement_of_no_facts": ("The statement is of 0 facts.", proof(statement=on(4, "0")), "statement.lines"),
        "statement_hash": ("A digest of the statement is not padded.", proof(statement=on(6, lines[6].rstrip("="))),
                           "statement.lines"),
        "statement_origin": ("The statement is of another record.", proof(statement=on(1, ELSEWHERE)),
                             "statement.origin"),
        "statement_of_another_size": ("The statement is of one act fewer.", proof(statement=on(2, "5")), "facts.root"),
        "statement_of_another_root": ("The statement is of another tree.", proof(statement=on(3, lines[5])),
                                      "facts.root"),
        "statement_signature": ("A letter of its signature is another.",
                                proof(statement=good[:-10] + letter + good[-9:]), "note.signature"),
        "statement_twice": ("A cosigner has signed it twice.", proof(statement=good + line), "note.repeated"),
        "statement_malformed": ("It has no signature.", proof(statement=text.encode()), "note.malformed"),
        "statement_cosignature": ("In the place of its signature stands a cosignature.",
                                  proof(statement=good.replace(line, cosignature)), "note.unverified"),
        "statement_by_a_stranger": ("A stranger has signed it too.",
                                    proof(statement=signed(text, COSIGNER, "stranger.example")), "statement.signature"),
        "statement_by_one_left_out": ("A cosigner named later has signed it, and nothing names them.",
                                      proof(statement=signed(text, COSIGNER, TAB)), "statement.signature"),
        "statement_by_one_of_two": ("Two cosigners are asked for, and one has signed.",
                                    proof(acts=of_two, statement=signed(statement_text(of_two), COSIGNER)),
                                    "statement.quorum"),
        "statement_by_one_named_later": ("Nobody has signed it but a cosigner named later.",
                                         watched(statement=signed(text, TAB)), "statement.quorum"),
        "statement_by_nobody_asked": ("The convening act asks nobody to cosign.",
                                      proof(acts=uncosigned, note=alone), "statement.quorum"),
    }  # fmt: skip
    return {name: _vector(about, raw, code) for name, (about, raw, code) in faults.items()}


def fact_faults() -> Vectors:
    held, salted = present("admitted/B"), encode_base64(TREE.salt("phase"))
    before, after = (leaf.index for leaf in TREE.shown(BETWEEN))
    (leaf,) = TREE.shown("admitted/B")
    middle = next(key for key in FACTS if 0 < TREE.shown(key)[0].index < LAST)
    at = TREE.shown(middle)[0].index
    keys = {
        "key_of_no_fact": ("The key is that of no fact.", "adopted-by/B", "fact.key"),
        "key_person": ("A person's id in it begins with a small letter.", "admitted/b", "fact.key"),
        "key_short": ("It has a part fewer.", "steps/road/B", "fact.key"),
        "key_step": ("The step is none.", "steps/road/B/Q", "fact.key"),
        "key_act": ("The number of the act begins with zero.", "confirmed/04", "fact.key"),
        "key_sides": ("The sides are not in the order of the alphabet.", "bound/road/B/A", "fact.key"),
        "key_of_one_side": ("A side is bound to itself.", "bound/road/A/A", "fact.key"),
        "key_of_another_side": ("The talks have no such side.", "head/C", "fact.side"),
        "key_of_another_other_side": ("The talks have no such other side.", "bound/road/A/C", "fact.side"),
        "key_of_a_later_act": ("The record does not reach that act.", "irregular/7", "fact.act"),
    }  # fmt: skip
    faults = {
        "value": ("The value is another.", proof(present("admitted/B", "mediator B 2")), "proof.root"),
        "salt_of_another": ("The salt is that of another fact.",
                            proof(held.replace(encode_base64(TREE.salt("admitted/B")).encode(), salted.encode())),
                            "proof.root"),
        "key_of_another": ("The key is another.", proof(held.replace(b"admitted/B", b"admitted/K")), "proof.root"),
        "place": ("The leaf stands at another place.",
                  proof(held.replace(b"leaf %d\n" % leaf.index, b"leaf %d\n" % (leaf.index ^ 1))), "proof.root"),
        "place_beyond": ("The leaf stands beyond the last one.",
                         proof(held.replace(b"leaf %d\n" % leaf.index, b"leaf %d\n" % TREE.size)), "proof.index"),
        "fact_path": ("A hash of the leaf's path is missing.",
                      proof(held.replace(lines_of(leaf, "").encode(),
                                         f"leaf {leaf.index}\npath {len(leaf.path) - 1}\n".encode()
                                         + "".join(f"{encode_base64(node)}\n" for node in leaf.path[1:]).encode())),
                      "proof.path_length"),
        "neighbour_of_none": ("A neighbour has another commitment.",
                              changed(encode_base64(TREE.leaf(before).commitment).encode(), salted.encode(),
                                      proof(absent(BETWEEN))), "proof.root"),
        "absent_by_none": ("No neighbour is shown.", proof(absent(BETWEEN, shown=False)), "facts.absent"),
        "absent_by_one": ("One neighbour is shown, which is at no end.", proof(absent(BETWEEN, max(1, before))),
                          "facts.absent"),
        "absent_by_three": ("Three neighbours are shown.", proof(absent(BETWEEN, *range(3))), "facts.absent"),
        "absent_swapped": ("The neighbours stand in another order.", proof(absent(BETWEEN, after, before)),
                           "facts.absent"),
        "absent_elsewhere": ("The neighbours are others.", proof(absent(BEFORE_ALL, 2, 3)), "facts.absent"),
        "absent_around": ("A leaf stands between the two, that of the fact itself.",
                          proof(absent(middle, at - 1, at + 1)), "facts.absent"),
        "absent_itself": ("One of the two is the fact itself.", proof(absent(middle, at, at + 1)), "facts.absent"),
        "absent_at_the_other_end": ("The last leaf is shown, and the fact would stand before the first.",
                                    proof(absent(BEFORE_ALL, LAST)), "facts.absent"),
    }  # fmt: skip
    return {
        name: _vector(about, proof(absent(key, 0, 1)), code) for name, (about, key, code) in keys.items()
    } | {name: _vector(about, raw, code) for name, (about, raw, code) in faults.items()}


if __name__ == "__main__":
    write_folder(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "facts",
        sound()
        | line_faults()
        | form_faults()
        | rule_faults()
        | beside_faults()
        | statement_faults()
        | fact_faults(),
    )
