"""Write vectors/door/ again: `python vectors/make_door_vectors.py [folder]`.

`record.copy` is the certified copy of the record that each vector comes upon; the host's keys for it are those
named `door log` and `door keeper` (vectors/README.md).
"""

from __future__ import annotations

import sys
from pathlib import Path

from door_faults import door_record, door_vectors
from host_parts import draws_from, whole_copy, write_bytes
from log_parts import write_folder


def main(folder: Path) -> None:
    with draws_from("door"):
        table = door_record()
        write_bytes(folder, "record.copy", whole_copy(table.depositary, table.origin))
        write_folder(folder, door_vectors(table))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "door")
