from __future__ import annotations

import doctest

from detente.store import tiles


def test_the_example_in_the_docstring_is_true() -> None:
    results = doctest.testmod(tiles)
    assert results.attempted > 0
    assert results.failed == 0
