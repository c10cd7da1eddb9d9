"""The examples in the docstrings of wording are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import detente.wording

MODULES = [m.name for m in pkgutil.iter_modules(detente.wording.__path__, "detente.wording.")]


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
