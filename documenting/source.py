"""The program's source, read and not run: every name defined at the top of a module, and which names it speaks of.

A class stands for all that its body says. What is called on an object (`record.wire()`) is not followed, since its
type is not known without running; what is handed over by name (`Kind(..., examine_move, ...)`) is.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import detente

SOURCE: Final = Path(detente.__file__).parent


class Name(NamedTuple):
    """One name at the top of a module: `detente.acts.assent`, `examine`."""

    module: str
    name: str


@dataclass(frozen=True)
class Module:
    """imported: what a name stands for that is brought from elsewhere; defined: what defines each name."""

    name: str
    tree: ast.Module
    imported: Mapping[str, Name]
    defined: Mapping[str, list[ast.stmt]] = field(default_factory=dict)


@cache
def modules() -> Mapping[str, Module]:
    """Every module of the program, by its dotted name."""
    return {module.name: module for path in sorted(SOURCE.rglob("*.py")) for module in [_read(path)]}


def _read(path: Path) -> Module:
    parts = ("detente", *path.relative_to(SOURCE).with_suffix("").parts)
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    tree = ast.parse(path.read_text("utf-8"))
    defined: dict[str, list[ast.stmt]] = {}
    for statement in tree.body:
        for one in _names_of(statement):
            defined.setdefault(one, []).append(statement)
    return Module(name, tree, dict(_imports(tree)), defined)


def _names_of(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        yield from (n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name))


def _imports(tree: ast.Module) -> Iterator[tuple[str, Name]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("detente"):
            for alias in node.names:
                yield alias.asname or alias.name, Name(node.module, alias.name)


def resolved(module: str, name: str) -> Name | None:
    """Where a name that a module speaks of is defined; None where that is no name of the program's own."""
    known, passed = modules(), set[str]()
    while module in known and module not in passed:
        passed.add(module)
        if name in known[module].defined:
            return Name(module, name)
        if name not in known[module].imported:
            return None
        module, name = known[module].imported[name]
    return None


@cache
def spoken_of(name: Name) -> frozenset[Name]:
    """The names of the program that the definition of a name speaks of."""
    found = set()
    module = modules()[name.module]
    for statement in module.defined[name.name]:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name):
                found.add(resolved(name.module, node.id))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                brought = module.imported.get(
                    node.value.id
                )  # `building.text_page`, where a module is brought
                if brought is not None:
                    found.add(resolved(f"{brought.module}.{brought.name}", node.attr))
    return frozenset(one for one in found if one is not None and one != name)


def reached(first: Iterable[Name]) -> frozenset[Name]:
    """All that can be come to by name from these: more than one run comes to, since no condition is weighed."""
    waiting, found = deque(first), set(first)
    while waiting:
        for name in spoken_of(waiting.popleft()) - found:
            found.add(name)
            waiting.append(name)
    return frozenset(found)
