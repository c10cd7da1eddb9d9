"""The examples in the docstrings of the views are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import detente.views

MODULES = [m.name for m in pkgutil.walk_packages(detente.views.__path__, "detente.views.")]


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
