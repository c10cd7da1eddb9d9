"""What an expression of the source says, as far as that can be read without running it.

Words that are known only when the program runs are shown as “…”. Where a name or a condition may stand for several
texts, each is given.
"""

from __future__ import annotations

import ast
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from documenting.source import modules, resolved

UNKNOWN: Final = "…"
MOST: Final = 12
"""Ways to say one thing that are kept apart; where there are more, it is “…”."""
Ways = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where an expression stands. owner: the name at the top of its module; function: the innermost around it; kinds:
    of the containers that this module reads, for codes that begin with one."""

    module: str
    owner: str
    function: ast.FunctionDef | None = None
    kinds: Ways = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        asked = self.function.args if self.function else None
        return tuple(a.arg for a in (*asked.args, *asked.kwonlyargs)) if asked else ()


def said(expression: ast.expr | None, place: Place, given: Mapping[str, Ways] | None = None) -> Ways:
    """Every way that the expression may read. given: what the parameters of its function are."""
    if expression is None:
        return ("",)
    return _few(_ways(expression, place, given or {}))


def _few(ways: Iterable[str]) -> Ways:
    found = tuple(dict.fromkeys(itertools.islice(ways, MOST * 4)))
    return found if len(found) <= MOST else (UNKNOWN,)


def _ways(expression: ast.expr, place: Place, given: Mapping[str, Ways]) -> Iterable[str]:
    match expression:
        case ast.Constant(value=str(words)):
            return (words,)
        case ast.JoinedStr(values=parts):
            return _joined([said(part, place, given) for part in parts])
        case ast.FormattedValue(value=value):
            return said(value, place, given)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joined([said(left, place, given), said(right, place, given)])
        case ast.IfExp(body=one, orelse=other):
            return (*said(one, place, given), *said(other, place, given))
        case ast.Call(func=ast.Name(id="_" | "N_" | "gettext"), args=[message, *_]):
            return (re.sub(r"\{\w+\}", UNKNOWN, words) for words in said(message, place, given))
        case ast.Subscript(value=ast.Name(id=name)):
            return _values(name, place)
        case ast.Attribute(attr="kind") if place.kinds:
            return place.kinds
        case ast.Name(id=name):
            return given[name] if name in given else _named(name, place, given)
    return (UNKNOWN,)


def _joined(parts: list[Ways]) -> Iterator[str]:
    """The parts one after another; of too many combinations, the part that varies most is left open."""
    while math.prod(len(part) for part in parts) > MOST:
        widest = max(parts, key=len)
        parts = [(UNKNOWN,) if part is widest else part for part in parts]
    for chosen in itertools.product(*parts):
        yield re.sub(f"{UNKNOWN}(?:{UNKNOWN})+", UNKNOWN, "".join(chosen))


def _named(name: str, place: Place, given: Mapping[str, Ways]) -> Ways:
    """What a variable of the function, or a name at the top of some module, holds."""
    if name in place.parameters:
        return (UNKNOWN,)
    if place.function is not None:
        values = [
            node.value
            for node in ast.walk(place.function)
            if isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
        ]
        if values:
            return _few(way for value in values for way in said(value, place, given))
    top = resolved(place.module, name)
    if top is None:
        return (UNKNOWN,)
    there = Place(top.module, top.name)
    return _few(
        way
        for statement in modules()[top.module].defined[top.name]
        for way in (
            said(statement.value, there) if isinstance(statement, ast.Assign | ast.AnnAssign) else (UNKNOWN,)
        )
    )


def _values(name: str, place: Place) -> Ways:
    """What a table at the top of a module may give."""
    top = resolved(place.module, name)
    statements = modules()[top.module].defined[top.name] if top else []
    for statement in statements:
        table = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if isinstance(table, ast.Call) and table.args:
            table = table.args[0]  # MappingProxyType({...})
        if isinstance(table, ast.Dict) and top is not None:
            return _few(way for value in table.values for way in said(value, Place(top.module, top.name)))
    return (UNKNOWN,)
