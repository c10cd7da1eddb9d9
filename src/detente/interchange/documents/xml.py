"""XML from strangers, read so that nothing in it is fetched, expanded or executed."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from lxml import etree

from detente.codec.refusal import refuse

Element: TypeAlias = Any
"""An element of lxml, which brings no types."""

MOST_TAGS: Final = 3_000_000
"""In one file: each takes some 100 bytes of memory, however little it says."""
# libxml2's own ceilings stay in force (huge_tree off): 256 levels deep, 10 MB in one text.
_PARSER: Final = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse_xml(data: bytes, what: str) -> Element:
    """The root of an XML file; `what` names it to people. Raises `Refused`: `document.entities` where it declares a
    document type, `document.malformed` where it is no XML or too deep, `document.size` where it has too many tags."""
    if data.count(b"<") > MOST_TAGS:
        raise refuse("document.size", f"{what} holds more than {MOST_TAGS:,} tags.", "",
                     "Send it in parts.")  # fmt: skip
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise _declares(what)
    try:
        root = etree.fromstring(data, etree.XMLParser(**_PARSER))
    except etree.XMLSyntaxError as error:
        raise refuse(
            "document.malformed",
            f"{what} is not well-formed XML, or nested too deep: {error.msg}.",
            "XML 1.0 sec. 2.1",
            "Open the file in the program that made it and save it again.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares(what)
    return root


def local_name(element: Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The attribute of that local name in any namespace; empty where there is none."""
    if (plain := element.get(name)) is not None:
        return str(plain)
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that local name."""
    if element is None:
        return None
    return next((e for e in element if local_name(e) == name), None)


def _declares(what: str) -> Exception:
    return refuse(
        "document.entities",
        f"{what} declares entities, which could hide or fetch words.",
        "XML 1.0 sec. 4.2",
        "Save the document again without a document type declaration.",
    )
