"""The tree of RFC 6962: known roots, an independent implementation, and every proof up to 300 leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from detente.tlog.merkle import (
    EMPTY_ROOT,
    Edge,
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
    prove_appended,
    prove_consistency,
    prove_inclusion,
    root_of,
)
from tests.tlog.demonstration import read_from
from tests.tlog.refused import refused_with

MOST = 300
ENTRIES = [f"entry {number}".encode() for number in range(MOST)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [root_of(LEAVES[:size]) for size in range(MOST + 1)]
READ = read_from(LEAVES)

# The entries and roots with which Certificate Transparency implementations test themselves.
CT_ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

sizes = st.integers(1, MOST)


@st.composite
def index_and_size(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(sizes)
    return draw(st.integers(0, size - 1)), size


@st.composite
def old_and_new(draw: st.DrawFn) -> tuple[int, int]:
    new = draw(sizes)
    return draw(st.integers(1, new)), new


@pytest.mark.parametrize("size", range(len(CT_ROOTS)))
def test_known_roots(size: int) -> None:
    leaves = [leaf_hash(entry) for entry in CT_ENTRIES[:size]]
    assert root_of(leaves).hex() == CT_ROOTS[size]
    assert Edge.empty().extend(leaves).root().hex() == CT_ROOTS[size]


def test_inclusion_path_of_rfc_6962_section_2_1_3() -> None:
    """Seven leaves d0 to d6: the path of d3 is c, g, l; of d4 f, j, k; of d6 i, k."""
    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, tail = node_hash(g, h), node_hash(i, j)
    assert prove_inclusion(0, 7, READ) == (b, h, tail)
    assert prove_inclusion(3, 7, READ) == (c, g, tail)
    assert prove_inclusion(4, 7, READ) == (f, j, k)
    assert prove_inclusion(6, 7, READ) == (i, k)


def test_consistency_proofs_of_rfc_6962_section_2_1_3() -> None:
    """Seven leaves: the proof for 3 is c, d, g, l; for 4 it is l; for 6 it is i, j, k."""
    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, tail = node_hash(g, h), node_hash(i, j)
    assert prove_consistency(3, 7, READ) == (c, d, g, tail)
    assert prove_consistency(4, 7, READ) == (tail,)
    assert prove_consistency(6, 7, READ) == (i, j, k)


def test_roots_equal_those_of_an_independent_implementation() -> None:
    tree = InmemoryTree(algorithm="sha256")
    assert tree.get_root(0) == EMPTY_ROOT == ROOTS[0]
    for size, entry in enumerate(ENTRIES, start=1):
        tree.append_entry(entry)
        assert tree.get_root(size) == ROOTS[size]


@given(sizes, sizes)
def test_edge_grows_one_by_one_as_all_at_once(first: int, second: int) -> None:
    low, high = sorted((first, second))
    edge = Edge.empty().extend(LEAVES[:low])
    for leaf in LEAVES[low:high]:
        edge = edge.append(leaf)
    assert edge == Edge.empty().extend(LEAVES[:high])
    assert edge.root() == ROOTS[high]
    assert edge.size == high


@pytest.mark.parametrize(("size", "hashes"), [(1, ()), (0, (bytes(32),)), (2, LEAVES[:2]), (-1, LEAVES[:1])])
def test_edge_of_another_size_is_refused(size: int, hashes: list[bytes]) -> None:
    with refused_with("merkle.edge"):
        Edge(size, tuple(hashes))


@given(index_and_size())
def test_inclusion_is_proved_and_checked(place: tuple[int, int]) -> None:
    index, size = place
    check_inclusion(LEAVES[index], index, size, prove_inclusion(index, size, READ), ROOTS[size])


def test_inclusion_of_every_leaf_of_every_small_tree() -> None:
    for size in range(1, 34):
        for index in range(size):
            check_inclusion(LEAVES[index], index, size, prove_inclusion(index, size, READ), ROOTS[size])


def test_appended_leaves_are_proved_from_the_edge_before_them_as_from_the_whole_tree() -> None:
    for before in range(40):
        edge = Edge.empty().extend(LEAVES[:before])
        for size in range(before, 80):
            paths = prove_appended(edge, LEAVES[before:size])
            assert paths == [prove_inclusion(index, size, READ) for index in range(before, size)]


@given(index_and_size(), st.data())
def test_changed_inclusion_proof_is_refused(place: tuple[int, int], data: st.DataObject) -> None:
    index, size = place
    path, root = prove_inclusion(index, size, READ), ROOTS[size]
    faults = ("proof.root", "proof.path_length")
    with refused_with(*faults):
        check_inclusion(LEAVES[index - 1] if size > 1 else bytes(32), index, size, path, root)
    with refused_with(*faults):
        check_inclusion(LEAVES[index], index, size, path, ROOTS[size - 1])
    with refused_with("proof.path_length"):
        check_inclusion(LEAVES[index], index, size, (*path, bytes(32)), root)
    if not path:
        return
    at = data.draw(st.integers(0, len(path) - 1))
    flipped = bytes([path[at][0] ^ 1]) + path[at][1:]
    with refused_with("proof.root"):
        check_inclusion(LEAVES[index], index, size, (*path[:at], flipped, *path[at + 1 :]), root)
    with refused_with("proof.path_length"):
        check_inclusion(LEAVES[index], index, size, (*path[:at], *path[at + 1 :]), root)
    with refused_with("proof.hash"):
        check_inclusion(LEAVES[index], index, size, (*path[:at], path[at][:31], *path[at + 1 :]), root)
    # With no two entries alike, no other index fits the same proof.
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index))
    with refused_with(*faults):
        check_inclusion(LEAVES[index], other, size, path, root)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (6, 5), (-1, 5)])
def test_index_outside_the_tree_is_refused(index: int, size: int) -> None:
    with refused_with("proof.index"):
        check_inclusion(LEAVES[0], index, size, (), ROOTS[0])
    with refused_with("proof.index"):
        prove_inclusion(index, size, READ)


@given(old_and_new())
def test_consistency_is_proved_and_checked(trees: tuple[int, int]) -> None:
    old, new = trees
    check_consistency(old, new, prove_consistency(old, new, READ), ROOTS[old], ROOTS[new])


def test_consistency_of_all_small_trees() -> None:
    for new in range(34):
        for old in range(new + 1):
            proof = prove_consistency(old, new, READ)
            assert proof == () or 0 < old < new
            check_consistency(old, new, proof, ROOTS[old], ROOTS[new])


@given(old_and_new(), st.data())
def test_changed_consistency_proof_is_refused(trees: tuple[int, int], data: st.DataObject) -> None:
    old, new = trees
    proof = prove_consistency(old, new, READ)
    other_root = bytes([ROOTS[new][0] ^ 1]) + ROOTS[new][1:]
    with refused_with("proof.root"):
        check_consistency(old, new, proof, ROOTS[old], other_root)
    with refused_with("proof.old_root", "proof.root"):
        check_consistency(old, new, proof, ROOTS[old - 1], ROOTS[new])
    with refused_with("proof.path_length"):
        check_consistency(old, new, (*proof, bytes(32)), ROOTS[old], ROOTS[new])
    if not proof:
        return
    at = data.draw(st.integers(0, len(proof) - 1))
    flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
    with refused_with("proof.old_root", "proof.root"):
        check_consistency(old, new, (*proof[:at], flipped, *proof[at + 1 :]), ROOTS[old], ROOTS[new])
    with refused_with("proof.path_length"):
        check_consistency(old, new, (*proof[:at], *proof[at + 1 :]), ROOTS[old], ROOTS[new])


def test_rewritten_history_is_refused() -> None:
    """The log replaces leaf 2 and presents 7 leaves as the extension of 4: no proof of its own helps it."""
    rewritten = [*LEAVES[:2], leaf_hash(b"another"), *LEAVES[3:7]]
    proof = prove_consistency(4, 7, read_from(rewritten))
    with refused_with("proof.root"):
        check_consistency(4, 7, proof, ROOTS[4], root_of(rewritten))


def test_smaller_tree_extends_nothing() -> None:
    with refused_with("proof.size"):
        check_consistency(5, 4, (), ROOTS[5], ROOTS[4])
    with refused_with("proof.size"):
        prove_consistency(5, 4, READ)


def test_every_tree_extends_the_empty_one_and_no_other_of_size_0() -> None:
    check_consistency(0, 5, (), EMPTY_ROOT, ROOTS[5])
    check_consistency(0, 0, (), EMPTY_ROOT, EMPTY_ROOT)
    with refused_with("proof.old_root"):
        check_consistency(0, 5, (), ROOTS[1], ROOTS[5])
    with refused_with("proof.root"):
        check_consistency(0, 0, (), EMPTY_ROOT, ROOTS[1])
    with refused_with("proof.path_length"):
        check_consistency(0, 5, (bytes(32),), EMPTY_ROOT, ROOTS[5])
