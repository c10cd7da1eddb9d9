"""Write vectors/later/*.json again: `python vectors/make_later_vectors.py [folder]`.

Later acts (docs/specs/state-statement.md) after the first three of the record of proved/, each with one fault. What those
three come to is given as a replay bundle of them, where its holder has a verified snapshot: its state belongs to one
version of a program. Where an act is at fault, its author has signed it as it is, and the log's key and a cosigner have
signed that it stands there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bundle_parts import ACTS, ELSEWHERE, after, bundle
from host_parts import key_named
from log_parts import STRANGER, Vector, Vectors, latin, subtrees_of, write_folder
from proved_parts import (
    COSIGNER,
    LABEL,
    LATER,
    NAMING,
    ORIGIN,
    SIGNED,
    STATEMENT,
    TAB,
    WATCHED,
    B,
    bare,
    leaves_of,
    line_by,
    note_of,
    noted,
    signed_again,
)

from detente.codec.base64url import encode_base64url
from detente.tlog.line import encode_base64
from detente.tlog.merkle import EMPTY_ROOT, prove_prefix, root_of

N = 3
FIRST = bundle(ACTS[:N])
ROOTS = [root_of(leaves_of(ACTS[:size])) for size in range(len(ACTS) + 1)]


def shown(size: int, path: Sequence[bytes] | None = None) -> bytes:
    """The root at this size, in the tree of the first three."""
    hashes = prove_prefix(size, N, subtrees_of(leaves_of(ACTS[:N]))) if path is None else path
    return f"seen {size}\npath {len(hashes)}\n".encode() + b"".join(
        encode_base64(node).encode() + b"\n" for node in hashes
    )


def later(
    acts: Sequence[bytes] = ACTS[N:NAMING],
    *earlier: bytes,
    note: bytes = b"",
    process: str = ORIGIN,
    counted: str = "",
    start: str = str(N),
) -> bytes:
    """note: of the first three and these acts, by the log and the cosigner, where none is given."""
    head = f"detente later acts v1\nprocess {process}\nafter {start}\nacts {counted or len(acts)}\n"
    told = f"{head}earlier {len(earlier)}\n".encode() + b"".join(earlier)
    lines = b"".join(b"act " + act + b"\n" for act in acts)
    return told + lines + noted(note or note_of([*ACTS[:N], *acts]))


def citing(size: int, root: bytes) -> list[bytes]:
    """The first later act, whose author had seen this instead."""
    return [bare(signed_again(STATEMENT, B, seen=[size, encode_base64url(root)]))]


RAW = later()
CITED = later(citing(2, ROOTS[2]), shown(2))


def changed(old: bytes, new: bytes, raw: bytes = RAW) -> bytes:
    assert old in raw
    return raw.replace(old, new, 1)


def _vector(about: str, raw: bytes, code: str = "", **found: object) -> Vector:
    expect = {"stage": "later" if code else "accepted", "code": code, **found}
    return {"about": about, "bundle_before": latin(FIRST), "raw": latin(raw), "expect": expect}


def sound() -> Vectors:
    def of(about: str, raw: bytes, size: int, **found: object) -> Vector:
        usual: dict[str, object] = {
            "process": ORIGIN, "size": size, "cosigned": [[COSIGNER, SIGNED]], "irregular": [], "unchecked": 0,
        }  # fmt: skip
        return _vector(about, raw, **(usual | found))

    watched = note_of(ACTS, ORIGIN, line_by(TAB, ACTS))
    unknown = after(ACTS[:N], B, "swear")[N:]
    return {
        "sound": of("Two acts.", RAW, 5),
        "sound_none": of("Nothing came after.", later([]), N),
        "sound_cosigner_named_later": of(
            "One of them names a cosigner, which has signed too.", later(ACTS[N:], note=watched), 6,
            cosigned=[[COSIGNER, SIGNED], [TAB, SIGNED]],
        ),
        "sound_earlier": of("An author had seen the first two acts.", CITED, 4),
        "sound_earlier_two": of(
            "Two earlier sizes are shown, of which one is named.", later(citing(1, ROOTS[1]), shown(1), shown(2)), 4
        ),
        "sound_from_nothing": of("An author had seen nothing yet.", later(citing(0, EMPTY_ROOT)), 4),
        "sound_unknown": of("An act is of a kind that nobody knows.", later(unknown), 4),
    }  # fmt: skip


def line_faults() -> Vectors:
    told = ACTS[STATEMENT] + WATCHED[STATEMENT].split(b"~")[1] + b"~"
    path = CITED[CITED.index(b"\npath ") :].split(b"\n")[2]
    faults = {
        "version": ("The first line is of another version.", changed(b" v1\n", b" v2\n"), "version"),
        "word": ("A line begins with another word.", changed(b"\nearlier ", b"\nbefore "), "line"),
        "process_not_ascii": ("The process has a letter that is not ASCII.", changed(b"\nafter", b"\xe4\nafter"), "line"),
        "leading_zero": ("A number begins with zero.", later(start="03"), "number"),
        "path_too_long": ("A path has 64 hashes.", changed(b"path 2", b"path 64", CITED), "number"),
        "note_too_long": ("The checkpoint has 201 lines.", changed(b"\ncheckpoint 6\n", b"\ncheckpoint 201\n"), "number"),
        "hash": ("A hash is not padded.", changed(path, path.rstrip(b"="), CITED), "hash"),
        "fewer": ("There are fewer acts than it says.", later(counted="3"), "line"),
        "more": ("There are more acts than it says.", later(counted="1"), "line"),
        "truncated": ("The last line has no end.", RAW[:-1], "truncated"),
        "end": ("Something follows the checkpoint.", RAW + b"\n", "end"),
        "disclosed": ("An act shows its text.", changed(ACTS[STATEMENT], told), "disclosed"),
        "process_of_another": ("They are of another process.", later(process=ELSEWHERE), "process"),
        "after_another": ("They follow the first two acts.", later(start="2"), "after"),
        "earlier_twice": ("An earlier size stands twice.", later(citing(2, ROOTS[2]), shown(2), shown(2)), "order"),
        "earlier_falling": ("Earlier sizes fall.", later(citing(2, ROOTS[2]), shown(2), shown(1)), "order"),
        "earlier_none": ("An earlier size is 0.",
                         later(citing(0, EMPTY_ROOT), shown(1).replace(b"seen 1", b"seen 0")), "order"),
        "earlier_the_last": ("An earlier size is that of the snapshot.", later(citing(3, ROOTS[3]), shown(3)), "order"),
        "older_note": ("The checkpoint is of one act fewer.", later(note=note_of(ACTS[:LATER])), "root"),
        "act_left_out": ("An act was taken out.", later(ACTS[N:LATER], note=note_of(ACTS[:NAMING])), "root"),
        "note_by_a_stranger": ("A stranger has signed the checkpoint too.",
                               later(note=note_of(ACTS[:NAMING], ORIGIN, STRANGER.sign("words\n"))), "signature"),
        "note_by_one_not_named": ("One has signed it whom no act names.",
                                  later(note=note_of(ACTS[:NAMING], ORIGIN, line_by(TAB, ACTS[:NAMING]))), "signature"),
    }  # fmt: skip
    return {name: _vector(about, raw, f"later.{code}") for name, (about, raw, code) in faults.items()}


def act_faults() -> Vectors:
    path = prove_prefix(2, N, subtrees_of(leaves_of(ACTS[:N])))
    mallory = key_named(f"{LABEL} mallory")
    faults = {
        "earlier_path_short": ("A hash of an earlier size's path is missing.",
                               later(citing(2, ROOTS[2]), shown(2, path[:-1])), "proof.path_length"),
        "earlier_path_of_another": ("The path of an earlier size leads to another root.",
                                    later(citing(2, ROOTS[2]), shown(2, path[::-1])), "proof.root"),
        "seen_unshown": ("An author had seen the first two acts, whose root is not shown.", later(citing(2, ROOTS[2])),
                         "act.seen_unshown"),
        "seen_of_another": ("An author had seen two other acts.", later(citing(2, EMPTY_ROOT), shown(2)),
                            "act.seen_foreign"),
        "seen_later": ("An author had seen more acts than stood there.", later(citing(4, ROOTS[4])), "act.seen_foreign"),
        "act_by_nobody": ("An act is signed with a key that nothing enrols.",
                          later([bare(signed_again(STATEMENT, mallory))]), "key.unknown"),
        "act_signature": ("A signature is that of another act.",
                          later([ACTS[LATER].rpartition(b".")[0] + b"." + ACTS[STATEMENT].rpartition(b".")[2]]),
                          "envelope.signature"),
        "digest_missing": ("An act has a digest fewer than its kind has hidden fields.",
                           later([bare(signed_again(STATEMENT, B, _sd=["A" * 43]))]), "disclosure.count"),
        "note_by_another_key": ("Another key has signed the checkpoint.",
                                later(note=note_of(ACTS[:NAMING], key=f"{LABEL} mallory")), "checkpoint.unsigned"),
    }  # fmt: skip
    return {name: _vector(about, raw, code) for name, (about, raw, code) in faults.items()}


if __name__ == "__main__":
    write_folder(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "later",
        sound() | line_faults() | act_faults(),
    )
