"""`detente verify`: check offline what somebody was given. Exits 0 where everything holds, 1 where something broke."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from detente.cli.snapshot_option import policy_option, read_policy, snapshot_option
from detente.cli.terminal import say
from detente.cli.time_stamp_options import certificate_option
from detente.cli.verifying import certified_copy
from detente.cli.verifying.certified_copy import CERTIFIED_COPY
from detente.cli.verifying.container import Checked
from detente.cli.verifying.later_acts import LATER_ACTS
from detente.cli.verifying.misconduct import EVIDENCE_AGAINST_A_LOG
from detente.cli.verifying.one_act import PROOF_OF_AN_ACT, SCANNED_PROOF
from detente.cli.verifying.pouch import POUCH, POUCH_ANSWER
from detente.cli.verifying.proof_of_facts import PROOF_OF_FACTS
from detente.cli.verifying.receipt import RECEIPT
from detente.cli.verifying.replay_bundle import REPLAY_BUNDLE
from detente.cli.verifying.time_stamps import TIME_STAMPS
from detente.cli.verifying.unchained import UNCHAINED_CHECKPOINTS
from detente.cli.verifying.verified_snapshot import VERIFIED_SNAPSHOT, check_stated
from detente.client.verified_before import default_folder
from detente.codec.refusal import refuse
from detente.tlog.policy import check_policy

CONTAINERS: Final = (
    PROOF_OF_AN_ACT, SCANNED_PROOF, PROOF_OF_FACTS, RECEIPT, EVIDENCE_AGAINST_A_LOG, UNCHAINED_CHECKPOINTS,
    TIME_STAMPS, POUCH, POUCH_ANSWER, REPLAY_BUNDLE, VERIFIED_SNAPSHOT, LATER_ACTS, CERTIFIED_COPY,
)  # fmt: skip
"""What can be checked. A file of none of these kinds is read as the last, which says what it should begin with."""


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@policy_option
@snapshot_option
@certificate_option
@click.option(
    "--remember", "memory", type=click.Path(file_okay=False, path_type=Path), default=default_folder,
    help="The folder that remembers which copies were verified. Default: detente among your own state.",
)  # fmt: skip
@click.option("--again", is_flag=True, help="Check also the signatures that were verified here before.")
def command(
    file: Path,
    policy: Path | None,
    snapshot: Path | None,
    time_stamp_certificate: Path | None,
    memory: Path,
    again: bool,
) -> None:
    """Check everything in FILE: a certified copy (signatures, order, tree, procedure, disclosures, the keeper's
    certificate), a replay bundle, a verified snapshot, later acts, the proof of one act or of facts, a receipt beside
    its act (whose log only a policy can name), evidence against a log, checkpoints not shown to chain, time stamps, or
    a pouch.

    Of a copy, the checkpoint is remembered on this machine. A later copy of the same record must begin with the same
    acts, and their signatures are not checked again."""
    del time_stamp_certificate  # the container that needs it asks the context
    with file.open("rb") as given:
        container = next((one for one in CONTAINERS if one.holds(given)), CONTAINERS[-1])
        given.seek(0)
        if snapshot is not None and container not in (LATER_ACTS, REPLAY_BUNDLE):
            raise refuse("verify.snapshot", "A snapshot says nothing of a file of this kind.",
                         instead="Give it with later acts or with a replay bundle.")  # fmt: skip
        if container is CERTIFIED_COPY:
            checked: Checked | None = certified_copy.check(file, given, memory, again=again)
        else:
            checked = container.check(file, given)
    met = _cosigned_enough(checked, policy)
    if checked is not None:
        checked.report()
        if met:
            say(
                f"  Policy     {policy}: enough have cosigned{' and signed the state' if checked.stated else ''}"
            )


def _cosigned_enough(checked: Checked | None, policy: Path | None) -> bool:
    """Whether a policy was asked for, and is met. Raises `Refused`: `verify.policy`, `policy.*`."""
    if policy is None:
        if checked is not None and checked.log is None:
            raise refuse("verify.policy", "By whom this file should be signed is told by a policy.",
                         instead="Add --policy FILE, with a line “log” for the process: its record page gives one.",
                         )  # fmt: skip
        return False
    demanded = read_policy(policy)
    if checked is None:
        raise refuse("verify.policy", "This kind of file rests on no checkpoint that somebody could have cosigned.",
                     instead="Check it without --policy.")  # fmt: skip
    check_policy(demanded, checked.note, checked.log)
    if checked.main is not None:  # who signs for a chamber alone says nothing of whose key it is
        check_policy(demanded, *checked.main)
    if checked.stated is not None:
        check_stated(demanded, checked.stated)
    return True
