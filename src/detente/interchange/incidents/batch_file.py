"""The file of a batch, looked at from outside: whether it is one, and how many incidents it holds.

What an act says of the number of its rows is its author's word until somebody looks. The door looks where DuckDB is
installed; anybody who holds the file can.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from detente.codec.refusal import Refused, refuse
from detente.interchange.incidents.importing import import_extra
from detente.interchange.incidents.incident import COLUMNS

ALWAYS: Final = frozenset(COLUMNS) - {"gazetteer"}
"""The columns without which a file is no batch; files written before rows were placed by name lack that one."""


def is_batch(path: Path) -> bool:
    """Whether it looks like one: a Parquet file."""
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def can_read_batches() -> bool:
    """Whether what it takes is installed."""
    return find_spec("duckdb") is not None


def incidents_in(path: Path) -> int:
    """How many rows, as the foot of the file has it. Raises `Refused`: `incidents.extra`, `incidents.file`."""
    duckdb = import_extra()
    with duckdb.connect(
        config={"memory_limit": "128MB", "autoinstall_known_extensions": "false"}
    ) as database:
        try:
            columns = database.execute("SELECT name FROM parquet_schema(?)", [str(path)]).fetchall()
            found = database.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(path)]).fetchone()
        except duckdb.Error as error:
            raise no_batch() from error
    if found is None or not {name for (name,) in columns} >= ALWAYS:
        raise no_batch()
    rows: int = found[0]
    return rows


def check_rows(path: Path, said: int) -> None:
    """Raises `Refused`: `incidents.rows_differ`, or as `incidents_in`."""
    held = incidents_in(path)
    if held != said:
        raise refuse("incidents.rows_differ", f"The file holds {held} incidents, and the act says {said}.",
                     "docs/specs/incidents.md", f"Write {held}, or send the file that is meant.")  # fmt: skip


def no_batch() -> Refused:
    return refuse("incidents.file", "The file is no Parquet file of incidents.", "docs/specs/incidents.md",
                  "Make it with `detente incidents import`.")  # fmt: skip
