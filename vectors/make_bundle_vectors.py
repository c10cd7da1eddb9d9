"""Write vectors/bundle/*.json again: `python vectors/make_bundle_vectors.py [folder]`.

Replay bundles (docs/specs/replay-bundle.md) of the record of proved/, each with one fault. Where an act is at fault, its
author has signed it as it is, and the bundle ends with it: the log's key and a cosigner have signed that it stands there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bundle_parts import ACTS, BEFORE_NAMING, ELSEWHERE, after, bundle
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
    WATCHED,
    B,
    M,
    bare,
    leaves_of,
    line_by,
    note_of,
    signed_again,
)

from detente.codec.base64url import encode_base64url
from detente.keys.generate import SigningKey
from detente.keys.possession import prove_possession
from detente.tlog.merkle import EMPTY_ROOT, root_of

BUNDLE = bundle()


def changed(old: bytes, new: bytes, raw: bytes = BUNDLE) -> bytes:
    assert old in raw
    return raw.replace(old, new, 1)


def ending(index: int, key: SigningKey, **changes: Any) -> list[bytes]:
    """The record up to this act, which has other members."""
    return [*ACTS[:index], bare(signed_again(index, key, **changes))]


def _vector(about: str, raw: bytes, code: str = "", **found: object) -> Vector:
    expect = {"stage": "bundle" if code else "accepted", "code": code, **found}
    return {"about": about, "raw": latin(raw), "expect": expect}


def dropping() -> list[bytes]:
    """The record, in which B drops the cosigner that they have named."""
    leaves = leaves_of(ACTS)
    decoys = sorted(encode_base64url(leaf) for leaf in leaves[:2])
    return after(ACTS, B, "drop_cosigner", seq=3, prev=encode_base64url(leaves[NAMING]),
                 cosigner=encode_base64url(leaves[NAMING]), _sd=decoys)  # fmt: skip


def sound() -> Vectors:
    def of(about: str, raw: bytes, size: int, **found: object) -> Vector:
        usual: dict[str, object] = {
            "process": ORIGIN, "size": size, "cosigned": [[COSIGNER, SIGNED]], "irregular": [], "unchecked": 0,
        }  # fmt: skip
        return _vector(about, raw, **(usual | found))

    c = key_named(f"{LABEL} C")
    unknown = after(BEFORE_NAMING, B, "swear", seq=2, seen=[1, "nothing"], _sd=["nothing"])
    decoys = sorted(encode_base64url(leaf) for leaf in leaves_of(unknown)[:1])
    enrolled = after(
        unknown, M, "enrol", person="C", public=encode_base64url(c.public),
        possession=prove_possession(c, ORIGIN, "C"), _sd=decoys,
    )  # fmt: skip
    by_c = after(enrolled, c, "swear")
    foreign = sorted(encode_base64url(leaf) for leaf in leaves_of(ACTS)[:2])
    refused = after(BEFORE_NAMING, B, "admit", person="C", role="delegate", side="A", seq=2,
                    prev=encode_base64url(leaves_of(ACTS)[LATER]), _sd=foreign)  # fmt: skip
    uncosigned = b"".join(note_of(BEFORE_NAMING).splitlines(True)[:-1])
    watched = note_of(ACTS, ORIGIN, line_by(TAB, ACTS))
    return {
        "sound": of("Five acts, cosigned.", BUNDLE, 5),
        "sound_one": of("The convening act alone.", bundle(ACTS[:1]), 1),
        "sound_uncosigned": of("Nobody has cosigned.", bundle(note=uncosigned), 5, cosigned=[]),
        "sound_cosigner_named_later": of(
            "A cosigner named later has signed too.", bundle(ACTS, watched), 6,
            cosigned=[[COSIGNER, SIGNED], [TAB, SIGNED]],
        ),
        "sound_cosigner_dropped": of("A cosigner named later was dropped, and has not signed.", bundle(dropping()), 7),
        "sound_irregular": of(
            "A delegate admits somebody: it stands there, and has no effect.", bundle(refused), 6,
            irregular=[[5, ["participation.role"]]],
        ),
        "sound_unknown": of("The last act is of a kind that nobody knows.", bundle(unknown), 6),
        "sound_unchecked": of(
            "After such an act somebody signs whose key may have been enrolled since.", bundle(by_c), 8, unchecked=1
        ),
    }  # fmt: skip


def line_faults() -> Vectors:
    shown = ACTS[STATEMENT] + WATCHED[STATEMENT].split(b"~")[1] + b"~"
    faults = {
        "version": ("The first line is of another version.", changed(b" v1\n", b" v2\n"), "version"),
        "word": ("A line begins with another word.", changed(b"\nacts ", b"\nakts "), "line"),
        "process_not_ascii": ("The process has a letter that is not ASCII.", changed(b"\nacts", b"\xe4\nacts"), "line"),
        "leading_zero": ("The number of acts begins with zero.", bundle(counted="05"), "number"),
        "note_too_long": ("The checkpoint has 201 lines.", changed(b"\ncheckpoint 6\n", b"\ncheckpoint 201\n"), "number"),
        "fewer": ("There are fewer acts than it says.", bundle(counted="6"), "line"),
        "more": ("There are more acts than it says.", bundle(counted="4"), "line"),
        "truncated": ("The last line has no end.", BUNDLE[:-1], "truncated"),
        "end": ("Something follows the checkpoint.", BUNDLE + b"\n", "end"),
        "disclosed": ("An act shows its text.", changed(ACTS[STATEMENT], shown), "disclosed"),
        "no_tilde": ("An act does not end in “~”.", changed(ACTS[LATER], ACTS[LATER][:-1]), "disclosed"),
        "no_acts": ("There is no act.", bundle([]), "empty"),
        "process_of_another": ("The heading names another process.", bundle(process=ELSEWHERE), "process"),
    }  # fmt: skip
    return {name: _vector(about, raw, f"bundle.{code}") for name, (about, raw, code) in faults.items()}


def act_faults() -> Vectors:
    mallory = key_named(f"{LABEL} mallory")
    swapped = [*ACTS[:LATER], ACTS[STATEMENT].rpartition(b".")[0] + b"." + ACTS[LATER].rpartition(b".")[2]]
    faults: dict[str, tuple[str, Sequence[bytes], str]] = {
        "first_is_another": ("The first act does not convene.", ACTS[1:2], "key.unknown"),
        "first_refused": ("The rules refuse the convening act: there is one side.", ending(CONVENING, M, sides=["A"]),
                          "bundle.empty"),
        "first_by_another": ("The convening act is signed with another key than it brings.",
                             ending(CONVENING, mallory), "envelope.kid"),
        "act_by_nobody": ("An act is signed with a key that nothing enrols.", ending(STATEMENT, mallory), "key.unknown"),
        "act_by_a_key_without_possession": (
            "An enrolment does not show that its person holds the key: it has no effect.",
            after(ending(ENROLMENT, M, possession="A" * 86), B, "swear"), "key.unknown"),
        "act_signature": ("A signature is that of another act.", swapped, "envelope.signature"),
        "act_cut_short": ("A signature is cut short.", [*ACTS[:STATEMENT], ACTS[STATEMENT][:-3] + b"~"],
                          "envelope.signature_length"),
        "act_key_malformed": ("A key that is enrolled has 42 letters.", ending(ENROLMENT, M, public="A" * 42),
                              "act.malformed"),
        "act_time_malformed": ("The version of an act is a text.", ending(STATEMENT, B, v="1"), "act.malformed"),
        "digest_missing": ("An act has a digest fewer than its kind has hidden fields.",
                           ending(ADMISSION, M, _sd=["A" * 43]), "disclosure.count"),
        "digest": ("A digest is none.", ending(ADMISSION, M, _sd=["A" * 43, "nothing"]), "disclosure.digest"),
        "digests_not_sorted": ("The digests are not sorted.", ending(ADMISSION, M, _sd=["Q" * 42 + "A", "A" * 43]),
                               "disclosure.not_sorted"),
        "seen_of_another": ("An author had seen another record.",
                            ending(STATEMENT, B, seen=[2, encode_base64url(EMPTY_ROOT)]), "act.seen_foreign"),
        "seen_later": ("An author had seen more acts than stood there.",
                       ending(STATEMENT, B, seen=[4, encode_base64url(root_of(leaves_of(ACTS[:4])))]),
                       "act.seen_foreign"),
        "seen_below": ("An author had seen -1 acts.", ending(STATEMENT, B, seen=[-1, encode_base64url(EMPTY_ROOT)]),
                       "act.seen_foreign"),
    }  # fmt: skip
    return {name: _vector(about, bundle(acts), code) for name, (about, acts, code) in faults.items()}


def note_faults() -> Vectors:
    dropped, cosigned = dropping(), note_of(BEFORE_NAMING)
    letter = b"A" if cosigned[-10:-9] != b"A" else b"B"
    faults = {
        "older_note": ("The checkpoint is of one act fewer.", bundle(note=note_of(ACTS[:LATER])), "bundle.root"),
        "act_left_out": ("An act was taken out.", bundle([*ACTS[:STATEMENT]], note_of(BEFORE_NAMING)), "bundle.root"),
        "note_by_another_key": ("Another key has signed the checkpoint.",
                                bundle(note=note_of(BEFORE_NAMING, key=f"{LABEL} mallory")), "checkpoint.unsigned"),
        "note_of_a_chamber": ("The checkpoint is a chamber's.",
                              bundle(note=note_of(BEFORE_NAMING, f"{ORIGIN}/side-B")), "checkpoint.unsigned"),
        "note_by_a_stranger": ("A stranger has signed it too.",
                               bundle(note=note_of(BEFORE_NAMING, ORIGIN, STRANGER.sign("words\n"))), "bundle.signature"),
        "note_by_one_not_named": ("One has signed it whom no act names.",
                                  bundle(note=note_of(BEFORE_NAMING, ORIGIN, line_by(TAB, BEFORE_NAMING))),
                                  "bundle.signature"),
        "note_by_one_dropped": ("One has signed it who was dropped.",
                                bundle(dropped, note_of(dropped, ORIGIN, line_by(TAB, dropped))), "bundle.signature"),
        "cosignature": ("A letter of the cosigner's line is another.",
                        bundle(note=cosigned[:-10] + letter + cosigned[-9:]), "note.signature"),
        "cosigned_twice": ("The cosigner has signed it twice.",
                           bundle(note=note_of(BEFORE_NAMING, ORIGIN,
                                               cosigner_named(COSIGNER).sign(cosigned.split(b"\n\n")[0].decode() + "\n",
                                                                             SIGNED + 1))), "note.repeated"),
        "note_malformed": ("The checkpoint has no signature.", bundle(note=cosigned.split(b"\n\n")[0] + b"\n"),
                           "note.malformed"),
    }  # fmt: skip
    return {name: _vector(about, raw, code) for name, (about, raw, code) in faults.items()}


if __name__ == "__main__":
    write_folder(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "bundle",
        sound() | line_faults() | act_faults() | note_faults(),
    )
