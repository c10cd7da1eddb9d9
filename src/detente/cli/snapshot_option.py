"""The options of whoever relies on cosigners: whose word is enough, and the state that they signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from detente.tlog.policy import Policy
from detente.tlog.policy_file import LARGEST, parse_policy

_THERE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


def policy_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--policy", type=_THERE,
        help="Whose cosignatures are enough, as a file (C2SP tlog-policy). Where there are too few, exit 1.",
    )(function)  # fmt: skip


def snapshot_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--snapshot", type=_THERE,
        help="A verified snapshot (detente state snapshot): later acts go on from it; a bundle is compared with it.",
    )(function)  # fmt: skip


def read_policy(file: Path) -> Policy:
    """Raises `Refused` as `parse_policy`."""
    with file.open("rb") as written:
        return parse_policy(written.read(LARGEST + 1))
