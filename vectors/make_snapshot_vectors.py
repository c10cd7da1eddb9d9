"""Write vectors/snapshot/*.json again: `python vectors/make_snapshot_vectors.py [folder]`.

Verified snapshots (docs/specs/state-statement.md), each with one fault, as far as a reader of any version can judge
them: no version of the program writes the bytes of their state. How they begin has its vectors in facts/.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from facts_parts import BARES, STATE, STATE_SALT, anchor, signed, statement_text
from host_parts import cosigner_named
from log_parts import Vector, Vectors, latin, write_folder
from proved_parts import COSIGNER, LATER, NAMING, ORIGIN, SIGNED, TAB, leaves_of, line_by, note_of

from detente.tlog.line import encode_base64
from detente.tlog.merkle import Edge
from detente.tlog.signed_note import format_vkey

EDGE = Edge.empty().extend(leaves_of(BARES)).hashes


def snapshot(
    edge: Sequence[bytes] = EDGE,
    salt: bytes = STATE_SALT,
    state: bytes = STATE,
    counted: str = "",
    anchored: bytes = b"",
) -> bytes:
    hashes = "".join(f"{encode_base64(node)}\n" for node in edge)
    told = f"edge {len(edge)}\n{hashes}salt {encode_base64(salt)}\nstate {counted or len(state)}\n"
    return b"detente verified snapshot v1\n" + (anchored or anchor()) + told.encode() + state


RAW = snapshot()


def changed(old: bytes, new: bytes) -> bytes:
    assert old in RAW
    return RAW.replace(old, new, 1)


def _vector(about: str, raw: bytes, code: str = "", **found: object) -> Vector:
    expect = {"stage": "snapshot" if code else "accepted", "code": code, **found}
    return {"about": about, "raw": latin(raw), "expect": expect}


def sound() -> Vectors:
    def of(about: str, raw: bytes, **found: object) -> Vector:
        usual: dict[str, object] = {
            "process": ORIGIN, "size": len(BARES), "signers": [COSIGNER],
            "keys": [format_vkey(cosigner_named(COSIGNER).key)], "cosigned": [[COSIGNER, SIGNED]], "cosigned_later": [],
            "state": latin(STATE),
        }  # fmt: skip
        return _vector(about, raw, **(usual | found))

    uncosigned = b"".join(note_of(BARES).splitlines(True)[:-1])
    watched = anchor(shown=(1, 2, NAMING), note=note_of(BARES, ORIGIN, line_by(TAB, BARES)))
    return {
        "sound": of("Six acts, whose statement a cosigner has signed.", RAW),
        "sound_uncosigned": of(
            "Nobody has cosigned the checkpoint.", snapshot(anchored=anchor(note=uncosigned)), cosigned=[]
        ),
        "sound_cosigner_named_later": of(
            "A cosigner named later has signed the checkpoint.", snapshot(anchored=watched),
            cosigned_later=[[TAB, SIGNED, "B"]],
        ),
    }  # fmt: skip


def faults() -> Vectors:
    first = encode_base64(EDGE[0]).encode()
    earlier = Edge.empty().extend(leaves_of(BARES[:LATER])).hashes
    stranger = signed(statement_text(), COSIGNER, "stranger.example")
    told = {
        "version": ("The first line is of another version.", changed(b" v1\n", b" v2\n"), "snapshot.version"),
        "word": ("A line begins with another word.", changed(b"\nedge ", b"\nroot "), "snapshot.line"),
        "leading_zero": ("A number begins with zero.", snapshot(counted=f"0{len(STATE)}"), "snapshot.number"),
        "edge_short": ("A hash of the edge is missing.", snapshot(EDGE[:1]), "snapshot.number"),
        "edge_of_another": ("The edge is of other acts, which lie below as many roots.",
                            snapshot((EDGE[0], earlier[0])), "snapshot.edge"),
        "edge_swapped": ("The edge begins with its smaller subtree.", snapshot(EDGE[::-1]), "snapshot.edge"),
        "hash": ("A hash is not padded.", changed(first, first.rstrip(b"=")), "snapshot.hash"),
        "salt_short": ("The salt has 31 bytes.", snapshot(salt=STATE_SALT[:31]), "snapshot.hash"),
        "truncated": ("The file ends before the state's line does.", RAW[: RAW.rindex(b"\nstate ") + 3],
                      "snapshot.truncated"),
        "salt_of_another": ("The salt is another.", snapshot(salt=EDGE[0]), "snapshot.state"),
        "state_of_another": ("A byte of the state is another.", snapshot(state=STATE.replace(b"6", b"7")),
                             "snapshot.state"),
        "state_cut_short": ("The state ends too early.", RAW[:-1], "snapshot.state"),
        "state_goes_on": ("Something follows the state.", RAW + b"\n", "snapshot.state"),
        "statement_signature": ("A stranger has signed the statement too.",
                                snapshot(anchored=anchor(statement=stranger)), "statement.signature"),
    }  # fmt: skip
    return {name: _vector(about, raw, code) for name, (about, raw, code) in told.items()}


if __name__ == "__main__":
    write_folder(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "snapshot", sound() | faults()
    )
