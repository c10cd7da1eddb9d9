"""One HTML file that checks the proof of an act from disk, with the network off: the modules that the page /check is made
of, put one after another into one script. The same sources give the same bytes, so that its SHA-256 can be published.

Each module becomes a function that returns what it exports; nothing else of it is changed, so that the file can be read
beside the sources. It fetches nothing and can fetch nothing: its own Content-Security-Policy admits this one script and
this one style sheet by their hashes, and no address.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from typing import Final

from markupsafe import Markup

from detente.web.rendering import environment
from detente.web.static_files import FOLDER

ROOT: Final = "proofs/checking.js"
SHEETS: Final = ("paper.css", "lists.css", "check.css")
FILE_NAME: Final = "detente-check.html"

_IMPORT: Final = re.compile(r'^import\s+\{([^}]*)\}\s+from\s+"([^"]+)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?function\*? |class |const )", re.MULTILINE)
_EXPORTED: Final = re.compile(r"^export (?:async )?(?:function\*?|class|const) (\w+)", re.MULTILINE)


def checker_page(proof: bytes = b"") -> bytes:
    """The file; proof: that it opens with, or none."""
    script, style = checker_script(), checker_style()
    policy = (
        f"default-src 'none'; script-src '{source_of(script)}'; style-src '{source_of(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'"
    )
    page = environment().get_template("checker.html")
    # Neither holds the end of its own element; a test says so.
    return page.render(
        policy=policy, script=Markup(script), style=Markup(style), proof=proof.decode("utf-8")
    ).encode()  # fmt: skip


@cache
def checker_digest() -> str:
    """SHA-256 of the file with no proof in it, in hex."""
    return hashlib.sha256(checker_page()).hexdigest()


def source_of(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def checker_style() -> str:
    return "\n" + "".join((FOLDER / "css" / sheet).read_text("utf-8") for sheet in SHEETS)


@cache
def checker_script() -> str:
    """Every module that the root needs, each after those that it imports."""
    order: list[str] = []
    _visit(ROOT, order)
    names = {path: f"module{number}" for number, path in enumerate(order)}
    return "\n" + "".join(_wrapped(path, names) for path in order)


def _visit(path: str, order: list[str]) -> None:
    for _bound, address in _IMPORT.findall(_text(path)):
        imported = _resolved(path, address)
        if imported not in order:
            _visit(imported, order)
    order.append(path)


def _wrapped(path: str, names: dict[str, str]) -> str:
    """A module as a function; what it imports are other modules' results."""

    def bound(found: re.Match[str]) -> str:
        inside = re.sub(r"(\w+) as (\w+)", r"\1: \2", " ".join(found[1].split()))
        return f"const {{ {inside.strip().rstrip(',')} }} = {names[_resolved(path, found[2])]};\n"

    text = _text(path)
    body = _EXPORT.sub("", _IMPORT.sub(bound, text))
    exported = ", ".join(_EXPORTED.findall(text))
    return (
        f"// {path}\nconst {names[path]} = await (async () => {{\n{body}return {{ {exported} }};\n}})();\n\n"
    )


@cache
def _text(path: str) -> str:
    return (FOLDER / "js" / path).read_text("utf-8")


def _resolved(path: str, address: str) -> str:
    return (FOLDER / "js" / path).parent.joinpath(address).resolve().relative_to(FOLDER / "js").as_posix()
