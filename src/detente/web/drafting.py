"""Drafting an act for somebody who will sign it in a browser: what a form leaves out, the record makes plain.

The fields of a form are those of the minutes, read and completed by the same rules; nothing is signed or kept
here. What comes back is the act as its author would sign it, weighed by the same `examine` as at the door, and
the record as it would stand after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import replace

from detente.acts.act import Act, Kind
from detente.acts.authoring import Members, Place, members_of
from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refusal, Refused
from detente.depositary.admission import check_hidden, check_one_text, read_known
from detente.depositary.reading import Record
from detente.interchange.minutes.completion import Completed, complete
from detente.interchange.minutes.layout import RawField
from detente.interchange.minutes.scene import Host, Scene
from detente.interchange.minutes.schema import CHANGES, Texts, fields_of
from detente.interchange.minutes.statements import Header, Scripted
from detente.keys.generate import SigningKey
from detente.procedure.examination import NOBODY, examine
from detente.procedure.fold import evolve
from detente.provisions.plain_text import parse_text
from detente.provisions.recognition import recognised
from detente.signing.envelope import parse_envelope
from detente.signing.salt import make_salt
from detente.signing.signer import sign_act
from detente.state.records import State
from detente.views.building.form import label_of
from detente.web.forms import MADE_ELSEWHERE, form_faults

NO_LEAF: Final = encode_base64url(bytes(32))
"""Stands for the leaf of an act that is not signed yet, and for the root that its author has seen."""

_NO_HOST: Final = Host("", "", ())
_NOBODY: Final = SigningKey.from_seed(bytes(32))
"""Signs a draft in place of its author, to see whether it can be signed; what it signed is thrown away."""
_AS_WRITTEN: Final = (str, Texts, dict[str, str])
"""Types whose values are the author's own words, taken letter by letter."""
_NUMBERED: Final = re.compile(r"Line (\d+): ")
_EXPECTED: Final = re.compile(r": Expected `.*", re.DOTALL)
"""What programmers are told of a value that is not of its type."""
_FROM_MINUTES: Final = {
    "minutes.text": "Give the text in the form.",
    "minutes.reference": "Write the number of an act, like #14.",
}
"""What is possible instead, where minutes would say it of a file."""


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
        chamber, index = self.position(leaf) or ("", 0)
        acts = self._record.chamber_acts(chamber) if chamber else ()
        found = next((act.opened for act in acts if act.index == index), None) or self._record.opened(leaf)
        return {name: msgspec.to_builtins(value) for name, value in found.items()}


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
    sealed: bool = False,
    key: str = "",
) -> Drafted:
    """The act that these fields mean now. given: text by field, empty ones left out; now: Unix seconds; sealed: whether
    what the kind hides stays with its author, who seals it; key: the one to sign with, where its author says so.

    Raises `Refused` with every fault where a field cannot be read, or the fields are not those of the kind: codes
    `act.field_*`, `act.malformed`, `log.audience`, or as the minutes refuse a value.
    """
    faults = form_faults(kind, given, sealed=sealed)
    if faults:
        raise Refused(*faults)
    if "warned" in kind.hidden_fields:
        given = {**given, "warned": "yes"}  # whoever is shown a draft is shown what its kind commits to
    log = record.own_chamber(chamber) if chamber else record.visible.state
    completed = _completed(record, kind, given, now, zone, chamber, readers)
    faults = tuple(_not_following(kind, completed))
    if faults:
        raise Refused(*faults)
    key = key or _working_key(record.visible.state, completed.author)
    origin = f"{record.origin}/{chamber}" if chamber else record.origin
    place = Place(origin, log.chains.get(key), (record.size, NO_LEAF))
    members = members_of(kind, place, now, completed.clear, completed.hidden, completed.audience)
    # Somebody without a working key is nobody to the record: `examine` says so.
    act = Act(members.typed, completed.author if key else NOBODY, key, NO_LEAF)
    refusals = tuple(
        map(_with_a_way_on, examine(log, act) or _unsignable(record.visible.state, kind, members))
    )
    own = {*kind.clear_fields, "on"}
    return Drafted(
        kind=kind,
        clear={name: value for name, value in members.payload.items() if name in own},
        hidden=members.hidden,
        opened=_typed(kind, members.hidden),
        audience=completed.audience,
        chamber=chamber,
        act=act,
        refusals=refusals,
        after=evolve(record.visible.state, act) if not refusals and not chamber else None,
    )


def convening_of(record: Record) -> Mapping[str, Any]:
    """What the convening act says in words, as far as the reader may know."""
    state = record.visible.state
    return record.opened(state.people[state.convened.convenor].leaf)


def with_usual(record: Record, kind: Kind, given: Mapping[str, str]) -> Mapping[str, str]:
    """The fields of a form that is opened, with what is usual where nothing is given: a text that is opened stands in
    the languages of the talks, each of them authentic (VCLT art. 33)."""
    languages = convening_of(record).get("languages") or ()
    if kind.name != "open_instrument" or not languages:
        return given
    return {"languages": ", ".join(f"{tag} authentic" for tag in languages), **given}


def with_structure(kind: Kind, given: Mapping[str, str]) -> tuple[Mapping[str, str], bool]:
    """The fields with a text that was pasted as it came put into the plain form, and whether one was. A text that is in
    the plain form already stays as it is, and so does one in which nothing can be recognised."""
    read = dict(given)
    for name, field in fields_of(kind.name).items():
        if field.hint == Texts and given.get(name, "").strip() and not _is_plain(given[name]):
            read[name] = recognised(given[name]) or given[name]
    return read, read != dict(given)


def _is_plain(text: str) -> bool:
    try:
        parse_text(text)
    except Refused:
        return False
    return True


def _not_following(kind: Kind, completed: Completed) -> Iterator[Refusal]:
    """A fault for each field that was left to the record, and does not follow from it."""
    for name, field in fields_of(kind.name).items():
        found = {**completed.clear, **completed.hidden}
        if field.default is NODEFAULT and name != "on" and name not in found:
            yield Refusal("act.field_underived", f"{label_of(name)} does not follow from the record as it stands.",
                          instead="Choose something else, or wait until the record holds it.")  # fmt: skip


def _with_a_way_on(refusal: Refusal) -> Refusal:
    return replace(
        refusal, instead=refusal.instead or "Start again from the room: it offers what is open now."
    )


def _working_key(state: State, person: str) -> str:
    """A key of the person that is in force, a confirmed one before others, the oldest first; "" where there is none."""
    own = (
        (known.confirmed is None, known.enrolled, key)
        for key, known in state.keys.items()
        if known.person == person and known.revoked is None
    )
    return min(own, default=(True, 0, ""))[2]


def _unsignable(state: State, kind: Kind, members: Members) -> tuple[Refusal, ...]:
    """Why the act could not be signed, or its bytes would not be admitted: what the door asks before `examine`."""
    try:
        raw = sign_act(_NOBODY, members.payload, members.hidden, kind.hidden_fields)
        envelope = parse_envelope(raw)
        clear = read_known(envelope)
        check_one_text(state, clear, check_hidden(kind, clear, envelope))
    except Refused as refused:
        return refused.refusals
    return ()


def _typed(kind: Kind, hidden: Mapping[str, Any]) -> Mapping[str, Any]:
    """Hidden fields as a reader would have them; absent ones left out."""
    typed = msgspec.convert(hidden, kind.hidden)
    return {name: value for name in kind.hidden_fields if (value := getattr(typed, name)) is not None}


# --- completed as the minutes are


def _completed(
    record: Record,
    kind: Kind,
    given: Mapping[str, str],
    now: int,
    zone: tzinfo,
    chamber: str,
    readers: tuple[str, ...],
) -> Completed:
    named = [(name, text) for name, text in given.items() if text.strip()]
    # A form has fields and no lines: each field's place stands for one, so that a fault finds back to it.
    fields = {name: _raw(kind, name, text, line) for line, (name, text) in enumerate(named, 1)}
    instead = {name: fields.pop(name) for name in (CHANGES.name,) if name in fields}
    if "nonce" in kind.hidden_fields:
        fields["nonce"] = RawField(0, make_salt())
    scripted = Scripted(
        line=0, time=now, day=datetime.fromtimestamp(now, zone).date(), zone=zone, author=record.viewer.person or "",
        kind=kind.name, given=fields, instead=instead, chamber=chamber, readers=readers,
    )  # fmt: skip
    chambers = {visible.chamber.name: visible.chamber for visible in record.chambers()}
    references = RecordReferences(record)
    scene = Scene(
        references.state,
        chambers,
        references,
        Header(0, "room", ""),
        _NO_HOST,
        lambda _time: "",
        lambda _worth: "",
    )
    try:
        return complete(scripted, scene)
    except Refused as refused:
        raise Refused(*_of_a_form(refused, [name for name, _text in named])) from refused


def _raw(kind: Kind, name: str, text: str, line: int) -> RawField:
    """A field as the minutes would have it: in one line, or as a block of lines where it is the author's words."""
    lines = [part.rstrip() for part in text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")]
    hint = CHANGES.hint if name == CHANGES.name else fields_of(kind.name)[name].hint
    if kind.name in MADE_ELSEWHERE:
        return RawField(line, text)  # by a program, in one line: words are JSON, to the letter
    if hint not in _AS_WRITTEN:
        return RawField(line, " ".join(part.strip() for part in lines if part))
    if hint is str:
        return RawField(line, "", tuple("\n".join(lines).strip().split("\n")))
    return RawField(line, "", tuple(lines))


def _of_a_form(refused: Refused, names: list[str]) -> Iterator[Refusal]:
    """Refusals of minutes, said of a form: by the field, and the line of its text where that has several."""
    for refusal in refused.refusals:
        sentence, name = refusal.sentence, ""
        found = _NUMBERED.match(sentence)
        if found is not None:
            place, sentence = int(found[1]), sentence[found.end() :]
            name = label_of(names[place - 1]) if 0 < place <= len(names) else ""
            inner = _NUMBERED.match(sentence)
            if inner is not None:
                line, fault = int(inner[1]) - place, sentence[inner.end() :]
                sentence = f"In line {line} of the text, {fault}"
        about = f"{name}: " if name else ""
        sentence = _EXPECTED.sub(".", sentence)
        instead = _FROM_MINUTES.get(refusal.code, refusal.instead) or "Change the field, or leave it out."
        yield replace(refusal, sentence=f"{about}{sentence}", instead=instead)
