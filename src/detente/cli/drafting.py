"""What an act would say and change, in a terminal: drafted from the record as verified on this machine."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

from detente.acts.act import Kind
from detente.client.replica import Replica
from detente.codec.base64url import decode_base64url
from detente.codec.refusal import Refused, refuse
from detente.depositary.reading import Record
from detente.keys.public import read_public_key
from detente.keys.thumbprint import fingerprint_words
from detente.procedure.disclosure import VisibleAct, VisibleDraft, VisibleState
from detente.sealing.key_box import seal_content
from detente.signing.signer import Seal
from detente.views import building
from detente.views.marks import Prose
from detente.views.signing import Deed, FormField, SigningPage
from detente.web.chambers import epoch_of, unsealed
from detente.web.concordance import questions_before
from detente.web.drafting import convening_of, draft_act, with_structure, with_usual
from detente.web.forms import form_of_kind
from detente.wording.moments import zone_named

WIDTH: Final = 100
HEAD: Final = 24
"""Columns of what stands before each answer."""
CHECKED_HERE: Final = "You have seen"
READERS: Final = "Who can read it"


class Draft(Struct, frozen=True):
    """An act ready to be signed. log: origin of its log; time: Unix seconds; clear, hidden: plain JSON values by name;
    seal: what seals the hidden ones, in a chamber that has a key; text: what its author reads before signing."""

    kind: Kind
    log: str
    chamber: str
    time: int
    clear: Mapping[str, Any]
    hidden: Mapping[str, Any]
    audience: tuple[str, ...]
    seal: Seal | None
    text: str


def draft(
    replica: Replica, kind: Kind, given: Mapping[str, str], key: str, chamber: str, readers: tuple[str, ...], now: int
) -> Draft:  # fmt: skip
    """The act that these fields mean now, read as a form's are. key: id of the one to sign with; now: Unix seconds.

    Raises `Refused` with everything that stands against it.
    """
    record = replica.record
    zone = zone_named(convening_of(record).get("zone")).tz
    given, _recognised = with_structure(kind, with_usual(record, kind, given))
    seal = _sealing(record, kind, chamber)
    form = form_of_kind(kind, given)
    try:
        drafted = draft_act(
            record, kind, given, now=now, zone=zone, chamber=chamber, readers=readers, key=key
        )
    except Refused as refused:
        page = building.signing_page(record, VisibleDraft(kind, chamber, form, ()))
        raise Refused(*refused.refusals, *_form_said(refused, page.fields)) from refused
    if drafted.refusals:
        raise Refused(*drafted.refusals)
    act = VisibleAct(record.size, drafted.act, kind, drafted.opened, False, drafted.audience, chamber)
    after = VisibleState(drafted.after, record.viewer) if drafted.after is not None else None
    drawn = VisibleDraft(kind, chamber, form, (), act, after)
    page = building.signing_page(record, drawn, questions=questions_before(record, drawn))
    origin = f"{record.origin}/{chamber}" if chamber else record.origin
    return Draft(kind, origin, chamber, now, drafted.clear, drafted.hidden, drafted.audience, seal,
                 "\n".join(_before_signing(replica, page, sealed=seal is not None)))  # fmt: skip


def _sealing(record: Record, kind: Kind, chamber: str) -> Seal | None:
    """What is written in a chamber is sealed on this machine to the chamber's key; None for what is not sealed.

    Raises `Refused` where the chamber has no key, or somebody has it who should not: the host, or they, could read it.
    """
    faults = unsealed(record, kind, chamber)
    if faults:
        raise Refused(*faults)
    epoch = epoch_of(record, kind, chamber)
    if epoch is None:
        return None
    public = decode_base64url(epoch.public)
    return lambda disclosures: {"sealed": seal_content(disclosures, public), "epoch": epoch.leaf}


def _form_said(refused: Refused, fields: tuple[FormField, ...]) -> Iterator[Any]:
    """Where something is missing or unknown, the fields that there are, said once."""
    if not any(r.code in ("act.field_missing", "act.field_unknown") for r in refused.refusals):
        return
    said = "; ".join(_field(field) for field in fields)
    yield from refuse("act.fields", f"The fields of this act: {said}." if fields else "This act has no fields.",
                      instead="Write each as name=value.").refusals  # fmt: skip


def _field(field: FormField) -> str:
    about = "" if field.required else " (optional)"
    if field.options:
        return f"{field.name}{about}, one of {', '.join(option.value for option in field.options)}"
    return f"{field.name}{about}"


def _before_signing(replica: Replica, page: SigningPage, *, sealed: bool) -> Iterator[str]:
    """The sentence, the rows and the four answers, as the page before signing has them."""
    yield from ("", "You will sign these words:", "")
    yield textwrap.indent(textwrap.fill(page.sentence, WIDTH - 4), "    ") + "\n"
    for row in page.rows:
        words = _seen(replica) if row.head == CHECKED_HERE else _plain(row.words)
        if row.head == READERS and sealed:
            words = words.replace("; and the host", "; sealed on this machine, so that the host cannot")
        yield _row(row.head, words)
    if page.ladder:
        yield _row("Your ladder", page.ladder)
    if page.effects:
        yield ""
    for effect in page.effects:
        then = f"{effect.now}, then {effect.then}" if effect.changed else f"{effect.now}, and so it stays"
        yield _row(effect.question, then)
    yield ""


def _seen(replica: Replica) -> str:
    names = ", ".join(dict.fromkeys(cosigner.name for cosigner in replica.verified.cosigners))
    cosigned = f"cosigned by {names}" if names else "cosigned by nobody"
    return f"The record up to act {replica.record.size}, every act checked on this machine; {cosigned}"


def _row(head: str, words: str) -> str:
    lines = textwrap.wrap(words, WIDTH - HEAD) or [""]
    return "\n".join(f"{head if at == 0 else '':<{HEAD}}{line}" for at, line in enumerate(lines))


def _plain(words: Prose) -> str:
    return "".join(run.text for run in words)


def open_to(replica: Replica, waiting: tuple[str, ...]) -> str:
    """What is asked of the person, and everything else that is open to them, with the kind to name.

    waiting: addresses, as the host gives them, of the pages on which keys that were handed in are enrolled.
    """
    page = building.room_page(replica.record)
    lines = [f"What you can do as {page.who}, up to act {replica.record.size}:", ""]
    lines += ["Asked of you", *map(_deed, page.asked)] if page.asked else ["Nothing is asked of you now."]
    if waiting:
        lines += [
            "",
            "Keys to enrol: compare the words over the telephone first",
            *map(_key_to_enrol, waiting),
        ]
    for institution in page.institutions:
        lines += ["", institution.head, *map(_deed, institution.deeds)]
    return "\n".join(lines)


def _key_to_enrol(address: str) -> str:
    """The words are made here, from the key that would be enrolled: those of the host prove nothing."""
    public = parse_qs(urlsplit(address).query).get("public", [""])[0]
    words = " ".join(fingerprint_words(read_public_key(public)))
    return _deed(Deed(text=words, href=address))


_ELSEWHERE: Final = {"present": "detente present", "chambers": "detente chambers, detente position",
                     "preferences": "on the page of that name, in a browser"}  # fmt: skip
"""What is done by another verb, or not from a terminal: the page to which its deed leads."""


def _deed(deed: Deed) -> str:
    """The kind and what is filled in already, as this command takes it, and what it does."""
    page = urlsplit(deed.href).path.rpartition("/")[2]
    if page in _ELSEWHERE:
        return f"  ({_ELSEWHERE[page]})\n      {deed.text}"
    asked = {name: values[0] for name, values in parse_qs(urlsplit(deed.href).query).items()}
    kind, log = asked.pop("kind", ""), asked.pop("log", "")
    words = [kind, *(f"{name}={value}" for name, value in asked.items()), *(["--log", log] if log else [])]
    return f"  {shlex.join(words)}\n      {deed.text}"
