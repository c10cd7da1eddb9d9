from __future__ import annotations

import pytest

from detente.store.memory import MemoryStore
from tests.store.conformance import StoreConformance


class TestMemoryStore(StoreConformance):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
