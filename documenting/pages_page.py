"""`docs/reference/pages.md`: every page, where it is, what can be asked of it, and what stands on it."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from starlette.routing import Route

from detente.views.building.around import ACT, PARTS, TABS
from detente.views.pages import Page
from documenting.markdown import code, page, table
from documenting.routes import routes
from documenting.source import Name, modules, reached

INTRODUCTION: Final = """
What a browser is shown. Each page is one type, whose fields say what stands on it; a template only sets them out, and
every page works without script, except where a key signs or opens something. Each page of a process may also be asked
for as of an earlier act (`at=N`), where this is listed, and in a demonstration as one of its people (`as=M`). What a
page holds is what whoever looks may read: everything else is left out before the page is made. A page that is not
there and one that is not yours answer alike.
"""
_ERROR: Final = "ErrorPage"
_LEFT_OUT: Final = ("shell",)
_EVERYWHERE: Final = ("web.viewer", "web.languages", "web.fragments", "web.rendering", "web.signing_in")
_ASKS: Final = ("asked.get", "request.query_params.get", "number_asked")
_TYPES: Final = {kind.__name__ for kind in get_args(Page)} - {_ERROR}
_TABS: Final = dict((*TABS, ACT, *(part for parts in PARTS.values() for part in parts)))


def pages_page() -> str:
    """The whole page."""
    return page("Pages", INTRODUCTION, [*_around(), *_pages()])


def _around() -> Iterator[str]:
    yield from ("## Around every page", "", "The tabs of a process, in their order:", "")
    rows = [(text, code(f"/processes/{{process}}/{path}")) for path, text in (*TABS, ACT)]
    yield from table(("tab", "address"), rows)
    yield from ("Under a tab that has several pages:", "")
    under = [(dict(TABS)[tab], text, code(path)) for tab, parts in PARTS.items() for path, text in parts]
    yield from table(("tab", "page", "address"), under)


def _pages() -> Iterator[str]:
    for kind in get_args(Page):
        addresses = [route for route in routes() if kind.__name__ in _types_of(route)]
        if addresses or kind.__name__ == _ERROR:
            yield from _entry(kind, addresses)


def _entry(kind: type, addresses: list[Route]) -> Iterator[str]:
    yield from (f"## {_title(kind, addresses)}", "")
    yield from (
        " ".join((importlib.import_module(kind.__module__).__doc__ or "").split("\n\n")[0].split()),
        "",
    )
    for route in addresses:
        asked = _asked(route)
        methods = " or ".join(sorted(set(route.methods or ()) - {"HEAD"}))
        yield f"- {methods} {code(route.path)}{f', with {asked}' if asked else ''}"
    if not addresses:
        yield "- At any address at which something is refused."
    yield ""
    yield from table(("what stands on it", ""), _fields(kind))


def _title(kind: type, addresses: list[Route]) -> str:
    """As its tab is called; else by the name of its type."""
    for route in addresses:
        if (path := route.path.removeprefix("/processes/{process}/")) in _TABS:
            return _TABS[path]
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in kind.__name__.removesuffix("Page"))
    return words.strip().capitalize()


def _fields(kind: type) -> Iterator[tuple[str, str]]:
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if name not in _LEFT_OUT and get_origin(hint) is Annotated:
            yield name.replace("_", " "), str(get_args(hint)[1])


def _endpoint(route: Route) -> Name:
    """The function that answers, also where another is built around it."""
    function: Any = route.endpoint
    held = inspect.getclosurevars(function).nonlocals
    function = held.get("build", function)
    return Name(function.__module__, function.__qualname__.partition(".")[0])


def _types_of(route: Route) -> set[str]:
    """The types of page that its function, and what that calls by name, says it returns."""
    return {kind for name in reached([_endpoint(route)]) for kind in _returned(name)}


@cache
def _returned(name: Name) -> tuple[str, ...]:
    return tuple(
        node.id
        for statement in modules()[name.module].defined[name.name]
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and statement.returns is not None
        for node in ast.walk(statement.returns)
        if isinstance(node, ast.Name) and node.id in _TYPES
    )


def _asked(route: Route) -> str:
    """The names that its function, and those of the web's floor that it calls, asks of the query."""
    here = (name for name in reached([_endpoint(route)]) if name.module.startswith("detente.web."))
    found = {asked for name in here if not name.module.endswith(_EVERYWHERE) for asked in _names_asked(name)}
    return ", ".join(code(one) for one in sorted(found))


@cache
def _names_asked(name: Name) -> tuple[str, ...]:
    calls = (
        node
        for statement in modules()[name.module].defined[name.name]
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _ASKS
    )
    return tuple(
        a.value
        for call in calls
        for a in call.args
        if isinstance(a, ast.Constant) and isinstance(a.value, str)
    )
