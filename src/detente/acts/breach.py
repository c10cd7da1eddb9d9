"""Breach: give notice, object, reply, cure, carry out a measure, revoke it (VCLT 60, 65, 67, 68)."""

from __future__ import annotations

from detente.acts.act import Kind

KINDS: tuple[Kind, ...] = ()
