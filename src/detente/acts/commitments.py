"""Commitments: what a provision obliges to, drawn from its words so that it can be verified."""

from __future__ import annotations

from detente.acts.act import Kind

KINDS: tuple[Kind, ...] = ()
