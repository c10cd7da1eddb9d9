"""Undertakings: what one side demands of another, and what assurances it is given."""

from __future__ import annotations

from detente.acts.undertakings import assurances, demands, spoken

KINDS = (*demands.KINDS, *assurances.KINDS, *spoken.KINDS)

__all__ = ["KINDS"]
