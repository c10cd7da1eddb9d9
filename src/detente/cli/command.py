"""The command `detente`: finds a verb's file only when the verb is used, so that it starts fast."""

from __future__ import annotations

import sqlite3
import sys
from importlib import import_module
from typing import Final

import click

from detente import __version__
from detente.cli.terminal import say
from detente.codec.refusal import Refused, refuse
from detente.store.port import Unavailable, UncertainCommit

VERBS: Final = (
    "demo", "replay", "status", "export", "verify", "prove", "checker", "serve", "ready", "doctor", "stamp", "fsck",
    "convene", "invite",
    "join", "act", "read", "chambers", "position", "present", "exhibit", "share", "pouch", "keys", "witness", "mirror",
    "recover", "backup", "restore", "erase", "publish", "bundle", "state", "press", "check",
    "incidents", "compare", "text", "packages", "edition", "tables", "changes", "minutes",
)  # fmt: skip


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
        say(f"{refusal.code}: {refusal.sentence}{clause}", err=True)
        if refusal.instead:
            say(f"  Instead: {refusal.instead}", err=True)


def main() -> None:
    """Run a verb. Exits 0; 1 where something is refused or does not hold; 2 where the words are off,
    or the database cannot be used."""
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
    except (OSError, AssertionError) as error:
        print_refusals(_as_refused(error))
        sys.exit(1)
    except (sqlite3.Error, Unavailable, UncertainCommit) as error:
        print_refusals(_as_refused(error))
        sys.exit(2)


def _as_refused(error: Exception) -> Refused:
    """What the machine refuses, said like everything else that is refused."""
    if isinstance(error, OSError):
        what = f"{error.filename}: " if error.filename else ""
        return refuse("host.file", f"{what}{error.strerror or error}.",
                      instead="Name another file or folder, or make this one accessible.")  # fmt: skip
    if isinstance(error, AssertionError):
        return refuse("store.inconsistent", "What the database holds does not fit together.",
                      instead="See what is wrong with “detente fsck”; restore it from your backup.")  # fmt: skip
    return refuse("store.unusable", f"The database cannot be used: {str(error).removesuffix('.')}.",
                  instead="See that it runs and has room, and try again. If it is damaged, restore it from your backup, "
                  "with the host key that belongs to it.")  # fmt: skip
