"""The Merkle tree of RFC 6962 sec. 2.1, over SHA-256.

A leaf is SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right), each 32 bytes. A tree of n leaves
splits at the largest power of two below n; the tree of no leaves is SHA-256 of nothing.

    >>> leaf_hash(b"").hex()
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
    >>> tree = Edge.empty().extend(leaf_hash(entry) for entry in (b"one", b"two", b"three"))
    >>> tree.root() == root_of([leaf_hash(b"one"), leaf_hash(b"two"), leaf_hash(b"three")])
    True

Proofs are made from complete subtrees. `read(level, index)` gives the hash of the subtree that covers the
leaves from index * 2**level up to (index + 1) * 2**level; level 0 are the leaf hashes.

    >>> leaves = {(0, i): leaf_hash(entry) for i, entry in enumerate((b"one", b"two"))}
    >>> path = prove_inclusion(0, 2, lambda level, index: leaves[level, index])
    >>> path == (leaf_hash(b"two"),)
    True
    >>> check_inclusion(leaf_hash(b"one"), 0, 2, path, root_of(leaves.values()))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

import msgspec

from detente.codec.refusal import Refused, refuse

EMPTY_ROOT = sha256(b"").digest()

ReadNode = Callable[[int, int], bytes]
Range = tuple[int, int]  # leaves from the first up to, not including, the second


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root of the tree over all of `leaf_hashes`, level by level."""
    row = list(leaf_hashes)
    if not row:
        return EMPTY_ROOT
    while len(row) > 1:
        row = _row_above(row)
    return row[0]


def _row_above(row: list[bytes]) -> list[bytes]:
    """The nodes over pairs of nodes; the last of an odd row rises as it is."""
    above = [sha256(b"\x01" + left + right).digest() for left, right in zip(*[iter(row)] * 2, strict=False)]
    return above + row[len(row) & ~1 :]


def nodes_over(leaf_hashes: Sequence[bytes]) -> ReadNode:
    """The complete subtrees over leaves that are all at hand, each hashed when it is asked for."""
    return lambda level, index: root_of(leaf_hashes[index << level : (index + 1) << level])


class Edge(msgspec.Struct, frozen=True):
    """All that a growing tree must keep: its right edge.

    hashes: the roots of the complete subtrees, largest first, one for each set bit of `size`.
    """

    size: int
    hashes: tuple[bytes, ...]

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise refuse(
                "merkle.edge",
                f"An edge of {len(self.hashes)} hashes is not the edge of a tree of {self.size} leaves.",
                "RFC 6962 sec. 2.1",
            )

    @classmethod
    def empty(cls) -> Edge:
        return cls(0, ())

    def append(self, leaf_hash: bytes) -> Edge:
        return self.extend((leaf_hash,))

    def extend(self, leaf_hashes: Iterable[bytes]) -> Edge:
        size, hashes = self.size, list(self.hashes)
        for node in leaf_hashes:
            carry = size
            while carry & 1:
                node = node_hash(hashes.pop(), node)
                carry >>= 1
            hashes.append(node)
            size += 1
        return Edge(size, tuple(hashes))

    def root(self) -> bytes:
        return _join(self.hashes) if self.hashes else EMPTY_ROOT


def prove_inclusion(index: int, size: int, read: ReadNode) -> tuple[bytes, ...]:
    """The siblings on the way from leaf `index` to the root of the first `size` leaves, lowest first.

    Raises `Refused` with code `proof.index`. RFC 6962 sec. 2.1.1.
    """
    _check_index(index, size)
    return tuple(_subtree(low, high, read) for low, high in _siblings_of_leaf(index, size))


def prove_appended(before: Edge, leaf_hashes: Sequence[bytes]) -> list[tuple[bytes, ...]]:
    """The inclusion proofs of leaves that come after an edge, in the tree that they make: of what stands before them no
    proof holds more than the edge's own hashes."""
    if len(leaf_hashes) == 1:  # all that stands before it is complete subtrees, the edge's
        return [before.hashes[::-1]]
    paths: list[list[bytes]] = [[] for _ in leaf_hashes]
    row, first, earlier, level = list(leaf_hashes), before.size, list(before.hashes), 0
    while earlier or len(row) > 1:
        if first & 1:
            row.insert(0, earlier.pop())
            first -= 1
        for index, path in enumerate(paths, before.size):
            beside = (index >> level ^ 1) - first
            if beside < len(row):
                path.append(row[beside])
        row, first, level = _row_above(row), first >> 1, level + 1
    return [tuple(path) for path in paths]


def check_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raises `Refused` unless `proof` shows that leaf `index` of the tree (size, root) is `leaf_hash`.

    Codes: `proof.index`, `proof.path_length`, `proof.hash`, `proof.root`. RFC 6962 sec. 2.1.1.
    """
    _check_index(index, size)
    siblings = _siblings_of_leaf(index, size)
    _check_path(proof, len(siblings))
    node = leaf_hash
    for (_, high), sibling in zip(siblings, proof, strict=True):
        node = node_hash(sibling, node) if high <= index else node_hash(node, sibling)
    if node != root:
        raise _other_root("proof.root", "The inclusion proof does not lead to the root.", "2.1.1")


def prove_consistency(old: int, new: int, read: ReadNode) -> tuple[bytes, ...]:
    """The subtrees that show the first `old` leaves to be the beginning of the first `new`, lowest first.

    Empty where `old` is 0 or equals `new`. Raises `Refused` with code `proof.size`. RFC 6962 sec. 2.1.2.
    """
    _check_sizes(old, new)
    if old == 0:
        return ()
    start, siblings = _siblings_of_prefix(old, new)
    ranges = siblings if start == 0 else [(start, old), *siblings]
    return tuple(_subtree(low, high, read) for low, high in ranges)


def check_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Raises `Refused` unless `proof` shows that the tree (new, new_root) extends (old, old_root).

    Codes: `proof.size`, `proof.path_length`, `proof.hash`, `proof.old_root`, `proof.root`.
    RFC 6962 sec. 2.1.2; every tree extends the empty one.
    """
    _check_sizes(old, new)
    if old == 0:
        _check_path(proof, 0)
        old_node, new_node = EMPTY_ROOT, EMPTY_ROOT if new == 0 else new_root
    else:
        # Where the old tree is itself a subtree of the new one, its root is known and left out of the proof.
        start, _ = _siblings_of_prefix(old, new)
        old_node, new_node = _rebuild_both(old, new, [old_root, *proof] if start == 0 else proof)
    if old_node != old_root:
        raise _other_root("proof.old_root", "The consistency proof does not lead to the old root.", "2.1.2")
    if new_node != new_root:
        raise _other_root("proof.root", "The consistency proof does not lead to the new root.", "2.1.2")


def prove_prefix(old: int, new: int, read: ReadNode) -> tuple[bytes, ...]:
    """What shows which root the first `old` leaves have in the tree of the first `new`: a consistency proof that always
    begins with the lowest subtree that ends at leaf `old`, since here nobody knows the old root beforehand.

    Raises `Refused` with code `proof.size`.
    """
    _check_prefix(old, new)
    start, siblings = _siblings_of_prefix(old, new)
    return tuple(_subtree(low, high, read) for low, high in [(start, old), *siblings])


def prefix_root(old: int, new: int, proof: Sequence[bytes], new_root: bytes) -> bytes:
    """The root of the first `old` leaves of the tree (new, new_root), as `prove_prefix` shows it.

    Raises `Refused` with code `proof.size`, `proof.path_length`, `proof.hash` or `proof.root`.
    """
    _check_prefix(old, new)
    old_node, new_node = _rebuild_both(old, new, proof)
    if new_node != new_root:
        raise _other_root("proof.root", "The proof does not lead to the root.", "2.1.2")
    return old_node


def _rebuild_both(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The old and the new root to which the lowest subtree that ends at leaf `old` leads with its siblings."""
    _, siblings = _siblings_of_prefix(old, new)
    _check_path(path, len(siblings) + 1)
    old_node = new_node = path[0]
    for (_, high), sibling in zip(siblings, path[1:], strict=True):
        if high <= old:
            old_node, new_node = node_hash(sibling, old_node), node_hash(sibling, new_node)
        else:
            new_node = node_hash(new_node, sibling)
    return old_node, new_node


def _siblings_of_leaf(index: int, size: int) -> list[Range]:
    """The subtrees beside the way from leaf `index` to the root, lowest first."""
    siblings = []
    for level in range((size - 1).bit_length()):
        low = (index >> level ^ 1) << level
        if low < size:
            siblings.append((low, min(low + (1 << level), size)))
    return siblings


def _siblings_of_prefix(old: int, new: int) -> tuple[int, list[Range]]:
    """Where the lowest subtree that ends at leaf `old` starts, and the subtrees beside its way up."""
    low, high, siblings = 0, new, []
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            siblings.append((middle, high))
            high = middle
        else:
            siblings.append((low, middle))
            low = middle
    return low, siblings[::-1]


def _split(size: int) -> int:
    """The largest power of two below `size` (at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def _subtree(low: int, high: int, read: ReadNode) -> bytes:
    """The root over the leaves from `low` up to `high`, a subtree of the tree, from complete subtrees."""
    level = (high - low).bit_length() - 1
    largest, middle = read(level, low >> level), low + (1 << level)
    return largest if middle == high else node_hash(largest, _subtree(middle, high, read))


def _join(complete: Sequence[bytes]) -> bytes:
    """The root over complete subtrees, largest first."""
    node = complete[-1]
    for left in complete[-2::-1]:
        node = node_hash(left, node)
    return node


def _check_index(index: int, size: int) -> None:
    if not 0 <= index < size:
        raise refuse("proof.index", f"A tree of {size} leaves has no leaf {index}.", "RFC 6962 sec. 2.1.1")


def _check_sizes(old: int, new: int) -> None:
    if not 0 <= old <= new:
        raise refuse(
            "proof.size", f"A tree of {new} leaves cannot extend one of {old}.", "RFC 6962 sec. 2.1.2"
        )


def _check_prefix(old: int, new: int) -> None:
    if not 0 < old <= new:
        raise refuse(
            "proof.size", f"A tree of {new} leaves does not begin with {old}.", "RFC 6962 sec. 2.1.2"
        )


def _check_path(path: Sequence[bytes], length: int) -> None:
    if len(path) != length:
        raise refuse(
            "proof.path_length",
            f"The proof has {len(path)} hashes where the sizes ask for {length}.",
            "RFC 6962 sec. 2.1",
        )
    if any(len(node) != 32 for node in path):
        raise refuse("proof.hash", "A hash in the proof is not 32 bytes long.", "RFC 6962 sec. 2.1")


def _other_root(code: str, sentence: str, section: str) -> Refused:
    return refuse(code, sentence, f"RFC 6962 sec. {section}", "Fetch the proof again from the log.")
