"""Findings: what the named verifier finds, dissent from it, and what the sides say to it."""

from __future__ import annotations

from detente.acts.act import Kind

KINDS: tuple[Kind, ...] = ()
