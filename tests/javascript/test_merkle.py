"""Inclusion and consistency are judged alike in JavaScript and in Python, for sound proofs and broken ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from detente.codec.refusal import Refused
from detente.tlog.merkle import (
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
)
from tests.javascript.pages import CHROMIUM, call

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
in_a_browser = settings(deadline=None, max_examples=25)
LEAVES = [leaf_hash(str(number).encode()) for number in range(70)]
FORKED = [*LEAVES[:5], *LEAVES[6:], leaf_hash(b"another")]


def subtree(level: int, index: int) -> bytes:
    return root_of(LEAVES[index << level : (index + 1) << level])


def code_of(check: Callable[[], None]) -> str:
    try:
        check()
    except Refused as refused:
        return refused.refusals[0].code
    return ""


def hexed(path: Sequence[bytes]) -> list[str]:
    return [node.hex() for node in path]


def broken(path: tuple[bytes, ...]) -> list[tuple[bytes, ...]]:
    """The path itself, and with each kind of fault."""
    return [path, path[1:], (*path, bytes(32)), path[::-1], (*path[:-1], bytes(32)), (*path[:-1], bytes(31))]


@in_a_browser
@given(size=st.integers(1, 64), index=st.integers(0, 64))
def test_inclusion_is_judged_alike(page: Page, size: int, index: int) -> None:
    path = prove_inclusion(min(index, size - 1), size, subtree)
    cases: list[dict[str, Any]] = []
    expected = []
    for proof in broken(path):
        for leaf, root in ((LEAVES[index], root_of(LEAVES[:size])), (LEAVES[0], root_of(FORKED[:size]))):
            cases.append(
                {"leaf": leaf.hex(), "index": index, "size": size, "proof": hexed(proof), "root": root.hex()}
            )
            found = (leaf, index, size, proof, root)
            expected.append(code_of(lambda found=found: check_inclusion(*found)))
    assert call(page, "trees", "included", cases) == expected


@in_a_browser
@given(old=st.integers(0, 64), new=st.integers(0, 64))
def test_consistency_is_judged_alike(page: Page, old: int, new: int) -> None:
    path = prove_consistency(min(old, new), max(old, new), subtree)
    cases: list[dict[str, Any]] = []
    expected = []
    sound = (root_of(LEAVES[:old]), root_of(LEAVES[:new]))
    for proof in broken(path):
        for roots in (sound, (root_of(FORKED[:old]), sound[1]), (sound[0], root_of(FORKED[:new]))):
            cases.append({"old": old, "new": new, "proof": hexed(proof), "roots": hexed(roots)})
            found = (old, new, proof, *roots)
            expected.append(code_of(lambda found=found: check_consistency(*found)))
    assert call(page, "trees", "consistent", cases) == expected


def test_sizes_beyond_32_bits_split_where_they_should(page: Page) -> None:
    """A way through a tree of 2^40 + 3 leaves; every sibling is the same made-up hash."""
    size, index = 2**40 + 3, 2**40 + 1
    path = (LEAVES[1], LEAVES[2], LEAVES[3])
    root = node_hash(path[2], node_hash(node_hash(path[0], LEAVES[0]), path[1]))
    check_inclusion(LEAVES[0], index, size, path, root)
    case = {"leaf": LEAVES[0].hex(), "index": index, "size": size, "proof": hexed(path), "root": root.hex()}
    assert call(page, "trees", "included", [case]) == [""]


@in_a_browser
@given(left=st.binary(max_size=100), right=st.binary(max_size=100))
def test_leaves_and_nodes_are_the_same(page: Page, left: bytes, right: bytes) -> None:
    assert call(page, "trees", "hashes", left.hex(), right.hex()) == [
        leaf_hash(left).hex(),
        node_hash(left, right).hex(),
    ]
