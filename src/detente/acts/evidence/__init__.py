"""Evidence: exhibits, their custody, and how far each side and the mediators acknowledge them."""

from __future__ import annotations

from detente.acts.evidence import acknowledgment, challenge, exhibits
from detente.acts.evidence.exhibits import Present

KINDS = (*exhibits.KINDS, *acknowledgment.KINDS, *challenge.KINDS)

__all__ = ["KINDS", "Present"]
