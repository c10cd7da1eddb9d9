"""Write vectors/evidence/*.json again: `python vectors/make_evidence_vectors.py [folder]`.

Evidence against a log, and two checkpoints not shown to chain (docs/specs/evidence-against-a-log.md), each with one
fault. Where a checkpoint is not what is at fault, the log's key has signed it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from host_parts import NONCE, cosigner_named, key_named, seed_named
from log_parts import Vector, Vectors, latin, subtrees_of, write_folder

from detente.codec.base64url import encode_base64url
from detente.proofs.misconduct import LogIdentity
from detente.signing.compact import sign_compact
from detente.signing.envelope import ACT_TYPE
from detente.tlog.checkpoint import Checkpoint, format_checkpoint
from detente.tlog.line import encode_base64
from detente.tlog.merkle import leaf_hash, prove_inclusion, prove_prefix, root_of
from detente.tlog.signed_note import Note, NoteSigner, format_note, format_vkey

LABEL, WITNESS = "evidence", "harbour.example"


def _public(name: str) -> str:
    return encode_base64url(key_named(f"{LABEL} {name}").public)


IDENTITY = LogIdentity(_public("M"), LABEL, _public("log"), NONCE)
ORIGIN = IDENTITY.process
CHAMBER = f"{ORIGIN}/side-A"


def log_of(origin: str) -> NoteSigner:
    return NoteSigner.from_seed(origin, seed_named(f"{LABEL} log"))


def act(first: int, root: bytes, **members: object) -> bytes:
    """An act of a kind that nobody knows, whose author had seen this root of the record's first acts."""
    payload = {"act": "swear", "proc": ORIGIN, "seen": (first, encode_base64url(root)), "v": 1} | members
    return sign_compact(key_named(f"{LABEL} A"), ACT_TYPE, payload)


def tree(*entries: bytes) -> list[bytes]:
    return [leaf_hash(entry) for entry in entries]


ENTRIES = tuple(f"act {number}".encode() for number in range(1, 7))
KEPT = tree(*ENTRIES)
OTHER = tree(*ENTRIES[:2], b"another act 3", *ENTRIES[3:], b"act 7")
"""Seven acts, of which the third is another."""
CITING = act(4, root_of(OTHER[:4]))
CITED = tree(*ENTRIES[:5], CITING)
"""Its sixth act is of one who had seen the other four."""


def note(
    leaves: Sequence[bytes], origin: str = ORIGIN, by: NoteSigner | None = None, *, cosigned: bool = False
) -> bytes:
    text = format_checkpoint(Checkpoint(origin, len(leaves), root_of(leaves)))
    lines = (
        (log_of(origin) if by is None else by).sign(text),
        cosigner_named(WITNESS).sign(text, 1_772_445_600),
    )
    return format_note(Note(text, lines if cosigned else lines[:1]))


def shown(way: str, path: Sequence[bytes], raw: bytes, about: bytes = b"", count: str = "") -> bytes:
    """A testimony."""
    hashes = "".join(f"{encode_base64(node)}\n" for node in path).encode()
    noted = b"checkpoint %d\n%s" % (raw.count(b"\n"), raw)
    return f"{way} {count or len(path)}".encode() + about + b"\n" + hashes + noted


def root(first: int, leaves: Sequence[bytes], origin: str = ORIGIN) -> bytes:
    return shown("root", prove_prefix(first, len(leaves), subtrees_of(leaves)), note(leaves, origin))


def leaf(number: int, leaves: Sequence[bytes]) -> bytes:
    path = prove_inclusion(number - 1, len(leaves), subtrees_of(leaves))
    return shown("leaf", path, note(leaves), b" " + encode_base64(leaves[number - 1]).encode())


def seen(entry: bytes, origin: str = ORIGIN) -> bytes:
    """That this act is the sixth."""
    leaves = tree(*ENTRIES[:5], entry)
    path = prove_inclusion(5, 6, subtrees_of(leaves))
    return shown("seen", path, note(leaves, origin), b" 6 " + entry)


def evidence(about: str, *testimonies: bytes, origin: str = ORIGIN, fixed: bytes = IDENTITY.stated) -> bytes:
    heading = f"detente evidence against a log v1\nlog {origin}\nfixed by ".encode() + fixed
    return heading + f"\nabout {about}\n".encode() + b"".join(testimonies)


EVIDENCE = evidence("first 6", root(6, KEPT), root(6, OTHER))
ABOUT_AN_ACT = evidence("act 3", leaf(3, KEPT), leaf(3, OTHER))
VIEWED = evidence("first 4", seen(CITING), root(4, CITED))


def changed(old: bytes, new: bytes, raw: bytes = EVIDENCE) -> bytes:
    assert old in raw
    return raw.replace(old, new, 1)


def _vector(about: str, raw: bytes, code: str = "", **found: object) -> Vector:
    expect = {"stage": "evidence" if code else "accepted", "code": code, **found}
    return {"about": about, "raw": latin(raw), "expect": expect}


def sound() -> Vectors:
    def of(about: str, raw: bytes, proved: str, log: str = ORIGIN) -> Vector:
        return _vector(about, raw, log=log, proved=proved)

    view = ("This log holds act 6, whose author had seen another record of its first 4 acts than the one that its key "
            "has signed. Somebody was shown another history.")  # fmt: skip
    histories = ("The key of this log has signed a record of {} acts and one of {}, and their first {} acts are not the "
                 "same. There are two histories.")  # fmt: skip
    one_size = evidence("first 6", root(6, KEPT), root(6, OTHER[:6]))
    inside = evidence("first 6", root(6, KEPT, CHAMBER), root(6, OTHER, CHAMBER), origin=CHAMBER)
    another = ("The key of this log has signed that act 3 is one act, and that it is another. One of the two was left "
               "out or replaced after it stood in the record.")  # fmt: skip
    return {
        "sound": of("A longer record does not begin with a shorter one.", EVIDENCE, histories.format(6, 7, 6)),
        "sound_one_size": of(
            "Two records of one size.", one_size, "The key of this log has signed two different records of 6 acts."
        ),
        "sound_of_a_subtree": of(
            "The first four acts, a complete subtree, in two longer records.",
            evidence("first 4", root(4, KEPT), root(4, OTHER)), histories.format(6, 7, 4),
        ),
        "sound_chamber": of("The log is a chamber's.", inside, histories.format(6, 7, 6), CHAMBER),
        "sound_act": of("An act stands where another one stood.", ABOUT_AN_ACT, another),
        "sound_seen": of("An act cites a record that the log never had.", VIEWED, view),
        "sound_seen_after": of(
            "The same, its testimony the second.", evidence("first 4", root(4, CITED), seen(CITING)), view
        ),
    }  # fmt: skip


def line_faults() -> Vectors:
    path = EVIDENCE.split(b"\n")[5]
    faults = {
        "version": ("The first line is of another version.", changed(b" v1\n", b" v2\n"), "version"),
        "word": ("A line begins with another word.", changed(b"\nlog ", b"\nlogs "), "line"),
        "not_ascii": ("The log has a letter that is not ASCII.", changed(b"\nfixed", b"\xe4\nfixed"), "line"),
        "about_nothing": ("It is about the last acts.", changed(b"about first", b"about last"), "line"),
        "fixed_not_by": ("The word “by” is left out.", changed(b"fixed by ", b"fixed "), "line"),
        "fixed_not_json": ("What the id is derived from is no JSON.", changed(b'fixed by {', b"fixed by "), "line"),
        "fixed_spaced": ("It is not in its one spelling.", changed(b'":"', b'": "'), "line"),
        "fixed_lacking": ("It has no nonce.", changed(f',"nonce":"{NONCE}"'.encode(), b""), "line"),
        "fixed_member": ("It has a member besides.", changed(b'{"convenor"', b'{"a":"b","convenor"'), "line"),
        "fixed_key_short": ("The log's key has 42 letters.", changed(IDENTITY.log.encode(), IDENTITY.log[:-1].encode()),
                            "line"),
        "fixed_label_long": ("The label has 41 characters.", changed(b'"evidence"', b'"%s"' % (b"a" * 41)), "line"),
        "fixed_nonce_long": ("The nonce has 65 characters.", changed(NONCE.encode(), b"A" * 65), "line"),
        "leaf_of_the_first": ("A testimony of one act stands in evidence about the first acts.",
                              evidence("first 6", root(6, KEPT), leaf(6, OTHER)), "line"),
        "root_of_an_act": ("A testimony of the first acts stands in evidence about one act.",
                           evidence("act 3", leaf(3, KEPT), root(3, OTHER)), "line"),
        "root_of_something": ("Something stands after the number of hashes.",
                              changed(b"\nroot 1\n", b"\nroot 1 \n"), "line"),
        "leading_zero": ("A number begins with zero.", changed(b"first 6", b"first 06"), "number"),
        "path_too_long": ("A path has 65 hashes.", changed(b"\nroot 1\n", b"\nroot 65\n"), "number"),
        "note_too_long": ("A checkpoint has 201 lines.", changed(b"\ncheckpoint 5\n", b"\ncheckpoint 201\n"), "number"),
        "seen_no_number": ("The citing act has no number.", changed(b" 6 " + CITING, b" " + CITING, VIEWED), "number"),
        "hash": ("A hash is not padded.", changed(path, path.rstrip(b"=")), "hash"),
        "leaf_hash": ("A leaf hash has 31 bytes.",
                      changed(encode_base64(KEPT[2]).encode(), encode_base64(KEPT[2][:31]).encode(), ABOUT_AN_ACT),
                      "hash"),
        "truncated": ("The last line has no end.", EVIDENCE[:-1], "truncated"),
        "one_testimony": ("There is one testimony.", evidence("first 6", root(6, KEPT)), "truncated"),
        "end": ("A third testimony follows.", EVIDENCE + root(6, OTHER), "end"),
    }  # fmt: skip
    return {name: _vector(about, raw, f"evidence.{code}") for name, (about, raw, code) in faults.items()}


def log_faults() -> Vectors:
    mallory = NoteSigner.from_seed(ORIGIN, seed_named(f"{LABEL} mallory"))
    stranger = LogIdentity(IDENTITY.convenor, LABEL, _public("mallory"), NONCE)
    strange = [shown("root", prove_prefix(6, len(leaves), subtrees_of(leaves)), note(leaves, by=mallory))
               for leaves in (KEPT, OTHER)]  # fmt: skip
    tail = LogIdentity(IDENTITY.convenor, LABEL, "B" * 43, NONCE)
    weak = LogIdentity(IDENTITY.convenor, LABEL, encode_base64url(bytes([1]) + bytes(31)), NONCE)
    path = prove_prefix(6, 7, subtrees_of(OTHER))
    letter = b"A" if EVIDENCE[-10:-9] != b"A" else b"B"
    faults = {
        "log_key_exchanged": ("Another log key than the process id fixes, which has signed both.",
                              evidence("first 6", *strange, fixed=stranger.stated), "evidence.log"),
        "log_of_another": ("The log is of another process.", changed(ORIGIN.encode(), f"detente/{'a' * 26}".encode()),
                           "evidence.log"),
        "log_key_spelling": ("The log's key has bits after its last byte; the id is derived from it so.",
                             evidence("first 6", root(6, KEPT, tail.process), root(6, OTHER, tail.process),
                                      origin=tail.process, fixed=tail.stated), "base64.not_canonical"),
        "log_key_weak": ("The log's key is of low order.",
                         evidence("first 6", root(6, KEPT, weak.process), root(6, OTHER, weak.process),
                                  origin=weak.process, fixed=weak.stated), "key.small_order"),
        "log_name": ("A space stands in the name of the log.",
                     evidence("first 6", root(6, KEPT), root(6, OTHER), origin=f"{ORIGIN}/side A"), "vkey.name"),
        "note_by_a_stranger": ("A checkpoint is signed by another key.",
                               evidence("first 6", root(6, KEPT), strange[1]), "note.unverified"),
        "note_signature": ("A letter of the log's signature is another.", EVIDENCE[:-10] + letter + EVIDENCE[-9:],
                           "note.signature"),
        "note_malformed": ("A checkpoint has no signature.",
                           evidence("first 6", root(6, KEPT), shown("root", path, note(OTHER).split(b"\n\n")[0] + b"\n")),
                           "note.malformed"),
        "note_cosigned": ("A cosigner's line stands under a checkpoint.",
                          evidence("first 6", root(6, KEPT), shown("root", path, note(OTHER, cosigned=True))),
                          "evidence.signature"),
        "note_of_a_chamber": ("A checkpoint is a chamber's, under the main log's name.",
                              evidence("first 6", root(6, KEPT),
                                       shown("root", path, note(OTHER, CHAMBER, log_of(ORIGIN)))), "checkpoint.origin"),
    }  # fmt: skip
    return {name: _vector(about, raw, code) for name, (about, raw, code) in faults.items()}


def proof_faults() -> Vectors:
    path = prove_prefix(6, 7, subtrees_of(OTHER))
    kept, six = root(6, KEPT), prove_inclusion(5, 6, subtrees_of(CITED))
    faults = {
        "first_none": ("It is about the first 0 acts.", changed(b"first 6", b"first 0"), "proof.size"),
        "first_too_many": ("It is about more acts than the longer record has.", changed(b"first 6", b"first 8"),
                           "proof.size"),
        "root_path_short": ("A hash of the path is missing.",
                            evidence("first 6", kept, shown("root", path[:-1], note(OTHER))), "proof.path_length"),
        "root_path_empty": ("There is no hash.", evidence("first 6", shown("root", (), note(KEPT)), root(6, OTHER)),
                            "proof.path_length"),
        "root_of_a_power": ("The complete subtree is left out, as in a consistency proof.",
                            evidence("first 4", root(4, KEPT),
                                     shown("root", prove_prefix(4, 7, subtrees_of(OTHER))[1:], note(OTHER))),
                            "proof.path_length"),
        "root_path_of_another": ("The path is of another record.",
                                 evidence("first 6", kept,
                                          shown("root", prove_prefix(6, 7, subtrees_of([*KEPT, OTHER[6]])), note(OTHER))),
                                 "proof.root"),
        "act_none": ("It is about act 0.", changed(b"act 3", b"act 0", ABOUT_AN_ACT), "proof.index"),
        "act_too_many": ("It is about act 8.", changed(b"act 3", b"act 8", ABOUT_AN_ACT), "proof.index"),
        "leaf_elsewhere": ("The leaf stands at another place.", changed(b"act 3", b"act 4", ABOUT_AN_ACT), "proof.root"),
        "leaf_path_long": ("The path of a leaf has a hash more.",
                           evidence("act 3", leaf(3, KEPT), shown(
                               "leaf", (*prove_inclusion(2, 7, subtrees_of(OTHER)), OTHER[0]), note(OTHER),
                               b" " + encode_base64(OTHER[2]).encode())), "proof.path_length"),
        "seen_elsewhere": ("The citing act does not stand at its number.",
                           evidence("first 4", shown("seen", six, note(CITED), b" 5 " + CITING), root(4, CITED)),
                           "proof.root"),
        "seen_not_there": ("The citing act does not stand in the record.",
                           evidence("first 4", shown("seen", six, note(CITED), b" 6 " + act(4, root_of(OTHER[:4]), x=1)),
                                    root(4, CITED)), "proof.root"),
    }  # fmt: skip
    return {name: _vector(about, raw, code) for name, (about, raw, code) in faults.items()}


def seen_faults() -> Vectors:
    def viewed(entry: bytes, origin: str = ORIGIN) -> bytes:
        other = root(4, tree(*ENTRIES[:5], entry), origin)
        return evidence("first 4", seen(entry, origin), other, origin=origin)

    other, four = root_of(OTHER[:4]), root_of(KEPT[:4])
    text = encode_base64url(other)
    faults = {
        "seen_of_others": ("The act cites the first five acts.", viewed(act(5, other)), "evidence.seen"),
        "seen_version": ("The act is of another version.", viewed(act(4, other, v=2)), "evidence.seen"),
        "seen_process": ("The act is of another record.", viewed(act(4, other, proc=f"detente/{'a' * 26}")),
                         "evidence.seen"),
        "seen_no_process": ("The act names no record.", viewed(act(4, other, proc=None)), "evidence.seen"),
        "seen_alone": ("The act cites a number and no root.", viewed(act(4, other, seen=(4,))), "evidence.seen"),
        "seen_of_three": ("The act cites a third thing.", viewed(act(4, other, seen=(4, text, text))), "evidence.seen"),
        "seen_a_text": ("The act cites the number as a text.", viewed(act(4, other, seen=("4", text))), "evidence.seen"),
        "seen_in_a_chamber": ("The act is of a chamber: it cites the main log, and says nothing of its own.",
                              viewed(act(4, other, proc=CHAMBER), CHAMBER), "evidence.seen"),
        "seen_spelling": ("The root that it cites is padded.", viewed(act(4, other, seen=(4, f"{text}="))),
                          "base64.not_canonical"),
        "seen_with_a_tilde": ("The citing act ends in “~”.", viewed(CITING + b"~"), "base64.not_canonical"),
        "seen_cut_short": ("The signature of the citing act is cut short.", viewed(CITING[:-2]),
                           "envelope.signature_length"),
        "chains": ("The two records begin alike.", evidence("first 6", root(6, KEPT), root(6, [*KEPT, OTHER[6]])),
                   "evidence.chains"),
        "chains_act": ("The act is the same.", evidence("act 2", leaf(2, KEPT), leaf(2, OTHER)), "evidence.chains"),
        "chains_seen": ("The act cites what the log had.", viewed(act(4, four)), "evidence.chains"),
    }  # fmt: skip
    return {name: _vector(about, raw, code) for name, (about, raw, code) in faults.items()}


KEY = format_vkey(log_of(ORIGIN).key)


def unchained(*notes: bytes, key: str = KEY) -> bytes:
    parts = [b"checkpoint %d\n%s" % (raw.count(b"\n"), raw) for raw in notes]
    return f"detente unchained checkpoints v1\nkey {key}\n".encode() + b"".join(parts)


def two_checkpoints() -> Vectors:
    def of(about: str, raw: bytes, code: str = "", **found: object) -> Vector:
        expect = {"stage": "unchained" if code else "accepted", "code": code, **found}
        return {"about": about, "unchained": latin(raw), "expect": expect}

    nothing = ("Nothing against the log. This key has signed a record of 6 acts and one of 7: nobody has shown that the "
               "longer begins with the shorter, nor that it does not.")  # fmt: skip
    both = unchained(note(KEPT), note(OTHER))
    letter = b"A" if both[-10:-9] != b"A" else b"B"
    cosigner = format_vkey(cosigner_named(WITNESS).key)
    faults = {
        "unchained_version": ("The first line is of another version.", changed(b" v1\n", b" v2\n", both),
                              "unchained.version"),
        "unchained_word": ("A line begins with another word.", changed(b"\nkey ", b"\nlog ", both), "unchained.line"),
        "unchained_number": ("A number begins with zero.", changed(b"checkpoint 5", b"checkpoint 05", both),
                             "unchained.number"),
        "unchained_note_too_long": ("A checkpoint has 201 lines.", changed(b"checkpoint 5", b"checkpoint 201", both),
                                    "unchained.number"),
        "unchained_truncated": ("The last line has no end.", both[:-1], "unchained.truncated"),
        "unchained_one": ("There is one checkpoint.", unchained(note(KEPT)), "unchained.truncated"),
        "unchained_end": ("A third checkpoint follows.", unchained(note(KEPT), note(OTHER), note(OTHER)),
                          "unchained.end"),
        "unchained_key": ("The key is no verifier key.", unchained(note(KEPT), note(OTHER), key="a key"),
                          "vkey.malformed"),
        "unchained_key_of_a_cosigner": ("The key is a cosigner's.", unchained(note(KEPT), note(OTHER), key=cosigner),
                                        "vkey.algorithm"),
        "unchained_signature": ("A letter of a signature is another.", both[:-10] + letter + both[-9:], "note.signature"),
        "unchained_cosigned": ("A cosigner's line stands under a checkpoint.",
                               unchained(note(KEPT), note(OTHER, cosigned=True)), "unchained.signature"),
        "unchained_order": ("The first is the longer.", unchained(note(OTHER), note(KEPT)), "unchained.order"),
        "unchained_same": ("Both sign one tree.", unchained(note(KEPT), note(KEPT)), "unchained.same"),
    }  # fmt: skip
    return {
        "sound_unchained": of("Of two sizes: it proves nothing.", both, sizes=[6, 7], proved=nothing),
        "sound_unchained_one_size": of(
            "Of one size, and two roots.", unchained(note(KEPT), note(OTHER[:6])), sizes=[6, 6],
            proved="This key has signed two different records of 6 acts.",
        ),
    } | {name: of(about, raw, code) for name, (about, raw, code) in faults.items()}  # fmt: skip


if __name__ == "__main__":
    write_folder(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "evidence",
        sound() | line_faults() | log_faults() | proof_faults() | seen_faults() | two_checkpoints(),
    )
