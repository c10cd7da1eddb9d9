"""The messages of the sources, by Babel: those marked in Python, templates and scripts, and what the rules can say.

The rules speak plain English and know of no language: every string of theirs that is a sentence (or says why something
is missing, or what an act commits to) stands in the catalogue under the context `rules`, its f-string's values as
places.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages.extract import extract

import detente

SOURCES: Final = Path(detente.__file__).parent
RULES: Final = "rules"
SPOKEN: Final = ("wording", "views", "web/package_")
"""Rooms whose words are marked, message by message."""
UNTRANSLATED: Final = (
    "cli",
    "client",
    "store",
    "witness",
    "proofs",
    "cases",
    "locale",
    "web/static/vendor",
    "provisions/recognition.py",
    "provisions/words.py",
    "web/openapi",
    "web/static/js/acts/kinds.js",
)
"""A terminal speaks English; so do the texts of the demonstration."""
_SAYS_WHY: Final = ("why", "commits")
_CLAUSE: Final = re.compile(r"(the|a|no) [a-z' ]+ (is|does|allows|takes) [^.]*|(it|the|no|nothing) [^.]*\w\.")
"""Why a step is beyond a mandate, and the like: said within a sentence."""
_SENTENCE: Final = re.compile(
    r"(?!.*(\(\?|\\|[)]\*))([A-Z“{][^\n]*\s[^\n]*[.?!”]|[A-Z][^\n{]*(\{\w+\}[^\n{]*)?[,:] \{\w+\})"
)
"""A whole sentence, or what leads to another one."""
_METHODS: Final = {".py": "", ".html": "jinja2.ext:babel_extract", ".js": "javascript"}
_KEYWORDS: Final = {
    "_": None, "N_": None, "gettext": None, "worded": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip


def found() -> Catalog:
    """Every message, with the files in which it is said."""
    catalog = Catalog(project="detente", charset="utf-8", fuzzy=False)
    for path in sorted(SOURCES.rglob("*")):
        name = path.relative_to(SOURCES).as_posix()
        if path.suffix not in _METHODS or name.startswith(UNTRANSLATED):
            continue
        for message, context, comments in _marked(path):
            catalog.add(message, locations=[(name, 0)], context=context, auto_comments=comments,
                        flags=_flags(message, path.suffix))  # fmt: skip
        if path.suffix == ".py" and not name.startswith(SPOKEN):
            for sentence in sentences(path.read_text("utf-8")):
                catalog.add(sentence, locations=[(name, 0)], context=RULES)
    return catalog


def _marked(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None, list[str]]]:
    if path.suffix == ".py":
        yield from ((message, context, []) for message, context in marked(path.read_text("utf-8")))
        return
    options = {"trimmed": "true", "silent": "false"} if path.suffix == ".html" else {}
    with path.open("rb") as source:
        extracted = list(extract(_METHODS[path.suffix], source, _KEYWORDS, ("Translators:",), options))
    for _line, message, comments, context in extracted:
        yield message, context, comments  # type: ignore[misc]  # Babel's own tuple


def marked(source: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """The messages marked in a module, with their context. Babel's own reader passes over a call within another.

    >>> list(marked('worded("{who} asked.", who=ngettext("{count} side", "{count} sides", n))'))
    [('{who} asked.', None), (('{count} side', '{count} sides'), None)]
    """
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        name = called.id if isinstance(called, ast.Name) else ""
        if name not in _KEYWORDS or not isinstance(node, ast.Call):
            continue
        words = [
            one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if name == "ngettext" and len(words) == 2:
            yield (words[0], words[1]), None
        elif name == "pgettext" and len(words) == 2:
            yield words[1], words[0]
        elif name not in ("ngettext", "pgettext") and words and words[0]:
            yield words[0], None


def _flags(message: str | tuple[str, str], suffix: str) -> Iterable[str]:
    several = message if isinstance(message, tuple) else (message,)
    if suffix == ".html":
        return ("python-format",) if any("%(" in one for one in several) else ()
    return ("python-brace-format",) if any("{" in one for one in several) else ()


def sentences(source: str) -> Iterator[str]:
    """What a module of the rules can say.

    >>> list(sentences('refuse("a.b", f"Side {state.side} has no head.", why="awaited")'))
    ['Side {side} has no head.']
    """
    tree = ast.parse(source)
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
             if part is not node}  # fmt: skip
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    why = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg in _SAYS_WHY
    }
    for node in ast.walk(tree):
        if id(node) in inner or id(node) in docstrings or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        text = template(node)
        if _SENTENCE.fullmatch(text) or _CLAUSE.fullmatch(text) or (id(node) in why and " " in text):
            yield text


def template(node: ast.Constant | ast.JoinedStr) -> str:
    """A string as a message, each value of an f-string a named place; empty for a string that says nothing itself."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    said, names = [], set()
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            name = place = place_name(part.value)
            while name in names:
                name = f"{place}_{len(names)}"
            names.add(name)
            said.append(f"{{{name}}}")
        elif isinstance(part, ast.Constant):
            said.append(str(part.value))
    text = "".join(said)
    return text if re.search(r"[a-z]{2}", re.sub(r"\{\w+\}", "", text)) else ""


def place_name(value: ast.expr) -> str:
    """What an f-string's value is called in its message: the last word that names it.

    >>> [place_name(ast.parse(one, mode="eval").body) for one in ("state.side", "', '.join(open_)", "x[0].strip()", "3")]
    ['side', 'open', 'x', 'it']
    """
    match value:
        case ast.Name(id=name):
            return name.strip("_").lower()
        case ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Call(func=ast.Attribute(attr="join"), args=[listed, *_]):
            return place_name(listed)
        case ast.Call(
            func=ast.Attribute(value=inner, attr="replace" | "strip" | "rstrip" | "lower" | "partition")
        ):
            return place_name(inner)
        case ast.Call(func=called):
            return place_name(called)
        case ast.Subscript(value=inner) | ast.GeneratorExp(elt=inner) | ast.BoolOp(values=[inner, *_]):
            return place_name(inner)
        case ast.IfExp(body=inner):
            return place_name(inner)
        case _:
            return "it"
