"""`detente share`: give the key of an exhibit to colleagues who came after it was presented."""

from __future__ import annotations

from pathlib import Path

import click

from detente.acts.sealing import group_of
from detente.acts.sharing import lacking
from detente.cli.chambers import sign_fields
from detente.cli.exhibit import presenting_act
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option
from detente.cli.terminal import say
from detente.client.exhibit_keys import box_fields, identities_for, identities_on_paper
from detente.client.keyring import Keyring
from detente.codec.refusal import refuse
from detente.sealing.identity import read_identity


@click.command("share")
@click.argument("process")
@click.argument("number", type=int)
@keys_option
@click.option(
    "--with", "people", multiple=True, help="A person's id; may be given again. All who lack it if left out."
)
@click.option(
    "--paper", is_flag=True, help="Open it with the recovery key on paper, where no key of yours does."
)
@click.option("--yes", is_flag=True, help="Sign without asking.")
def command(process: str, number: int, keys: Path, people: tuple[str, ...], paper: bool, yes: bool) -> None:
    """Share the exhibit that act NUMBER of PROCESS presents with colleagues who lack its key: of your delegation, and of
    those that it was presented to. No file is sent again. It cannot be taken back."""
    keyring = Keyring(keys)
    held = held_keys(keyring, process)
    table = AtTheTable(keyring, held)
    record, act = table.replica.record, presenting_act(table, number)
    state = record.visible.state
    exhibit = state.exhibits[act.act.leaf]
    names = [name for name in lacking(state, exhibit) if not people or _belongs(table, name, people)]
    if not names:
        raise refuse("sealing.nobody", "Everybody of the delegations that it was presented to has its key.",
                     instead="Share it when somebody new has a key to read with.")  # fmt: skip
    if paper:
        typed = read_identity(click.prompt("The recovery key, from the paper", hide_input=True))
        found = identities_on_paper(record, act, typed)
    else:
        found = identities_for(record, act, held)
    if not found or not act.opened.get("box"):
        raise refuse("sealing.not_for_you", "Nothing here opens this exhibit, so that there is nothing to give.",
                     instead="Ask somebody of your delegation who can open it; or use the paper, --paper.")  # fmt: skip
    given = {"exhibit": f"#{number}", **box_fields(state, found, names)}
    sign_fields(table, "share_exhibit", given, "", ask=not yes, readers=_readers(table, names))
    say("Those named open it with “detente exhibit”, or on the page of the act.")
    say("The words of that act, with the names of its files, stay with those who could read them before.")


def _belongs(table: AtTheTable, name: str, people: tuple[str, ...]) -> bool:
    key = table.replica.record.visible.state.keys.get(name)
    return key is not None and key.person in people


def _readers(table: AtTheTable, names: list[str]) -> tuple[str, ...]:
    """The groups whose people the box is for: nobody else has any use for it."""
    state = table.replica.record.visible.state
    people = [state.keys[name].person for name in names if name in state.keys]
    groups = {group_of(state, person) or person for person in people} | {
        n for n in names if n in state.recovery
    }
    return tuple(sorted(groups))
