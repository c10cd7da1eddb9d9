"""`detente verify`: check offline what somebody was given. Exits 0 where everything holds, 1 where something broke."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from detente.cli.time_stamp_options import certificate_option
from detente.cli.verifying.certified_copy import CERTIFIED_COPY
from detente.cli.verifying.one_act import PROOF_OF_AN_ACT
from detente.cli.verifying.time_stamps import TIME_STAMPS

CONTAINERS: Final = (PROOF_OF_AN_ACT, TIME_STAMPS, CERTIFIED_COPY)
"""What can be checked. A file of none of these kinds is read as the last, which says what it should begin with."""


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@certificate_option
def command(file: Path, time_stamp_certificate: Path | None) -> None:
    """Check everything in FILE: a certified copy (signatures, order, tree, procedure, disclosures, the keeper's
    certificate), the proof of one act, or time stamps. The option is for time stamps."""
    del time_stamp_certificate  # the container that needs it asks the context
    with file.open("rb") as given:
        container = next((one for one in CONTAINERS if one.holds(given)), CONTAINERS[-1])
        given.seek(0)
        container.check(file, given)
