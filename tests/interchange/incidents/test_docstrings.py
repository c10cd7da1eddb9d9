"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import detente.analysis
import detente.interchange.incidents


def test_every_example_in_the_docstrings_holds() -> None:
    attempted = 0
    for package in (detente.interchange.incidents, detente.analysis):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            result = doctest.testmod(importlib.import_module(found.name))
            assert result.failed == 0, found.name
            attempted += result.attempted
    assert attempted >= 8
