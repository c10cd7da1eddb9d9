"""The fields of each kind as minutes see them, read off the kind's own types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, get_type_hints

from msgspec import NODEFAULT, Struct

from detente.acts.act import Kind
from detente.acts.kinds import BY_NAME
from detente.codec.identifier import Leaf, SubjectId
from detente.interchange.minutes.compound import ON
from detente.interchange.minutes.forms import ACT_NUMBER, EDITION, Form
from detente.interchange.minutes.values import form_of, plain_type
from detente.provisions.provision import Provision

Texts = tuple[Provision, ...]


class Field(Struct, frozen=True):
    """One field of a kind. hint: its type without `| None`; form: how it stands in a line, None for JSON only;
    default: `NODEFAULT` where the field has to be given."""

    name: str
    hint: Any
    form: Form | None
    hidden: bool
    default: Any

    @property
    def words(self) -> str:
        """The name as minutes write it."""
        return self.name.replace("_", " ")


CHANGES = Field("changes_only", Texts, None, True, None)
"""Written under an edition instead of `text`: the provisions that change; the others stay as they were."""

ENCLOSED = Field("enclosed", dict[str, str], None, True, None)
"""Written under an exhibit instead of its sealed files: the name of each, and the words that stand in it."""

WORTH = Field("worth", str, None, True, None)
"""Written under preferences instead of their document: what each choice is worth, a line for each provision."""

BELOW = Field("table", str, None, True, None)
"""Written under a report of incidents instead of its file: the incidents as lines with commas, their names above."""

INSTEAD: Mapping[str, tuple[Field, tuple[str, ...], str]] = MappingProxyType({
    field.name: (field, kinds, whose)
    for field, kinds, whose in (
        (CHANGES, ("issue",), "an edition"),
        (ENCLOSED, ("present",), "an exhibit"),
        (WORTH, ("state_preferences", "estimate_preferences"), "a statement of preferences"),
        (BELOW, ("report_incidents",), "a report of incidents"),
    )
})  # fmt: skip
"""What stands under a line instead of a field that nobody writes by hand: the kinds that take it, and what they are."""

ON_FIELD = Field("on", tuple[SubjectId, Leaf], ON, False, None)


_BY_NAME: Mapping[str, Form] = {"edition": EDITION, "since": ACT_NUMBER}


def _fields(struct: type[Struct], names: tuple[str, ...], *, hidden: bool) -> dict[str, Field]:
    hints = get_type_hints(struct, include_extras=True)
    defaults = dict(
        zip(reversed(struct.__struct_fields__), reversed(struct.__struct_defaults__), strict=False)
    )
    found = {}
    for name in names:
        hint = plain_type(hints[name])
        form = _BY_NAME.get(name) or form_of(hint)
        found[name] = Field(name, hint, form, hidden, defaults.get(name, NODEFAULT))
    return found


@cache
def fields_of(kind: str) -> Mapping[str, Field]:
    """Every field of the kind, clear before hidden, and `on`."""
    found: Kind = BY_NAME[kind]
    clear = _fields(found.clear, found.clear_fields, hidden=False)
    hidden = _fields(found.hidden, found.hidden_fields, hidden=True)
    return MappingProxyType({**clear, "on": ON_FIELD, **hidden})
