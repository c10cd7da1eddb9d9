"""Write the vectors of notes, checkpoints, policies, proofs, tiles and readers' tokens again:
`python vectors/make_log_vectors.py [folder]`. The form of the files is told in vectors/README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

from checkpoint_faults import checkpoint_vectors
from log_parts import write_folder
from note_faults import note_vectors
from policy_faults import policy_vectors
from proof_faults import consistency_vectors, proof_vectors
from tile_faults import tile_vectors
from token_faults import token_vectors


def main(folder: Path) -> None:
    write_folder(folder / "note", note_vectors())
    write_folder(folder / "checkpoint", checkpoint_vectors())
    write_folder(folder / "policy", policy_vectors())
    write_folder(folder / "proof", proof_vectors())
    write_folder(folder / "consistency", consistency_vectors())
    write_folder(folder / "tile", tile_vectors())
    write_folder(folder / "token", token_vectors())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
