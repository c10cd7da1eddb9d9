"""Sequences: which commitment comes before, after or with which, as somebody reads a provision."""

from __future__ import annotations

from detente.acts.act import Kind

KINDS: tuple[Kind, ...] = ()
