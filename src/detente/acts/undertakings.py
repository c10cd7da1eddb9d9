"""Undertakings: demand, decline a demand, assure, read back and confirm or refuse what was said aloud."""

from __future__ import annotations

from detente.acts.act import Kind

KINDS: tuple[Kind, ...] = ()
