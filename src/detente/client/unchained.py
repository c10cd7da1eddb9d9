"""What a witness makes of a checkpoint that it was asked to sign and that was not shown to extend the last one: it reads
whichever trees it can, the host's own and those of mirrors kept on this machine, and keeps what they prove.

Whoever asks with a proof that does not hold may only be mistaken. So nothing is said against the log but what its own key
has signed and a tree shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from detente.client.contradiction import identity_in, keep_contradiction
from detente.client.replica import read_copied_main
from detente.codec.refusal import Refused
from detente.proofs.misconduct import Evidence, LogIdentity, two_histories, write_evidence
from detente.proofs.unchained import Unchained, read_unchained, write_unchained
from detente.tlog.checkpoint import unverified_checkpoint
from detente.tlog.merkle import ReadNode, nodes_over
from detente.tlog.signed_note import VerifierKey

MOST_KEPT: Final = 16
"""Files of one log about checkpoints of which nothing is known: whoever asks can bring as many as the log's key has
signed, and no disk is to be filled with them."""


class Tree(Struct, frozen=True):
    """A tree of the log that can be read. identity: what the process id is derived from; note: a checkpoint that it leads
    to, or empty; read: its nodes under the checkpoint that was shown, or under `note`."""

    identity: LogIdentity
    read: ReadNode
    note: bytes = b""


class Weighed(Struct, frozen=True):
    """What was found. evidence: the file that proves two histories; chains: the longer extends the shorter; held, says:
    the file of both, where nothing is known, and what it says."""

    evidence: Path | None = None
    chains: bool = False
    held: Path | None = None
    says: Unchained | None = None


def trees_in(copies: Iterable[Path], origin: str, size: int) -> list[Tree]:
    """From certified copies kept on this machine, those of this log: under a checkpoint of `size` acts where they hold as
    many, and under their own. Raises nothing: a copy that does not verify, or is of another log, proves nothing."""
    trees = []
    for path in copies:
        try:
            with path.open("rb") as file:
                main = read_copied_main(file)
        except (OSError, Refused):
            continue
        if main.origin != origin:
            continue
        identity = identity_in(main)
        if len(main.leaves) >= size:
            trees.append(Tree(identity, nodes_over(main.leaves[:size])))
        trees.append(Tree(identity, nodes_over(main.leaves), main.note))
    return trees


def weigh(folder: Path, signed: bytes, shown: bytes, key: VerifierKey, trees: Sequence[Tree]) -> Weighed:
    """Keep what the trees prove of a checkpoint that was signed here and a longer one that was shown; both checkpoints in
    any case but where they chain."""
    for tree in trees:
        for earlier, later in ((signed, tree.note or shown), *([(shown, tree.note)] if tree.note else [])):
            found = _two_histories(key.name, tree, earlier, later)
            if isinstance(found, Evidence):
                return Weighed(evidence=keep_contradiction(folder, signed, shown, found).evidence)
            if found and not tree.note:
                return Weighed(chains=True)
    return _hold(folder, signed, shown, key)


def _two_histories(origin: str, tree: Tree, earlier: bytes, later: bytes) -> Evidence | bool:
    """The evidence where it holds; else whether the tree shows that the two chain."""
    if unverified_checkpoint(earlier).size > unverified_checkpoint(later).size:
        return False
    try:
        evidence = two_histories(origin, tree.identity, earlier, later, tree.read)
        write_evidence(evidence)
    except Refused as refused:
        return refused.refusals[0].code == "evidence.chains"
    return evidence


def _hold(folder: Path, signed: bytes, shown: bytes, key: VerifierKey) -> Weighed:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sizes = f"{unverified_checkpoint(signed).size}-{unverified_checkpoint(shown).size}"
    file = folder / f"unchained-{sizes}.detente"
    if not file.exists() and len(list(folder.glob("unchained-*"))) >= MOST_KEPT:
        return Weighed()
    file.write_bytes(write_unchained(key, signed, shown))
    with file.open("rb") as written:
        return Weighed(held=file, says=read_unchained(written))
