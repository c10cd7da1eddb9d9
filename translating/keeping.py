"""Catalogues on disk: brought up to date with the sources, and compiled for Python, for the rules and for scripts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from translating.finding import RULES, SOURCES

LOCALES: Final = SOURCES / "locale"
SCRIPTS: Final = SOURCES / "web" / "static" / "js" / "words"
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The history of the file says when; a date in it would change whenever it is written."""


def tags() -> list[str]:
    return sorted(path.name for path in LOCALES.iterdir() if path.is_dir())


def po_file(tag: str) -> Path:
    return LOCALES / tag / "LC_MESSAGES" / "detente.po"


def kept(tag: str) -> Catalog:
    if not po_file(tag).exists():
        return Catalog(locale=tag, project="detente", charset="utf-8", fuzzy=False)
    with po_file(tag).open("rb") as source:
        return read_po(source, locale=tag, charset="utf-8")


def renewed(tag: str, found: Catalog) -> Catalog:
    """The catalogue with exactly the messages found; what was translated stays, word for word."""
    before = kept(tag)
    after = Catalog(locale=tag, project="detente", charset="utf-8", fuzzy=False, creation_date=_NO_DATE,
                    revision_date=_NO_DATE, header_comment=f"# The words of the pages: {tag}.")  # fmt: skip
    for message in sorted((m for m in found if m.id), key=_place):
        old = before.get(message.id, message.context)
        after.add(message.id, old.string if old else None, message.locations, message.flags,
                  message.auto_comments, old.user_comments if old else (), context=message.context)  # fmt: skip
    return after


def _place(message: Message) -> tuple[str, str, str]:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return str(message.locations[0][0]), message.context or "", first


def files_of(tag: str, catalog: Catalog) -> dict[Path, bytes]:
    """Every file that a catalogue is kept in, as it should be."""
    po, mo = BytesIO(), BytesIO()
    write_po(po, catalog, width=110, include_lineno=False, ignore_obsolete=True)
    write_mo(mo, catalog)
    messages = [m for m in catalog if m.id and is_translated(m)]
    of_rules = {m.id: m.string for m in messages if m.context == RULES}
    of_scripts = {
        m.id if isinstance(m.id, str) else m.id[0]: m.string
        for m in messages
        if any(str(file).endswith(".js") for file, _line in m.locations)
    }
    return {
        po_file(tag): po.getvalue(),
        po_file(tag).with_suffix(".mo"): mo.getvalue(),
        LOCALES / tag / "sentences.json": _json(of_rules),
        SCRIPTS / f"{tag}.json": _json(of_scripts),
    }


def is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _json(words: dict[object, object]) -> bytes:
    return (json.dumps(words, ensure_ascii=False, indent=0, sort_keys=True) + "\n").encode()
