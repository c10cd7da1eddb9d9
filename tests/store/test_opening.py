from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from detente.codec.refusal import Refused
from detente.store.memory import MemoryStore
from detente.store.opening import open_store
from tests.store.conformance import opening
from tests.store.growing import ORIGIN


def refused_code(url: str) -> str:
    with pytest.raises(Refused) as refused:
        open_store(url)
    (refusal,) = refused.value.refusals
    assert refusal.instead
    return refusal.code


def test_each_spelling_of_a_file_opens_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a record, 1%.sqlite"
    with closing(open_store(f"sqlite:///{path}")) as store:
        store.append([opening()])
    for spelling in (str(path), path.name, f"sqlite:///{path.name}", f"./{path.name}"):
        with closing(open_store(spelling)) as store:
            assert store.origins() == (ORIGIN,), spelling
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_memory_is_a_store_of_its_own_each_time() -> None:
    store = open_store("memory:")
    assert isinstance(store, MemoryStore)
    store.append([opening()])
    assert open_store("memory:").origins() == ()


def test_an_address_of_another_driver_is_refused() -> None:
    assert refused_code("postgresql+psycopg://host/r") == "store.address"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite:",
        "sqlite:///",
        "sqlite://",
        "sqlite:record",
        "mysql://host/r",
        "memory:x",
        ":memory:",
        "sqlite:///:memory:",
    ],
)
def test_what_is_no_address_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused_code(url) == "store.address"
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("These are notes, and no database. " * 50)
    for path in (text, tmp_path, tmp_path / "missing" / "record.sqlite"):
        assert refused_code(str(path)) == "store.not_opened"
    assert text.read_text().startswith("These are notes")
