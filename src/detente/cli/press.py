"""`detente press`: what an article attributes to whom, as minutes that a person reads, corrects and plays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from detente.cli.terminal import say
from detente.codec.refusal import refuse
from detente.interchange.press.article import Article, read_article
from detente.interchange.press.attribution import Proposal, proposals


@click.command("press")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--name",
    "named",
    multiple=True,
    metavar="SIDE=WORDS",
    help="What the article calls a side, or M; again and again.",
)
@click.option("--as", "author", default="A", help="Who would register the statements; A if left out.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(file: Path, named: tuple[str, ...], author: str, *, as_json: bool) -> None:
    """Propose the statements that FILE (text, HTML, PDF) attributes to somebody. Nothing is registered."""
    article = read_article(file.read_bytes())
    found = tuple(proposals(article, dict(_names(named))))
    if as_json:
        say(msgspec.json.encode({"article": article, "statements": found}).decode())
        return
    for line in _minutes(article, found, author):
        say(line)
    if not found:
        say("No statement was found that the article attributes to anybody.", err=True)


def _names(named: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for pair in named:
        side, equals, words = pair.partition("=")
        if not equals or not words or not (len(side) == 1 and side.isupper()):
            raise refuse("press.name", f"“{pair}” is not a side and what it is called.",
                         instead="Write --name B=\"the southern delegation\".")  # fmt: skip
        yield words.lower(), side


def _minutes(article: Article, found: tuple[Proposal, ...], author: str) -> Iterator[str]:
    """As the guide to minutes has it; each after the sentence that it was read in, as a comment."""
    yield f"{author} registers an article"
    for name in ("title", "source", "published", "language", "digest"):
        if value := getattr(article, name):
            yield f"    {name}: {_one_line(value)}"
    yield "    call it: the-article"
    for proposal in found:
        yield ""
        yield f"# paragraph {proposal.paragraph}: {_one_line(proposal.sentence)}"
        yield f"{author} registers a public statement"
        yield f"    claims: {', '.join(f'{p} {w}'.strip().replace('_', ' ') for p, w in proposal.claims)}"
        yield "    article: @the-article"
        yield f"    text: {_one_line(f'“{proposal.text}”' if proposal.manner == 'quote' else proposal.text)}"
        yield f"    speaker: {_one_line(proposal.speaker)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
