"""`detente verify`: check offline what somebody was given. Exits 0 where everything holds, 1 where something broke."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from detente.cli.verifying.certified_copy import CERTIFIED_COPY
from detente.cli.verifying.one_act import PROOF_OF_AN_ACT, SCANNED_PROOF

CONTAINERS: Final = (PROOF_OF_AN_ACT, SCANNED_PROOF, CERTIFIED_COPY)
"""What can be checked. A file of none of these kinds is read as the last, which says what it should begin with."""


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Check everything in FILE: a certified copy (signatures, order, tree, procedure, disclosures, the keeper's
    certificate), or the proof of one act."""
    with file.open("rb") as given:
        container = next((one for one in CONTAINERS if one.holds(given)), CONTAINERS[-1])
        given.seek(0)
        container.check(file, given)
