"""`detente status`: is it final, and if not, whose act is missing."""

from __future__ import annotations

import json
from pathlib import Path

import click

from detente.cli.data_folder import data_option, opened, origin_named, require_person
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.terminal import say
from detente.client.keyring import Keyring
from detente.depositary.reading import Record
from detente.procedure.disclosure import Viewer
from detente.views.status import cosigned_text, status_json, status_text


@click.command("status")
@click.argument("process")
@data_option
@keys_option
@click.option("--at", type=int, help="As of this act (its number in the record).")
@click.option("--as", "person", help="As this person may see it; the host's operator sees all ids anyway.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(process: str, data: Path, keys: Path, at: int | None, person: str | None, as_json: bool) -> None:
    """Say where PROCESS stands: adopted, authentic, binding, in force, and what is missing. PROCESS is the start of its
    id, in a data folder; or the address of a process of yours, which is copied and checked here first."""
    if "://" in process:
        table = AtTheTable(Keyring(keys), held_keys(Keyring(keys), process))
        _say(table.replica.seen_at(at), as_json=as_json)
        return
    with opened(data) as depositary:
        origin = origin_named(depositary, process)
        state = depositary.main(origin).state()
        if person is not None:
            require_person(state, person)
        record = Record(depositary, origin, Viewer(person or state.convened.convenor), at)
        _say(record, as_json=as_json)


def _say(record: Record, *, as_json: bool) -> None:
    if as_json:
        say(json.dumps(status_json(record), ensure_ascii=False))
        return
    say(status_text(record))
    if record.as_of == record.size:
        say(cosigned_text(record.log()))
