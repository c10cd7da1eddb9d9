"""The command `detente`: finds a verb's file only when the verb is used, so that it starts fast."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

import click

from detente import __version__
from detente.codec.refusal import Refused

VERBS: Final = ("demo", "replay", "status", "export", "verify", "serve", "fsck")


class Verbs(click.Group):
    """A group whose commands are the files beside this one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"detente.cli.{cmd_name}").command
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="detente")
def group() -> None:
    """Keep the record of a mediated negotiation: who acted, on whose authority, and whether it is final."""


def print_refusals(refused: Refused) -> None:
    """Every refusal at once: code, sentence, clause, and what is possible instead."""
    for refusal in refused.refusals:
        clause = f" ({refusal.clause})" if refusal.clause else ""
        click.echo(f"{refusal.code}: {refusal.sentence}{clause}", err=True)
        if refusal.instead:
            click.echo(f"  Instead: {refusal.instead}", err=True)


def main() -> None:
    """Run a verb. Exits 0; 1 where something is refused or does not hold; 2 where the words are off."""
    try:
        group(standalone_mode=False)
    except Refused as refused:
        print_refusals(refused)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
