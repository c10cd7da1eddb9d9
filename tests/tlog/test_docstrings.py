"""Each module of the room opens with an example of its bytes, and the example is true."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "line",
        "merkle",
        "tile",
        "signed_note",
        "checkpoint",
        "cosignature",
        "proof",
        "policy",
        "policy_file",
        "add_checkpoint",
    ],
)
def test_example_in_the_docstring_is_true(name: str) -> None:
    results = doctest.testmod(importlib.import_module(f"detente.tlog.{name}"))
    assert results.attempted > 0
    assert results.failed == 0
