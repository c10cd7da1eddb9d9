"""`docs/reference/acts.md`: every kind of act, by institution, from the kinds themselves."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any, Final

import msgspec

from detente.acts.act import Hidden, Kind, Staleness
from detente.acts.kinds import KINDS
from detente.state.phases import PHASES, Phase
from detente.views.building.field_words import LABELS
from detente.wording.deeds import deed_words
from documenting.examples import example_of
from documenting.markdown import code, page, paragraphs, table
from documenting.refusal_sites import sites
from documenting.source import Name, modules, reached, spoken_of

INTRODUCTION: Final = """
An act is one signed statement by one author. How it is signed, and the fields that every act has: [the
bytes](../specs/act.md). How it is written as a line of minutes: [minutes](../guide/minutes.md). A field is *clear* if
a rule reads it; everything else is *hidden*: a digest stands in the log, and the words go only to those who may read
them. Every kind can hide a `remark` too.

**What may refuse it** lists the codes that the examination of this kind can come to, by reading the code without
weighing its conditions: a code that stands here may be impossible for this kind, and one that does not stand here
cannot come from its own rules, unless an object hands it on whose type only a run knows. Before that, bytes that are
no act in their one spelling, or whose signature does not hold, are refused by [`envelope`](refusals.md#envelope),
[`disclosure`](refusals.md#disclosure), [`json`](refusals.md#json), [`base64`](refusals.md#base64) and
[`key`](refusals.md#key); and any act can be refused for the codes below, whatever its kind.
"""
_STALENESS: Final = {
    Staleness.GUARDED: "Refused unless it names the version of text and terms that now stands (`on`).",
    Staleness.OPEN: "",
    Staleness.PROTECTIVE: "Admitted however late it comes, and judged at its place in the log.",
}
_AT_THE_DOOR: Final = ("detente.procedure.examination", "detente.depositary.admission")


def acts_page() -> str:
    """The whole page."""
    return page("Acts", INTRODUCTION, [*_before_its_own_rules(), *_contents(), *_institutions()])


def _before_its_own_rules() -> Iterator[str]:
    yield from (f"{_links(_codes_at_the_door())}.", "")


def _codes_at_the_door() -> list[str]:
    """Codes of the examination itself, without what it comes to by asking a kind."""
    return sorted({site.code for site in sites() if site.owner.module in _AT_THE_DOOR})


def _links(codes: list[str]) -> str:
    return ", ".join(f"[`{one}`](refusals.md#{one.partition('.')[0]})" for one in codes)


def _institution(kind: Kind) -> str:
    return kind.clear.__module__


def _contents() -> Iterator[str]:
    yield from (f"{len(KINDS)} kinds:", "")
    for module, kinds in groupby(KINDS, key=_institution):
        yield f"- {_title(module)}: " + ", ".join(f"[{kind.name}](#{kind.name})" for kind in kinds)
    yield ""


def _title(module: str) -> str:
    return module.removeprefix("detente.acts.").replace("_", " ").replace(".", ", ").capitalize()


def _institutions() -> Iterator[str]:
    for module, kinds in groupby(KINDS, key=_institution):
        yield from (f"## {_title(module)}", "")
        yield from paragraphs(importlib.import_module(module).__doc__)
        for kind in kinds:
            yield from _entry(kind)


def _entry(kind: Kind) -> Iterator[str]:
    yield from (f"### {kind.name}", "")
    deed = deed_words(kind.name)
    yield from (f"{f'**{deed}.** ' if deed else ''}{kind.commits}", "")
    yield f"- Whose: {', '.join(sorted(kind.by))}."
    yield f"- Where: {_where(kind)}."
    yield f"- When: {_when(kind)}"
    if _STALENESS[kind.staleness]:
        yield f"- {_STALENESS[kind.staleness]}"
    own = _own_codes(kind)
    yield f"- What may refuse it: {_links(own) if own else 'no rule of its own'}."
    yield ""
    yield from table(
        ("field", "what it is", "how it is written", "clear or hidden", "may be left out"), _fields(kind)
    )
    for struct in (kind.clear, kind.hidden):
        if said := _docstring(struct):
            yield from (said, "")
    example = example_of(kind)
    if not example:
        yield from ("No script holds one; its line of minutes has this form:", "")
    yield from ("```text", *(example or [kind.phrase]), "```", "")


def _where(kind: Kind) -> str:
    return ", ".join(f"{log} log" if log == "main" else f"chamber of {log}" for log in sorted(kind.where))


def _when(kind: Kind) -> str:
    moves = PHASES[kind.name]
    named = [phase for phase in Phase if phase in moves]
    moved = sorted({f"{moves[p].value}" for p in named if moves[p] is not p})
    said = ", ".join(phase.value for phase in named)
    return f"{said}. Afterwards the talks are {' or '.join(moved)}." if moved else f"{said}."


@cache
def _sites_by_owner() -> dict[Name, set[str]]:
    found: dict[Name, set[str]] = {}
    for site in sites():
        found.setdefault(site.owner, set()).add(site.code)
    return found


def _own_codes(kind: Kind) -> list[str]:
    """What its examination, the check of its hidden fields, and what the door asks of these can come to."""
    first = [Name(f.__module__, f.__qualname__) for f in (kind.examine, kind.content)]
    first += [name for name in _asked_by_the_door() if name.module == kind.hidden.__module__]
    owners = _sites_by_owner()
    return sorted({code for name in reached(first) for code in owners.get(name, ())})


@cache
def _asked_by_the_door() -> frozenset[Name]:
    """The functions that the door calls before it lets an act in, beside those of its kind."""
    door = modules()["detente.depositary.admission"]
    called = {name for own in door.defined for name in spoken_of(Name(door.name, own))}
    return frozenset(
        name for name in called if isinstance(modules()[name.module].defined[name.name][0], ast.FunctionDef)
    )


def codes_of(kind: Kind) -> set[str]:
    """Every code with which an act of this kind may be refused, as this page says it."""
    return {*_own_codes(kind), *_codes_at_the_door()}


def _fields(kind: Kind) -> Iterator[tuple[str, str, str, str, str]]:
    for names, struct, said in (
        (kind.clear_fields, kind.clear, "clear"),
        (kind.hidden_fields, kind.hidden, "hidden"),
    ):
        written = _properties(struct)
        for name in names:
            if name != "remark":
                schema = written[name]
                yield (
                    code(name),
                    LABELS.get(name, ""),
                    _form(schema),
                    said,
                    "yes" if "default" in schema else "",
                )


def _properties(struct: type[msgspec.Struct]) -> dict[str, Any]:
    definitions = msgspec.json.schema(struct)["$defs"]
    stated = definitions[struct.__name__]["properties"].items()
    kept = {name: {"default": one["default"]} if "default" in one else {} for name, one in stated}
    return {name: {**_resolved(one, definitions), **kept[name]} for name, one in stated}


def _resolved(schema: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_resolved(one, definitions) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _resolved(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    return {name: _resolved(one, definitions) for name, one in schema.items()}


def _form(schema: dict[str, Any]) -> str:
    """How it stands in JSON, in a few words."""
    if "enum" in schema:
        return " or ".join(code(str(one)) for one in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_form(one) for one in schema["anyOf"] if one.get("type") != "null")
    if "const" in schema:
        return code(str(schema["const"]))
    match schema.get("type"):
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(_form(one) for one in schema['prefixItems'])}]"
        case "array":
            return f"list of {_form(schema.get('items', {}))}" if schema.get("items") else "list"
        case "object":
            keys = ", ".join(schema.get("properties", {}))
            return f"object of {keys}" if keys else "object: words by key"
        case "integer" | "number":
            return "number"
        case "boolean":
            return "`true` or `false`"
        case "string":
            return "text"
    return "value"


def _docstring(struct: type[msgspec.Struct]) -> str:
    own = struct.__dict__.get("__doc__") if struct is not Hidden else None
    return " ".join(own.split()) if own and not own.startswith("Struct") else ""
