"""The shim compiled, and the orders that it obeys while a program runs."""

from __future__ import annotations

import atexit
import functools
import mmap
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_name("shim.c")
ORDERS: Final = (
    "room", "fail_syncs", "halve_writes", "slow_writes", "slow_syncs", "clock", "obeyed", "unused",
)  # fmt: skip
"""As `struct orders` in the source has them, 64 bits each."""
NO_END: Final = -1


def can_be_built() -> bool:
    return shutil.which("cc") is not None


@functools.cache
def _built() -> Path:
    """Compiled once for this process, where any user may read it: PostgreSQL does not run as root."""
    folder = Path(tempfile.mkdtemp(prefix="detente-shim-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    library = folder / "shim.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, SOURCE]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return library


class Shim:
    """Under one program. watched: the folder whose files are its disk; traced: whether what it writes is recorded."""

    def __init__(self, folder: Path, watched: Path, *, traced: bool = True) -> None:
        self.trace = folder / "trace"
        orders = folder / "orders"
        orders.write_bytes(struct.pack("8q", NO_END, *([0] * 7)))
        self.trace.touch()
        for file in (self.trace, orders):
            file.chmod(0o666)
        self.environment = {
            "LD_PRELOAD": str(_built()), "FAULTS_FOLDER": str(watched), "FAULTS_ORDERS": str(orders),
        }  # fmt: skip
        if traced:
            self.environment["FAULTS_TRACE"] = str(self.trace)
        with orders.open("r+b") as file:
            self._orders = mmap.mmap(file.fileno(), 64)

    def order(self, **numbers: int) -> None:
        """Write down what is to be done from now on (`struct orders`)."""
        for name, number in numbers.items():
            struct.pack_into("q", self._orders, 8 * ORDERS.index(name), number)

    def relent(self) -> None:
        """From here on the disk does as a disk should. The clock stays as it was set."""
        self.order(room=NO_END, fail_syncs=0, halve_writes=0, slow_writes=0, slow_syncs=0)

    @property
    def obeyed(self) -> int:
        """How often an order was carried out."""
        return int(struct.unpack_from("q", self._orders, 8 * ORDERS.index("obeyed"))[0])

    @property
    def recorded(self) -> int:
        """How long the record is: a moment, to which what happens elsewhere can be compared."""
        return self.trace.stat().st_size
