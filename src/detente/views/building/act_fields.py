"""What an act says beyond its sentence: clear fields, disclosed ones, and that others are sealed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from detente.codec.canonical_json import encode_canonical
from detente.procedure.disclosure import VisibleAct
from detente.provisions.authentic import direction
from detente.views.act import ActField
from detente.views.building.batch import file_of
from detente.views.building.committed import stood_since
from detente.views.building.erased import erased
from detente.views.building.exhibit import files_of
from detente.views.building.sight import Sight
from detente.views.marks import Prose, SealedFile, filled, linked, prose
from detente.wording.counting import capitalised, in_a_row
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.saying import SPELLERS, spell

_UNSAID: Final = frozenset((
    "content", "checkpoint", "nonce", "public", "possession", "convenor_key", "keeper_key", "log_key",
    "log_mldsa_key", "sealing", "convenor_sealing", "sealed", "epoch", "epochs", "box", "digest", "salt", "contents",
    "at_source", "files",
    "files", "file", "size",
))  # fmt: skip
_LABELS: Final = {
    "about": N_("about"), "actor": N_("actor"), "affects": N_("provisions that the measure reaches"),
    "answer": N_("answer"), "breach": N_("notice of breach"), "commitment": N_("commitment"),
    "commitments": N_("commitments"), "confidence": N_("confidence"), "finding": N_("finding"),
    "grounds": N_("grounds"), "joins": N_("agrees to"), "measure": N_("measure"), "month": N_("month"), "of": N_("of"),
    "register": N_("register"), "row": N_("row"), "scores": N_("scores"), "stipulations": N_("stipulations"),
    "urgent": N_("special urgency"), "version": N_("version of the register"),
    "alternative": N_("alternative"), "alternatives": N_("alternatives"), "answers": N_("answers"),
    "approved": N_("approved"), "at": N_("at"), "authentication": N_("authentication"), "basis": N_("basis"),
    "body": N_("body"), "bridge": N_("bridge"), "capacities": N_("capacities"), "capacity": N_("capacity"),
    "counterpart": N_("counterpart"),
    "claims": N_("claims"), "consent": N_("consent"), "convenor": N_("convenor"),
    "convenor_title": N_("convenor title"), "correction": N_("correction"), "cosigners": N_("cosigners"),
    "decision": N_("decision"), "document": N_("points and conditions"),
    "edition": N_("edition"), "entry": N_("entry"), "entry_date": N_("entry date"),
    "entry_delay": N_("entry delay"), "erasure": N_("erasure"),
    "files": N_("sealed files"), "expires": N_("expires"), "ground": N_("ground"), "groups": N_("groups"),
    "headings": N_("heading"), "holder": N_("holder"),
    "initials_sign": N_("initials sign"), "instrument": N_("instrument"), "instruments": N_("instruments"),
    "interpreter": N_("interpreter"), "item": N_("item"), "items": N_("items"), "keeper": N_("keeper"),
    "keeper_title": N_("keeper title"), "key": N_("key"), "keys": N_("keys"), "label": N_("label"),
    "language": N_("language"), "languages": N_("languages"), "lift": N_("lift"), "omit": N_("left out"),
    "mandate": N_("mandate"),
    "means": N_("means"), "minute": N_("minute"), "n": N_("n"), "names": N_("names"), "notice": N_("notice"),
    "number": N_("number"), "objections_by": N_("objections by"), "office": N_("office"), "on": N_("version"),
    "open": N_("brackets"), "open_to": N_("open to"), "open_to_accession": N_("open to accession"),
    "opposes_entry": N_("opposes entry"), "origin": N_("origin"), "original": N_("original"), "other": N_("other"),
    "originals": N_("acts"), "parts": N_("parts"), "writer": N_("who wrote them"),
    "outcome": N_("outcome"), "package": N_("package"), "person": N_("person"), "place": N_("place"),
    "position": N_("position"),
    "procedure": N_("procedure"), "provision": N_("provision"), "provisions": N_("provisions"),
    "published": N_("published"), "question": N_("question"), "quorum": N_("quorum"), "reason": N_("reason"),
    "recovery": N_("recovery"), "referral": N_("referral"), "relation": N_("relation"), "remark": N_("remark"),
    "warned": N_("shown before signing that a proposal shows what matters most"),
    "replaces": N_("replaces"), "reply_by": N_("reply by"), "reservation": N_("reservation"),
    "reservations": N_("reservations"), "role": N_("role"), "said_at": N_("said at"), "sense": N_("sense"),
    "short_title": N_("short title"), "side": N_("side"), "sides": N_("sides"),
    "silence_adopts": N_("silence adopts"), "since": N_("since"), "source": N_("source"),
    "speaker": N_("speaker"), "statement": N_("statement"), "status": N_("status"), "subtitle": N_("subtitle"),
    "terms": N_("terms"), "text": N_("words"), "texts": N_("texts"), "title": N_("title"), "titles": N_("titles"),
    "objections": N_("objections answered"), "vkey": N_("verifier key"), "cosigner": N_("cosigner"),
    "assurance": N_("assurance"), "challenge": N_("challenge"),
    "custody": N_("custody until then"), "demand": N_("demand"), "exhibit": N_("exhibit"),
    "exhibits": N_("exhibits"), "given_by": N_("given by"), "given_to": N_("given to"), "grade": N_("grade"),
    "kept": N_("kept since"), "shows": N_("as showing"), "shown_to": N_("shown otherwise to"),
    "taken_at": N_("hash taken on"),
    "taken_by": N_("hash taken by"), "taken_where": N_("hash taken in"), "when": N_("when"),
    "where": N_("where"),
    "to": N_("recipients"), "until": N_("until"), "upheld": N_("upheld"), "valid_from": N_("valid from"),
    "valid_until": N_("valid until"), "yes": N_("answer"), "zone": N_("zone"),
    "action": N_("action"), "area": N_("area"), "article": N_("article"), "begins": N_("from"), "ends": N_("until"),
    "consequence": N_("consequence"), "days": N_("days"), "digest": N_("SHA-256"), "duty": N_("duty"),
    "elements": N_("elements given"), "file": N_("file"), "first": N_("first"), "second": N_("second"),
    "indicator": N_("indicator"), "method": N_("method"), "object": N_("object"), "obligor": N_("who owes it"),
    "ordering": N_("order"), "period": N_("period"), "quote": N_("words of the provision"), "size": N_("bytes"),
    "verified_by": N_("verified by"), "verifier": N_("verifier"),
    "category": N_("kind of incident"), "date_from": N_("first day"), "date_to": N_("last day"),
    "lat": N_("latitude"), "lon": N_("longitude"), "actors": N_("actors as claimed"), "deaths": N_("deaths"),
    "licence": N_("terms of use"), "incident": N_("report"),
    "rows": N_("incidents"), "one": N_("one report"), "one_row": N_("its row"),
    "another": N_("the other report"), "another_row": N_("row of the other"), "apart": N_("two incidents"),
}  # fmt: skip
"""As they stand inside a sentence."""
_VALUES: Final = {
    "members": N_("members"), "public": N_("public"), "statement": N_("statement"), "question": N_("question"),
    "oral_assent": N_("oral assent"), "oral_withdrawal": N_("oral withdrawal"),
    "oral_assurance": N_("oral assurance"), "consultation": N_("consultation"), "initials": N_("initials"),
    "signature": N_("signature"), "adoption": N_("adoption"), "ratification": N_("ratification"),
    "agreed_means": N_("agreed means"), "on_consent": N_("on consent"), "date": N_("date"), "delay": N_("delay"),
    "accepted_by_each": N_("accepted by each"), "accepted_by_all": N_("accepted by all"),
    "excluded": N_("excluded"), "ratify": N_("ratify"), "accept": N_("accept"), "approve": N_("approve"),
    "accede": N_("accede"), "exchange": N_("exchange"), "deposit": N_("deposit"), "notify": N_("notify"),
    "agreed": N_("agreed"), "occurrence": N_("whether it happened"), "attribution": N_("who did it"),
    "observance": N_("whether it is kept"),
}  # fmt: skip
_QUOTED: Final = frozenset({"text", "texts", "headings", "reason", "question", "remark", "titles"})
LONGEST: Final = 20_000


def fields(sight: Sight, act: VisibleAct) -> tuple[ActField, ...]:
    return (
        *_clear(sight, act),
        *_opened(sight, act),
        *stood_since(sight, act),
        *_sealed(sight, act),
        *files_of(sight, act),
        *file_of(sight, act),
        *erased(sight, act),
    )


def sealed_file(sight: Sight, act: VisibleAct) -> SealedFile | None:
    """What the reader's browser can open of a chamber's act; None where nothing of it is sealed to the chamber."""
    file, epoch = act.opened.get("sealed"), act.opened.get("epoch")
    if not file or not epoch:
        return None
    names = (name for name in act.kind.hidden_fields if name not in _UNSAID)
    return SealedFile(
        log=act.act.clear.proc, epoch=epoch, file=file, digests=" ".join(act.act.clear.sd),
        labels=encode_canonical({name: label(name) for name in names}).decode(),
        words=_("sealed; readable by {readers}", readers=sight.readers(act.readers, act.chamber)),
    )  # fmt: skip


def label(name: str) -> str:
    return capitalised(_named(name))


def _named(name: str) -> str:
    return _(_LABELS[name]) if name in _LABELS else name.replace("_", " ")


def _clear(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    for name in act.kind.clear_fields:
        value = getattr(act.act.clear, name)
        if name not in _UNSAID and value not in (None, "", (), False):
            yield ActField(label=label(name), value=_value(sight, name, value))


def _value(sight: Sight, name: str, value: Any) -> Prose:
    if name in SPELLERS:
        return prose(capitalised(spell(name, value, sight.names)))
    if isinstance(value, tuple):
        return prose(in_a_row(_plain(part) for part in value))
    if value is True:
        return prose(_("yes"))
    return prose(_(_VALUES[value]) if value in _VALUES else str(value).replace("_", " "))


def _plain(value: Any) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def disclosed(act: VisibleAct) -> list[str]:
    """What the fields are called that the log hides and this reader is shown."""
    return [_named(name) for name in shown_names(act)]


def _opened(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    for name in shown_names(act):
        yield from opened_field(sight, act, name)


def shown_names(act: VisibleAct) -> tuple[str, ...]:
    """The hidden fields that this reader is shown."""
    return tuple(
        name
        for name in act.kind.hidden_fields
        if name not in _UNSAID
        and act.opened.get(name) is not None
        and (act.kind.name, name) != ("present", "names")
    )


def opened_field(sight: Sight, act: VisibleAct, name: str) -> Iterator[ActField]:
    """What is in one of them."""
    value = act.opened[name]
    if act.kind.name == "issue" and name == "text":
        yield ActField(label=_("Text"), value=_edition(sight, act))
    elif isinstance(value, dict):
        yield from _each(name, value)
    else:
        words = spell(name, value, sight.names) if name == "language" else str(value)[:LONGEST]
        yield ActField(label=label(name), value=prose(words), quoted=name in _QUOTED)


def _each(name: str, value: dict[str, Any]) -> Iterator[ActField]:
    """A field of several entries: one a language, an item, or a name."""
    for key, words in value.items():
        translated = name in ("texts", "headings")
        yield ActField(
            label=_("{label}, {entry}", label=label(name), entry=key), value=prose(str(words)[:LONGEST]),
            quoted=name in _QUOTED, lang=key if translated else "", direction=direction(key) if translated else "auto",
        )  # fmt: skip


def _edition(sight: Sight, act: VisibleAct) -> Prose:
    """The edition's text is a page of its own."""
    number = act.act.clear.number
    instrument = act.act.clear.instrument
    first = sight.state.instrument_order[:1] == (instrument,)
    href = sight.place.page("text", edition=str(number), instrument="" if first else instrument).address
    count = ngettext("{count} provision: {edition}", "{count} provisions: {edition}", len(act.opened["text"]),
                     edition="{edition}")  # fmt: skip
    return filled(count, edition=linked(_("edition {number}", number=number), href))


def _sealed(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    content = sealed_file(sight, act)
    if content is not None:
        yield ActField(label=_("Sealed"), value=(), content=content)
    if act.sealed:
        sealed = _("sealed ({fields}); readable by {readers}", fields=in_a_row(map(_named, act.kind.hidden_fields)),
                   readers=sight.readers(act.readers))  # fmt: skip
        yield ActField(label=_("Sealed"), value=(), sealed=sealed)
