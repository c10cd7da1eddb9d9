"""Exhibits: an act commits to sealed files, and moves nobody."""

from __future__ import annotations

from typing import Any

import pytest

from detente.codec.base64url import encode_base64url
from tests.acts.test_sealing import Sealing, sealing  # noqa: F401  the fixture
from tests.simulator import fake_leaf

DIGEST = encode_base64url(bytes(31) + b"\x01")


def present(sealing: Sealing, **fields: Any) -> set[str]:  # noqa: F811
    given = {"files": ((DIGEST, 5),), "keys": (sealing.key("A"), sealing.key("B")), **fields}
    return sealing.simulator.codes("A", "present", **given)


def test_an_exhibit_stands_with_its_files(sealing: Sealing) -> None:  # noqa: F811
    given = {"files": ((DIGEST, 5),), "keys": (sealing.key("A"),), "recovery": ("A",)}
    leaf = sealing.simulator.must("A", "present", **given)
    assert sealing.simulator.state.exhibits[leaf].files == ((DIGEST, 5),)


@pytest.mark.parametrize(
    "files", [(), ((DIGEST, 5), (DIGEST, 5)), ((DIGEST, 0),), tuple((fake_leaf(n), 1) for n in range(101))]
)
def test_an_exhibit_is_some_files_each_named_once(sealing: Sealing, files: tuple[Any, ...]) -> None:  # noqa: F811
    assert present(sealing, files=files) == {"evidence.files"}


def test_it_is_sealed_to_keys_that_can_read(sealing: Sealing) -> None:  # noqa: F811
    assert present(sealing, keys=()) == {"sealing.members"}
    assert present(sealing, keys=(fake_leaf(3),)) == {"sealing.members"}
    assert present(sealing, recovery=("C",)) == {"sealing.recovery"}
    assert not present(sealing)
