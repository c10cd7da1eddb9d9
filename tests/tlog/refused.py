"""`with refused_with("checkpoint.size"):` the block is refused, with one of these codes."""

from __future__ import annotations

import pytest

from detente.codec.refusal import Refused


def refused_with(*codes: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda error: error.refusals[0].code in codes)
