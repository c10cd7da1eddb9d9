"""Drafting an act for somebody who will sign it in a browser: what a form leaves out, the record makes plain.

The fields of a form are those of the minutes, read and completed by the same rules; nothing is signed or kept
here. What comes back is the act as its author would sign it, weighed by the same `examine` as at the door, and
the record as it would stand after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Final, Literal, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct

from detente.acts.act import Act, Kind
from detente.acts.authoring import Place, members_of
from detente.acts.editions import Issue, IssueText, check_text
from detente.codec.base64url import encode_base64url
from detente.codec.identifier import KeyId, Leaf, PersonId, ProvisionId, Side, SubjectId
from detente.codec.instant import Instant
from detente.codec.refusal import Refusal, Refused
from detente.depositary.reading import Record
from detente.interchange.minutes.completion import Completed, complete
from detente.interchange.minutes.derivation import DERIVED
from detente.interchange.minutes.layout import RawField
from detente.interchange.minutes.scene import Host, Scene
from detente.interchange.minutes.schema import CHANGES, Texts, fields_of
from detente.interchange.minutes.statements import Header, Scripted
from detente.procedure.disclosure import DraftField
from detente.procedure.examination import examine
from detente.procedure.fold import evolve
from detente.signing.salt import make_salt
from detente.state.records import Chamber, State

NO_LEAF: Final = encode_base64url(bytes(32))
"""Stands for the leaf of an act that is not signed yet."""

_NO_HOST: Final = Host("", "", ())


class RecordReferences:
    """What a form may refer to, in the record as its reader may see it (`interchange.minutes.references`)."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.state = record.visible.state

    def position(self, leaf: str) -> tuple[str, int] | None:
        index = self._record.index_of(leaf)
        if index is not None:
            return "", index
        for chamber in self._record.chambers():
            for act in self._record.chamber_acts(chamber.chamber.name):
                if act.act.leaf == leaf:
                    return chamber.chamber.name, act.index
        return None

    def leaf_at(self, chamber: str, index: int) -> str | None:
        acts = self._record.chamber_acts(chamber) if chamber else self._record.acts(index, index + 1)
        return next((act.act.leaf for act in acts if act.index == index), None)

    def labelled(self, _label: str) -> str | None:
        return None

    def opened(self, leaf: str) -> Mapping[str, Any]:
        return {name: msgspec.to_builtins(value) for name, value in self._record.opened(leaf).items()}


class Drafted(Struct, frozen=True):
    """An act ready to be signed. clear: its members but for the envelope's; hidden: plain JSON values by name, and
    opened the same as their kind's types; refusals: why it cannot stand; after: the main record after it, None for
    a chamber's or a refused one."""

    kind: Kind
    clear: Mapping[str, Any]
    hidden: Mapping[str, Any]
    opened: Mapping[str, Any]
    audience: tuple[str, ...]
    chamber: str
    act: Act[Any]
    refusals: tuple[Refusal, ...]
    after: State | None


def draft_act(
    record: Record,
    kind: Kind,
    given: Mapping[str, str],
    *,
    now: int,
    zone: tzinfo = UTC,
    chamber: str = "",
    readers: tuple[str, ...] = (),
) -> Drafted:
    """The act that these fields mean now. given: text by field, empty ones left out; now: Unix seconds.

    Raises `Refused` where a field cannot be read, or the fields are not those of the kind.
    """
    completed = _completed(record, kind, given, now, zone, chamber, readers)
    state = record.visible.state
    log = _chamber(record, chamber) if chamber else state
    key = next(
        (k for k, known in state.keys.items() if known.person == completed.author and not known.revoked), ""
    )
    chain = log.chains.get(key)
    place = Place(f"{record.origin}/{chamber}" if chamber else record.origin, chain, (state.size, NO_LEAF))
    members = members_of(kind, place, now, completed.clear, completed.hidden, completed.audience)
    typed, own = members.typed, {*kind.clear_fields, "on"}
    clear = {name: value for name, value in members.payload.items() if name in own}
    act = Act(typed, completed.author, key, NO_LEAF)
    refusals = examine(log, act)
    if isinstance(typed, Issue):
        refusals = (*refusals, *check_text(typed, msgspec.convert(members.hidden, IssueText)))
    after = evolve(state, act) if not refusals and not chamber else None
    typed_hidden = typed_fields(kind, members.hidden)
    return Drafted(
        kind, clear, members.hidden, typed_hidden, completed.audience, chamber, act, refusals, after
    )


def typed_fields(kind: Kind, hidden: Mapping[str, Any]) -> Mapping[str, Any]:
    """Hidden fields as a reader would have them; absent ones left out."""
    typed = msgspec.convert(hidden, kind.hidden)
    return {name: value for name in kind.hidden_fields if (value := getattr(typed, name)) is not None}


def _completed(
    record: Record,
    kind: Kind,
    given: Mapping[str, str],
    now: int,
    zone: tzinfo,
    chamber: str,
    readers: tuple[str, ...],
) -> Completed:
    references = RecordReferences(record)
    fields = {name: _raw(text) for name, text in given.items() if text.strip()}
    changes = fields.pop(CHANGES.name, None)
    if "nonce" in kind.hidden_fields and "nonce" not in fields:
        fields["nonce"] = RawField(0, make_salt())
    scripted = Scripted(
        line=0, time=now, day=datetime.fromtimestamp(now, zone).date(), zone=zone, author=record.viewer.person or "",
        kind=kind.name, given=fields, changes=changes, chamber=chamber, readers=readers,
    )  # fmt: skip
    chambers = {visible.chamber.name: visible.chamber for visible in record.chambers()}
    scene = Scene(references.state, chambers, references, Header(0, "room", ""), _NO_HOST, lambda _time: "")
    try:
        return complete(scripted, scene)
    except Refused as refused:
        # A form has fields and no lines.
        raise Refused(*(_without_line(refusal) for refusal in refused.refusals)) from refused


def _raw(text: str) -> RawField:
    """A field as the minutes would have it: one line, or a block of lines."""
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    return RawField(0, lines[0].strip()) if len(lines) == 1 else RawField(0, "", tuple(lines))


def _without_line(refusal: Refusal) -> Refusal:
    _line, colon, rest = refusal.sentence.partition(": ")
    return msgspec.structs.replace(refusal, sentence=rest) if colon and _line.startswith("Line ") else refusal


def _chamber(record: Record, name: str) -> Chamber:
    found = next((c.chamber for c in record.chambers() if c.chamber.name == name), None)
    if found is None:
        raise Refused(Refusal("log.audience", "You do not belong to this chamber.",
                              instead="Write in a chamber that you belong to."))  # fmt: skip
    return msgspec.structs.replace(found, main=record.visible.state)


# --- the form of a kind

_PLAIN: Final[Mapping[Any, str]] = {
    PersonId: "person", Side: "side", SubjectId: "instrument", ProvisionId: "provision", KeyId: "key", Leaf: "leaf",
    Instant: "instant", str: "line", int: "number", bool: "yes_no", Texts: "text", dict[str, str]: "by_key",
}  # fmt: skip
_MANY: Final = {"person": "people", "side": "sides", "instrument": "instruments", "choice": "choices"}
_WORDS: Final = ("text", "reason", "question", "remark")
_NEW: Final = {("admit", "person"): "new_person", ("open_instrument", "instrument"): "new_instrument"}
"""Ids that the act itself gives: none of them can be chosen."""
_MACHINE: Final = frozenset({
    "on", "nonce", "content", "provisions", "open", "number", "answers", "edition", "checkpoint", "at", "said_at",
    "public", "possession", "replaces", "referral", "origin",
})  # fmt: skip
"""Fields that follow from the record, or that the browser brings: they stand in no form, but may be given."""


def form_of_kind(kind: Kind, given: Mapping[str, str]) -> tuple[DraftField, ...]:
    """The form of a kind, filled in with what is given."""
    derived = DERIVED.get(kind.name, {})
    fields = [
        DraftField(
            name=name, form=_NEW.get((kind.name, name)) or _form(name, field.hint), options=_options(field.hint), value=given.get(name, ""),
            required=field.default is NODEFAULT and name not in derived,
        )
        for name, field in fields_of(kind.name).items()
        if name not in _MACHINE or given.get(name)
    ]  # fmt: skip
    # What has to be given stands first; a remark last.
    return tuple(sorted(fields, key=lambda f: (not f.required, f.name == "remark")))


def _form(name: str, hint: Any) -> str:
    if name in _WORDS and hint is str:
        return "words"
    for plain, form in _PLAIN.items():
        if hint == plain:
            return form
    args = get_args(hint)
    if get_origin(hint) is Literal:
        return "choice"
    if (
        get_origin(hint) is tuple
        and len(args) == 2
        and args[1] is Ellipsis
        and get_origin(args[0]) is not tuple
    ):
        return _MANY.get(_form("", args[0]), "line")
    return "line"


def _options(hint: Any) -> tuple[str, ...]:
    if hint is bool:
        return ("yes", "no")
    args = get_args(hint)
    if get_origin(hint) is Literal:
        return tuple(str(option).replace("_", " ") for option in args if option != "")
    if get_origin(hint) is tuple and args and args[-1] is Ellipsis and get_origin(args[0]) is Literal:
        return tuple(str(option).replace("_", " ") for option in get_args(args[0]))
    return ()
