"""`detente status`: is it final, and if not, whose act is missing."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import click

from detente.acts.time import log_verifier
from detente.cli.data_folder import data_option, opened, origin_named, reader_named
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option, later_acts, line_to, tell_host
from detente.cli.snapshot_option import policy_option, read_policy, snapshot_option
from detente.cli.terminal import say, say_lines
from detente.cli.verifying.later_acts import say_gone_on, went_on
from detente.cli.verifying.verified_snapshot import check_stated
from detente.client.host_tiles import nodes_of_host
from detente.client.keyring import Keyring
from detente.client.last_seen import check_gone_on
from detente.client.titles import titles_of
from detente.codec.refusal import refuse
from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer
from detente.procedure.facts import facts_of
from detente.proofs.later_acts import WentOn
from detente.proofs.verified_snapshot import VerifiedSnapshot, open_snapshot
from detente.tlog.policy import check_policy
from detente.views.addresses import process_id
from detente.views.status import cosigned_text, status_json, status_text


@click.command("status")
@click.argument("process")
@data_option
@keys_option
@click.option("--at", type=int, help="As of this act (its number in the record).")
@click.option(
    "--as", "person", help="As this person may see it, or “public”; the host's operator sees all ids anyway."
)
@snapshot_option
@policy_option
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(
    process: str, data: Path, keys: Path, at: int | None, person: str | None, snapshot: Path | None,
    policy: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Say where PROCESS stands: adopted, authentic, binding, in force, and what is missing. PROCESS is the start of its
    id, in a data folder; or the address of a process of yours, which is copied and checked here first.

    With --snapshot a long record is known in seconds: up to the snapshot by those who signed it, and from there on by
    this machine, which fetches only the acts that came after. --policy says whose signatures on both are enough."""
    if snapshot is not None:
        with snapshot.open("rb") as file:
            gone_on, titles = _gone_on(Keyring(keys), process, open_snapshot(file), policy)
        _say_gone_on(gone_on, titles, as_json=as_json)
        return
    if policy is not None:
        raise refuse("verify.policy", "A policy is asked for where a record rests on a snapshot.",
                     instead="Add --snapshot FILE, or check a copy with “detente verify”.")  # fmt: skip
    if "://" in process:
        table = AtTheTable(Keyring(keys), held_keys(Keyring(keys), process))
        _say(table.replica.seen_at(at), as_json=as_json)
        return
    with opened(data) as depositary:
        origin = origin_named(depositary, process)
        state = depositary.main(origin).state()
        reader = state.convened.convenor if person is None else reader_named(state, person)
        record = Record(depositary, origin, Viewer(reader), at)
        _say(record, as_json=as_json, bystander=person is None)


def _gone_on(
    keyring: Keyring, process: str, snapshot: VerifiedSnapshot, policy: Path | None
) -> tuple[WentOn, dict[str, str]]:
    """The record, compared with what is kept here of it; and the titles of its texts, as the host proves them."""
    with tempfile.TemporaryFile() as fetched:
        held = later_acts(held_keys(keyring, process), snapshot, fetched)
        fetched.seek(0)
        record = went_on(fetched, snapshot)
    host, token = line_to(held)
    nodes = nodes_of_host(host, record.size, token)
    check_gone_on(keyring.folder_of(held.process), record, nodes, tell_host(held))
    if policy is not None:
        convened, demanded = snapshot.anchored.process, read_policy(policy)
        check_policy(demanded, record.note, log_verifier(convened.origin, convened.log_key))
        check_stated(demanded, snapshot.anchored.keys)
    return record, titles_of(record.state, host, token)


def _say_gone_on(record: WentOn, titles: dict[str, str], *, as_json: bool) -> None:
    if not as_json:
        say_gone_on(record, titles)
        return
    snapshot = record.snapshot
    found = {
        "process": process_id(record.state.convened.origin),
        "size": record.size,
        "vouched": {"size": snapshot.size, "by": snapshot.anchored.signers},
        "titles": titles,
        "facts": facts_of(record.state),
    }
    say(json.dumps(found, ensure_ascii=False))


def _say(record: Record, *, as_json: bool, bystander: bool = False) -> None:
    if as_json:
        say(json.dumps(status_json(record, bystander=bystander), ensure_ascii=False))
        return
    say_lines(status_text(record, bystander=bystander))
    if record.as_of == record.size:
        say(cosigned_text(record.log()))
