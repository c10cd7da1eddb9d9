"""`docs/reference/command-line.md`: every command, as `--help` says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from detente.cli.command import group
from documenting.markdown import page

INTRODUCTION: Final = """
What `detente COMMAND --help` says. A command exits with 0; with 1 where something is refused or does not hold, with
the code, the sentence, its source and what is possible instead ([refusals](refusals.md)); and with 2 where the words
of the command are off.
"""
WIDTH: Final = 110


def command_line_page() -> str:
    """The whole page."""
    commands = list(_commands("detente", group, None))
    contents = [
        f"- [{path}](#{path.replace(' ', '-')}): {_short(command)}" for path, command, _ctx in commands[1:]
    ]
    return page("The command line", INTRODUCTION, [*contents, "", *_entries(commands)])


def _commands(
    path: str, command: click.Command, above: click.Context | None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    context = click.Context(command, info_name=path.rpartition(" ")[2], parent=above, max_content_width=WIDTH,
                            terminal_width=WIDTH, **command.context_settings)  # fmt: skip
    yield path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _commands(f"{path} {name}", inner, context)


def _short(command: click.Command) -> str:
    return command.get_short_help_str(limit=WIDTH)


def _entries(commands: list[tuple[str, click.Command, click.Context]]) -> Iterator[str]:
    for path, command, context in commands:
        yield from (f"## {path}", "", "```text", *command.get_help(context).splitlines(), "```", "")
