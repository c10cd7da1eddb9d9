"""A feed that somebody sent, as one piece of work that is done apart and within limits (`interchange.limits`)."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from detente.interchange.gazetteer import read_gazetteer
from detente.interchange.incidents.dates import Order
from detente.interchange.incidents.importing import Imported, import_incidents
from detente.interchange.incidents.remarks import Remark


class FeedFile(Struct, frozen=True):
    """remarks: as many as a person reads, those of rows kept out first; `imported.codes` counts all of them."""

    imported: Imported
    remarks: tuple[Remark, ...]


def import_feed(source: str, out: str, order: Order, places: str, most: int) -> FeedFile:
    """Read the file at the path `source`, and write the batch at `out`. order: as in `import_incidents`. places: path of
    a gazetteer, "" for none. most: remarks that are given back. Raises `Refused` as `import_incidents` and
    `read_gazetteer`."""
    gazetteer = read_gazetteer([Path(places)]) if places else None
    keeping_out, others = list[Remark](), list[Remark]()

    def take(remark: Remark) -> None:
        listed = keeping_out if remark.kept_out else others
        if len(listed) < most:
            listed.append(remark)

    found = import_incidents(Path(source), Path(out), take, order=order, gazetteer=gazetteer)
    return FeedFile(found, tuple((keeping_out + others)[:most]))
