"""The form of a kind of act: its fields as a page asks for them, read off the kind's own types.

What a form holds is text by field, as the minutes write it; `fields_given` reads a form as it was sent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, get_args, get_origin
from urllib.parse import parse_qsl

from msgspec import NODEFAULT
from msgspec.structs import replace

from detente.acts.act import Kind
from detente.acts.sealing import Sealed
from detente.codec.identifier import KeyId, Leaf, PersonId, ProvisionId, Side, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal, refuse
from detente.interchange.minutes.derivation import DERIVED
from detente.interchange.minutes.schema import CHANGES, Field, Texts, fields_of
from detente.procedure.disclosure import DraftField
from detente.views.building.form import label_of

MOST_FIELDS: Final = 1000
"""Names and values in one form: no kind has a tenth of them, ticked boxes included."""

BROUGHT: Final = frozenset({"public", "possession", "sealing"})
"""Never filled in for anybody: a key is made by its holder, in a browser of theirs."""

_DRAWN: Final = ("nonce", "warned", *(name for name in Sealed.__struct_fields__ if name != "remark"))
"""Never given: drawn anew for each draft, since somebody who knew the nonce could tell a sealed text from its digest by
guessing; made when the act is sealed; or said by what shows the act before it is signed."""
MADE_ELSEWHERE: Final = frozenset(
    {
        "name_recovery_key",
        "begin_epoch",
        "share_epochs",
        "commit_position",
        "reveal_position",
        "present",
        "share_exhibit",
        "state_preferences",
        "estimate_preferences",
    }
)
"""Kinds whose fields another page makes, in the browser: that of the sealed chambers, of an act in one, of an
exhibit, or of preferences."""
_SAYS: Final = frozenset(
    {
        ("answer_bridge", "yes"),
        ("refer", "question"),
        ("instruct", "text"),
        ("note", "text"),
        ("state_preferences", "document"),
        ("estimate_preferences", "document"),
        ("declare_reading", "text"),
        ("draw_commitment", "quote"),
        ("make_reservation", "text"),
        ("comment_on_reservation", "text"),
        ("declare_interpretation", "text"),
        ("describe_exhibit", "title"),
        ("challenge_exhibit", "text"),
        ("demand", "text"),
        ("read_back_assurance", "text"),
        ("find", "text"),
        ("dissent", "text"),
        ("answer_finding", "text"),
        ("notify_breach", "reason"),
        ("reply_to_notice", "text"),
        ("decide_jointly", "text"),
        ("respond", "text"),
        ("report_incident", "title"),
        ("report_incident", "category"),
        ("report_incident", "date_from"),
        ("report_performance", "text"),
        ("void", "reason"),
        ("rectify", "text"),
        ("table_text", "text"),
        ("answer_statement", "text"),
        ("register_article", "title"),
        ("announce", "text"),
        ("record_custody", "given_to"),
        ("assure", "text"),
    }
)
"""Fields without which an act of the kind would say nothing, though no rule reads them."""

_PLAIN: Final[Mapping[Any, str]] = MappingProxyType({
    PersonId: "person", Side: "side", SubjectId: "instrument", ProvisionId: "provision", KeyId: "key", Leaf: "leaf",
    Instant: "instant", str: "line", int: "number", bool: "yes_no", Texts: "text", dict[str, str]: "by_key",
})  # fmt: skip
_MANY: Final = {
    "person": "people",
    "side": "sides",
    "instrument": "instruments",
    "choice": "choices",
    "provision": "provisions",
    "leaf": "leaves",
}
_WORDS: Final = ("text", "reason", "question", "remark", "quote")
_IN_WORDS: Final = ("words", "text")
"""Forms of a field that takes its author's sentences."""
_NEW: Final = {("admit", "person"): "new_person", ("open_instrument", "instrument"): "new_instrument"}
"""Ids that the act itself gives: none of them can be chosen."""
_FOLLOWING: Final = frozenset({
    "on", "content", "open", "number", "version", "answers", "edition", "checkpoint", "at", "said_at", "replaces",
    "referral", "origin", "elements", CHANGES.name,
})  # fmt: skip
"""Fields that follow from the record: they stand in no form where they can be left out, but may be given."""
_ESCAPES: Final = ("Cc", "Cs")
"""Control characters and halves of characters (Unicode sec. 4.5): what a reader could not see being signed."""
_TURNED: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF"})
"""Signs that show what follows in another order than it is signed in (Unicode Standard Annex 9 sec. 2.1 and 2.2)."""


def fields_given(body: bytes) -> dict[str, str]:
    """A form as sent (`application/x-www-form-urlencoded`), text by name: several values of one name are listed
    with commas, as the minutes list them. Raises `Refused` with code `http.form`."""
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise refuse("http.form", f"A form has at most {MOST_FIELDS} fields.",
                     instead="Send the fields of one act.") from error  # fmt: skip
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: ", ".join(filter(None, values)) for name, values in found.items()}


def form_of_kind(
    kind: Kind, given: Mapping[str, str], *, sealed: bool = False, offered: Container[str] = ()
) -> tuple[DraftField, ...]:
    """The form of a kind, filled in with what is given. What has to be given stands first; a remark last. sealed:
    whether what the kind hides is sealed by its author's browser, and so not sent with the form. offered: the fields
    that are given by what led to the form, and not by its author."""
    fields = [
        DraftField(
            name=name,
            form=_form_in(kind, name, field.hint),
            options=_options(field.hint),
            value=given.get(name, ""),
            required=_says_something(kind, field),
            kept=sealed and field.hidden,
            offered=name in offered,
        )
        for name, field in fields_of(kind.name).items()
        if name not in _DRAWN
        and (_says_something(kind, field) or not _follows(kind, name) or given.get(name))
    ]  # fmt: skip
    in_order = sorted(fields, key=lambda f: (not f.required, f.name == "remark"))
    point = _point(kind, in_order)
    return tuple(replace(f, aside=_can_be_left_out(f) and f.name != point) for f in in_order)


def form_faults(kind: Kind, given: Mapping[str, str], *, sealed: bool = False) -> tuple[Refusal, ...]:
    """What is wrong with these fields before any is read; sealed ones are not there to be read. Codes
    `act.field_unknown`, `act.field_missing`, `act.field_unreadable`."""
    known = fields_of(kind.name)
    faults = [
        Refusal("act.field_unknown", f"An act of this kind has no field “{name[:40]}”.",
                instead="Leave it out, or start again from the room.")
        for name in given
        if (name not in known and name != CHANGES.name) or name in _DRAWN
    ]  # fmt: skip
    faults += [
        Refusal("act.field_missing", f"{label_of(name)} has to be given.", instead="Fill it in.")
        for name, field in known.items()
        if name not in _DRAWN
        and not (sealed and field.hidden)
        and _says_something(kind, field)
        and not given.get(name, "").strip()
    ]
    faults += [
        Refusal("act.field_unreadable", f"{label_of(name[:40])} holds a sign that cannot be seen.",
                instead="Type it again, or paste it as plain text.")
        for name, text in given.items()
        if any(unicodedata.category(sign) in _ESCAPES and sign not in "\t\r\n" for sign in text)
        or not _TURNED.isdisjoint(map(unicodedata.bidirectional, text))
    ]  # fmt: skip
    return tuple(faults)


def _point(kind: Kind, fields: Iterable[DraftField]) -> str:
    """The field that the act is there to fill: its first words, or the first of what it says where it has none. A remark
    is never the point of an act, unless its form asks for nothing else."""
    asked = [f for f in fields if f.form != "brought"]
    said = [f for f in asked if f.name in kind.hidden_fields and f.name != "remark"]
    in_words = [f for f in said if f.form in _IN_WORDS]
    alone = [f for f in asked if not any(other.required for other in asked)]
    return next((f.name for f in (*in_words, *said, *alone)), "")


def _can_be_left_out(field: DraftField) -> bool:
    return not field.required and field.form != "brought"


def _says_something(kind: Kind, field: Field) -> bool:
    """Whether the act would say nothing, or could not stand, without it."""
    return _has_to_be_given(kind, field) or (kind.name, field.name) in _SAYS


def _follows(kind: Kind, name: str) -> bool:
    """Whether the field follows from the record. Provisions do where they are those of a text, not where one chooses."""
    return name in _FOLLOWING or (name == "provisions" and name in DERIVED.get(kind.name, {}))


def _has_to_be_given(kind: Kind, field: Field) -> bool:
    derived = field.name in DERIVED.get(kind.name, {}) and field.name not in BROUGHT
    return field.default is NODEFAULT and field.name != "on" and not derived


def _form_in(kind: Kind, name: str, hint: Any) -> str:
    """How a field is written in the form of a kind."""
    if kind.name in MADE_ELSEWHERE or name in BROUGHT:
        return "brought"
    return _NEW.get((kind.name, name)) or _form(name, hint)


def _form(name: str, hint: Any) -> str:
    """How a field is written: a name that the page has a control and a help for."""
    if name in _WORDS and hint is str:
        return "words"
    if name in ("edition", "area"):
        return name
    plain = next((form for known, form in _PLAIN.items() if hint == known), None)
    if plain is not None:
        return plain
    if get_origin(hint) is Literal:
        return "choice"
    item = _item(hint)
    if item is not None and get_origin(item) is tuple:
        return "pairs"
    return _MANY.get(_form("", item), "line") if item is not None else "line"


def _options(hint: Any) -> tuple[str, ...]:
    """The values of a field that has only a few, as the minutes write them."""
    if hint is bool:
        return ("yes", "no")
    choice = hint if get_origin(hint) is Literal else _item(hint)
    if get_origin(choice) is not Literal:
        return ()
    return tuple(str(option).replace("_", " ") for option in get_args(choice) if option != "")


def _item(hint: Any) -> Any:
    """What a list is a list of; None for what is no list."""
    args = get_args(hint)
    is_list = get_origin(hint) is tuple and len(args) == 2 and args[1] is Ellipsis
    return args[0] if is_list else None
