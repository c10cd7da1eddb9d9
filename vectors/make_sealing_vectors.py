"""Write vectors/sealing/ again: `python vectors/make_sealing_vectors.py [folder]`."""

from __future__ import annotations

import sys
from pathlib import Path

from log_parts import write_folder
from sealing_faults import sealing_vectors

if __name__ == "__main__":
    write_folder(
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "sealing", sealing_vectors()
    )
