"""`detente changes`: what a file that came back from a capital proposes for a text, and with --sign the acts themselves.

The record is verified on this machine and the file is read here: the host sees neither before something is signed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from detente.cli.act import show_and_sign
from detente.cli.drafting import draft
from detente.cli.keys_folder import AtTheTable, held_keys, keys_option, record_option
from detente.cli.terminal import say
from detente.client.keyring import Keyring
from detente.codec.refusal import refuse
from detente.interchange.documents.proposals import Proposal
from detente.interchange.documents.reading import read_document
from detente.interchange.limits import within_limits
from detente.provisions.numbering import number_of
from detente.provisions.redline import compare_texts
from detente.views.building.changed import MOST_SINCE
from detente.web.changed import KIND, Found, changes_in, fields_of_act
from detente.web.texts import Stood, edition_of
from detente.wording.differences import marked


@click.command("changes")
@click.argument("process")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--instrument", default="", help="The text that the file was made from; the first one if left out."
)
@click.option("--sign", is_flag=True, help="Propose each of the changes: an act each, signed with your key.")
@click.option("--yes", is_flag=True, help="Sign without asking.")
@keys_option
@record_option
def command(
    process: str, file: Path, instrument: str, sign: bool, yes: bool, keys: Path, record: Path | None
) -> None:
    """Say what the tracked changes in FILE propose for a text of PROCESS, provision by provision. With --sign each
    becomes a text in brackets, proposed by you."""
    keyring = Keyring(keys)
    table = AtTheTable(keyring, held_keys(keyring, process), record)
    read = table.replica.record
    stood = edition_of(read, instrument)
    side = read.visible.state.people[read.viewer.person or ""].side
    if side is None or side not in stood.instrument.sides:
        raise refuse("document.not_yours", "The sides of a text bring back what their capitals changed in it.",
                     instead="Compare the file with the text instead: detente compare.")  # fmt: skip
    found = changes_in(within_limits(read_document, file.read_bytes(), file.name), read, stood, side)
    for line in _lines(found, stood):
        say(line)
    for one in found.proposals if sign else ():
        key = table.held.signing.key_id
        drawn = draft(table.replica, KIND, fields_of_act(stood, one), key, "", (), int(time.time()))
        show_and_sign(table, drawn, ask=not yes)


def _lines(found: Found, stood: Stood) -> Iterator[str]:
    base = found.base
    yield f"Made from edition {base.edition}, {'with brackets shown' if base.brackets else 'without brackets'}."
    if base.edition != stood.edition.number:
        yield f"Edition {stood.edition.number} stands now: look at each proposal again before you sign it."
    for act in base.since[-MOST_SINCE:]:
        yield f"On the table since: {stood.sight.say(act)}, #{act.index + 1}."
    if not found.proposals:
        yield "The file changes no words of the text."
    for one in found.proposals:
        yield ""
        yield f"{number_of(one.provision, full=True)}, {_whose(one)}"
        if one.omits:
            yield "  It is left out."
        if one.headings is not None:
            yield from (f"  heading, {line}" for line in _marked(one.headed, one.headings))
        if one.texts or one.omits:
            yield from (f"  {line}" for line in _marked(one.before, one.texts))
    if found.remarks:
        yield ""
    for remark in found.remarks:
        yield f"  {remark.place}: {remark.sentence}" + (f" “{remark.kept}”" if remark.kept else "")


def _marked(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """A line for each language in which the words change."""
    for tag in dict.fromkeys((*before, *after)):
        old, new = before.get(tag, ""), after.get(tag, "")
        if old != new:
            yield f"{tag}: {marked(compare_texts(old, new, tag))}"


def _whose(one: Proposal) -> str:
    authors = ", ".join(author or "somebody who is not named" for author in one.authors)
    tracked = "" if one.tracked else "; not all of it was tracked"
    return f"changed by {authors}, as the file says{tracked}" if authors else "changed without being tracked"
