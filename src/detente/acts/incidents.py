"""Incidents: report one, or a batch in one file; assert who did it; report performance."""

from __future__ import annotations

from detente.acts.act import Kind

KINDS: tuple[Kind, ...] = ()
