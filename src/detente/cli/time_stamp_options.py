"""The options that name a time stamp authority, and who vouches for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from detente.codec.refusal import refuse
from detente.depositary.stamping import Authority
from detente.depositary.time_stamp_authority import authority_at
from detente.proofs.time_stamp import read_roots


def certificate_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--time-stamp-certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
        help="The certificate (PEM) of whoever certifies the time stamp authority; several may stand in one file.",
    )(function)  # fmt: skip


def authority_options(function: Callable[..., Any]) -> Callable[..., Any]:
    authority = click.option(
        "--time-stamp-authority",
        metavar="URL",
        help="Who stamps checkpoints (RFC 3161). It is sent hashes only.",
    )
    return authority(certificate_option(function))


def authority_named(url: str | None, certificate: Path | None) -> Authority | None:
    """The authority that the two options name; None where they are left out.

    Raises `Refused` with code `stamp.certificate` or `stamp.address`.
    """
    if url is None and certificate is None:
        return None
    if url is None or certificate is None:
        raise refuse("stamp.certificate", "A time stamp authority is named by its address and a certificate.", "RFC 3161",
                     "Give both: --time-stamp-authority URL --time-stamp-certificate FILE.")  # fmt: skip
    return Authority(authority_at(url), read_roots(certificate.read_bytes()))
