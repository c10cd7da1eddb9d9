"""The implementation matrix: register the stipulations that are counted, and score them month by month."""

from __future__ import annotations

from detente.acts.act import Kind

KINDS: tuple[Kind, ...] = ()
