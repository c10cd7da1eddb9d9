"""The newest acts as an Atom feed (RFC 4287).

A feed names no address of its own (`rel="self"`): whoever passes the file on would pass on what opens it.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from detente.codec.instant import instant_from_unix
from detente.views.feeds import ActsFeed, FeedEntry

MEDIA_TYPE: Final = "application/atom+xml"
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_NO_CHARACTER: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text without what no XML document may hold (XML 1.0 sec. 2.2), not even escaped.

    >>> printable("a\\x07b")
    'a\ufffdb'
    """
    return _NO_CHARACTER.sub("\ufffd", text)


def atom(feed: ActsFeed, base: str) -> bytes:
    """base: the host's address, without a slash at its end."""
    root = Element("feed", xmlns=_NAMESPACE)
    _said(root, "id", base + feed.path)
    _said(root, "title", feed.title)
    _said(root, "updated", instant_from_unix(feed.updated))
    SubElement(root, "link", href=base + feed.path)
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), entry, base)
    written: bytes = tostring(root, "utf-8", xml_declaration=True)
    return written


def _entry(made: Element, entry: FeedEntry, base: str) -> None:
    """Its id is the act's leaf hash (RFC 6920): the same at every address of the record."""
    _said(made, "id", f"ni:///sha-256;{entry.leaf}")
    _said(made, "title", entry.sentence)
    _said(made, "updated", instant_from_unix(entry.at))
    SubElement(made, "link", href=base + entry.path)
    _said(SubElement(made, "author"), "name", entry.author)
    if entry.note:
        _said(made, "summary", entry.note)


def _said(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = printable(text)
