"""Appends `step` entries a transaction for ever, and prints each size once it is stored: PATH STEP."""

from __future__ import annotations

import sys
from pathlib import Path

from detente.store.sqlite import SqliteStore
from tests.store.growing import ORIGIN, append_to, entries_of


def main(path: str, step: str) -> None:
    store = SqliteStore(Path(path))
    head = store.head(ORIGIN)
    size = head.size if head else 0
    while True:
        store.append([append_to(store, entries_of(size, size + int(step)))])
        size += int(step)
        print(size, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
