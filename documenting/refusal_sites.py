"""Every place of the source at which a refusal is made, with its code and words, read without running.

A refusal is made by `refuse(...)` or `Refusal(...)`, or by a function that hands its own code, sentence or way out on
to one of these (a maker); each call of a maker is a place too. A place that only says again what was refused
elsewhere adds nothing. Every other place must be understood: `sites` raises `NotUnderstood` at one that is not, so
that no code is left out in silence.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from documenting.source import Name, modules, resolved
from documenting.words_in_source import UNKNOWN, Place, Ways, said

_FIELDS: Final = ("code", "sentence", "clause", "instead")
_ITSELF: Final = "detente.codec.refusal"


class NotUnderstood(Exception):  # noqa: N818  it says what of the source could not be read
    """Raised where a refusal is made in a way that cannot be read without running."""


@dataclass(frozen=True, order=True)
class Site:
    """One refusal as it is made at one place. owner: the name at the top of the module in which it is made."""

    code: str
    sentence: str
    clause: str
    instead: str
    owner: Name


@dataclass(frozen=True)
class Maker:
    """A function that makes a refusal of what it is given. place: inside it; handed: its parameters that become words
    of it."""

    place: Place
    function: ast.FunctionDef
    made: ast.Call
    handed: frozenset[str]


Placed = tuple[Place, ast.Call]


@cache
def sites() -> tuple[Site, ...]:
    """All of them, by code."""
    calls = [found for module in modules() if module != _ITSELF for found in _calls(module)]
    makers = _makers(calls)
    found: set[Site] = set()
    called: set[int] = set()
    for place, call in calls:
        maker = None if _is_first(call) else _meant(place, call, makers)
        called.add(id(maker))
        if (_is_first(call) or maker) and not _handed(place, call, makers):
            found.update(_sites_at(place, call, makers))
    for maker in makers:
        if id(maker) not in called:  # it is called in a way that is not seen: what it says itself is kept
            found.update(_sites_at(maker.place, maker.made, makers))
    return tuple(sorted(found))


def _calls(module: str) -> Iterator[Placed]:
    kinds = _containers(module)
    for owner, statements in modules()[module].defined.items():
        for statement in statements:
            yield from _below(statement, Place(module, owner, None, kinds))


def _below(node: ast.AST, place: Place) -> Iterator[Placed]:
    if isinstance(node, ast.Call):
        yield place, node
    if isinstance(node, ast.FunctionDef):
        place = replace(place, function=node)
    for child in ast.iter_child_nodes(node):
        yield from _below(child, place)


def _makers(calls: list[Placed]) -> list[Maker]:
    """Also those that hand on to one found before."""
    makers: list[Maker] = []
    while True:
        known = {id(maker.function) for maker in makers}
        more = [
            Maker(place, place.function, call, handed)
            for place, call in calls
            if place.function is not None and id(place.function) not in known
            if (_is_first(call) or _meant(place, call, makers)) and (handed := _handed(place, call, makers))
        ]
        if not more:
            return makers
        makers += more


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _is_first(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in ("refuse", "Refusal") and not _says_again(call)


def _says_again(call: ast.Call) -> bool:
    """Whether its code is another refusal's, or all of it comes from a file."""
    return not call.args or (isinstance(call.args[0], ast.Attribute) and call.args[0].attr == "code")


def _meant(place: Place, call: ast.Call, makers: list[Maker]) -> Maker | None:
    """The maker that is called: by its name, or as a method, of this module before another's."""
    named = [maker for maker in makers if maker.function.name == _called(call)]
    if isinstance(call.func, ast.Name):
        top = resolved(place.module, call.func.id)
        return next((m for m in named if top == (m.place.module, m.place.owner)), None)
    methods = [m for m in named if m.function.name != m.place.owner]
    here = [m for m in methods if m.place.module == place.module]
    return next(iter(here or [m for m in methods if not m.place.owner.startswith("_")]), None)


def _arguments(call: ast.Call, names: tuple[str, ...]) -> dict[str, ast.expr]:
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    return {**dict(zip(names, call.args, strict=False)), **named}


def _asked(place: Place, call: ast.Call, makers: list[Maker]) -> dict[str, ast.expr]:
    """What the call gives, by the names of whoever takes it."""
    maker = None if _is_first(call) else _meant(place, call, makers)
    names = tuple(n for n in maker.place.parameters if n != "self") if maker else _FIELDS
    return _arguments(call, names)


def _handed(place: Place, call: ast.Call, makers: list[Maker]) -> frozenset[str]:
    """The parameters around a call that become the refusal's own words, whole, or a part of its code."""
    maker = None if _is_first(call) else _meant(place, call, makers)
    asked = _asked(place, call, makers)
    words = [value for name, value in asked.items() if name in (maker.handed if maker else _FIELDS)]
    whole = {value.id for value in words if isinstance(value, ast.Name)}
    in_code = (
        {node.id for node in ast.walk(asked["code"]) if isinstance(node, ast.Name)}
        if "code" in asked
        else set()
    )
    return frozenset((whole | in_code) & {*place.parameters})


def _sites_at(place: Place, call: ast.Call, makers: list[Maker]) -> Iterator[Site]:
    owner = Name(place.module, place.owner)
    code, sentence, clause, instead = _words(place, call, {}, makers)
    for one, words in itertools.product(code, sentence):
        if UNKNOWN in one or "." not in one:
            raise NotUnderstood(
                f"{place.module}, line {call.lineno}: “{one}” is no code that can be read here."
            )
        yield Site(one, words, _either(clause), _either(instead), owner)


def _either(ways: Ways) -> str:
    """One way or the other; nothing where it is known only when it happens."""
    return " Or: ".join(way for way in ways if way not in ("", UNKNOWN))


def _words(place: Place, call: ast.Call, given: Mapping[str, Ways], makers: list[Maker]) -> list[Ways]:
    """Code, sentence, clause and instead, through as many makers as there are."""
    asked = {name: said(value, place, given) for name, value in _asked(place, call, makers).items()}
    maker = None if _is_first(call) else _meant(place, call, makers)
    if maker is None:
        return [asked.get(name, ("",)) for name in _FIELDS]
    defaults = reversed(maker.function.args.defaults)
    left_out = {
        a.arg: said(d, maker.place)
        for a, d in zip(reversed(maker.function.args.args), defaults, strict=False)
    }
    inside = replace(maker.place, kinds=place.kinds)
    return _words(inside, maker.made, {**left_out, **asked}, makers)


@cache
def _containers(module: str) -> Ways:
    """The kinds of container with which the codes of a `LineReader` begin in a module: that which it opens itself, or
    whose reader it brings, or else those of whatever brings it."""
    if not module.startswith("detente.proofs."):
        return ()
    brought = (n.module for n in modules()[module].imported.values() if n.name.endswith("Reader"))
    for one in (module, *brought):
        if opened := _opened_in(one):
            return opened
    users = (m.name for m in modules().values() if any(n.module == module for n in m.imported.values()))
    return tuple(dict.fromkeys(kind for user in users for kind in _containers(user)))


def _opened_in(module: str) -> Ways:
    calls = (node for node in ast.walk(modules()[module].tree) if isinstance(node, ast.Call))
    return tuple(
        call.args[1].value
        for call in calls
        if len(call.args) == 3
        and (ast.unparse(call.func) == "super().__init__" or _called(call).endswith("Reader"))
        if isinstance(call.args[1], ast.Constant) and isinstance(call.args[1].value, str)
    )
