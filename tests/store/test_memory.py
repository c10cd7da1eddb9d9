from __future__ import annotations

import pytest

from detente.store.memory import MemoryStore
from detente.store.port import Store
from tests.store.conformance import StoreConformance


class TestMemoryStore(StoreConformance):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()

    def erase(self, store: Store, origin: str, index: int, disclosure: str) -> None:
        assert isinstance(store, MemoryStore)
        kept = store._logs[origin].disclosures
        kept[index] = tuple(text for text in kept[index] if text != disclosure)
