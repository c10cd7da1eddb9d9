"""What follows from the record where a line leaves it out, for each kind and field. Pure functions of the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from detente.acts.act import Staleness
from detente.acts.bridging import answer_chamber
from detente.acts.commitments import elements_given
from detente.acts.editions import open_in
from detente.acts.kinds import BY_NAME
from detente.acts.matrix import registers_of
from detente.acts.subjects import edition_of
from detente.codec.base64url import encode_base64url
from detente.interchange.minutes.consolidation import consolidate
from detente.interchange.minutes.demonstration import (
    demonstration_identity,
    demonstration_key,
    demonstration_nonce,
    next_key,
)
from detente.interchange.minutes.fields import read_field
from detente.interchange.minutes.forms import Around
from detente.interchange.minutes.scene import Draft
from detente.interchange.minutes.schema import CHANGES
from detente.keys.possession import prove_possession
from detente.procedure.examination import PROCEDURE_EDITIONS, version_of
from detente.provisions.edition import content_digest
from detente.sealing.identity import public_of


def _on(draft: Draft) -> tuple[str, str] | None:
    if BY_NAME[draft.scripted.kind].staleness is not Staleness.GUARDED:
        return None
    subject = draft.values.get("instrument", "rules")
    version = version_of(draft.state, subject)
    return (subject, version) if version else None


def _edition(draft: Draft) -> str | None:
    instrument = draft.instrument
    return instrument.edition.leaf if instrument and instrument.edition else None


def _languages(draft: Draft) -> tuple[str, ...] | None:
    """Every language of the last edition."""
    instrument = draft.instrument
    return instrument.edition.languages if instrument and instrument.edition else None


def _status(draft: Draft) -> str | None:
    """What the instrument makes of the language."""
    return dict(draft.instrument.languages).get(draft.values["language"]) if draft.instrument else None


def _agreeing(draft: Draft) -> tuple[str, ...] | None:
    """The provisions of the edition with words in the language; all of them where the text is not known here."""
    edition = edition_of(draft.state, draft.values["instrument"], draft.values.get("edition") or "")
    if edition is None:
        return None
    text = draft.scene.references.opened(edition.leaf).get("text") or ()
    lacking = {p["id"] for p in text if p.get("texts") and draft.values["language"] not in p["texts"]}
    return tuple(provision for provision in edition.provisions if provision not in lacking)


def _text(draft: Draft) -> Any:
    if draft.instrument is None:
        return None
    changes: Any = ()
    if raw := draft.scripted.instead.get(CHANGES.name):
        around = Around(draft.scene.references, draft.scripted.day, draft.scripted.zone, draft.values)
        changes = read_field(CHANGES, raw, around)
    return consolidate(draft.instrument, draft.scene.references, changes)


def _languages_of_text(draft: Draft) -> tuple[str, ...] | None:
    """The instrument's languages in which the text stands, in the instrument's order: in every provision with
    words where the language is authentic, else in some."""
    if draft.instrument is None:
        return None
    text = draft.values.get("text", ())
    worded = [set(p.texts) for p in text if p.texts] or [set(p.heading) for p in text]
    return tuple(
        tag
        for tag, status in draft.instrument.languages
        if worded and (all if status == "authentic" else any)(tag in tags for tags in worded)
    )


def _answers(draft: Draft) -> tuple[tuple[str, int, str], ...] | None:
    """Each side's yes, from the chamber in which it stands; none where a side has not answered, or not with yes. An
    answer that is sealed is for a mediator to read before they sign."""
    bridge = draft.state.bridges.get(draft.values["bridge"])
    if bridge is None:
        return None
    found = []
    for side in draft.state.instruments[bridge.instrument].sides:
        origin = answer_chamber(draft.state.convened.origin, side)
        chamber = draft.scene.chambers.get(origin.rpartition("/")[2])
        leaf, _author = chamber.answers.get(bridge.leaf, ("", "")) if chamber else ("", "")
        place = draft.scene.references.position(leaf)
        if place is not None and draft.scene.references.opened(leaf).get("yes", True):
            found.append((origin, place[1], leaf))
    return tuple(found)


def _digest(draft: Draft) -> str | None:
    """The one committed to in the act that is named."""
    position = draft.state.positions.get(draft.values["position"])
    return position.digest if position else None


def _version(draft: Draft) -> int:
    """The next one of the instrument's register."""
    return len(registers_of(draft.state, draft.values["instrument"])) + 1


def _referral(draft: Draft) -> str | None:
    """The last referral in this chamber that no instruction answers yet."""
    chamber = draft.scene.chambers.get(draft.scripted.chamber)
    if chamber is None:
        return None
    answered = {referral for _leaf, _author, referral in chamber.instructions}
    open_ones = [leaf for leaf in chamber.referrals if leaf not in answered]
    return max(open_ones, key=lambda leaf: draft.scene.references.position(leaf) or ("", -1), default=None)


def _origin(draft: Draft) -> str:
    person = draft.state.people.get(draft.scripted.author)
    return "side" if person is not None and person.side else "mediator"


def _public(draft: Draft) -> str:
    key = next_key(draft.state, draft.scene.header.label, draft.values["person"])
    return encode_base64url(key.public)


def _reading_key(draft: Draft) -> str | None:
    """Beside a demonstration key; whoever brings a key of their own brings one to read with, or none."""
    if "public" in draft.scripted.given:
        return None
    key = next_key(draft.state, draft.scene.header.label, draft.values["person"])
    return encode_base64url(public_of(demonstration_identity(key)))


def _convenor_reading_key(draft: Draft) -> str | None:
    if "convenor_key" in draft.scripted.given:
        return None
    key = demonstration_key(draft.scene.header.label, draft.scripted.author)
    return encode_base64url(public_of(demonstration_identity(key)))


def _possession(draft: Draft) -> str | None:
    if draft.state.process is None:
        return None
    person = draft.values["person"]
    key = next_key(draft.state, draft.scene.header.label, person)
    return prove_possession(key, draft.state.process.origin, person, draft.values.get("sealing"))


def _nonce(draft: Draft) -> str:
    what = f"{draft.values.get('instrument', 'process')} {draft.values.get('number', '')}"
    return demonstration_nonce(draft.scene.header.label, what)


def _header(name: str) -> Callable[[Draft], Any]:
    return lambda draft: getattr(draft.scene.header, name) or None


def _instant(draft: Draft) -> str:
    return draft.at


USUAL: Final[Mapping[str, Callable[[Draft], Any]]] = {"on": _on}
DERIVED: Final[Mapping[str, Mapping[str, Callable[[Draft], Any]]]] = {
    "convene": {
        "nonce": _nonce,
        "procedure": lambda _draft: PROCEDURE_EDITIONS[-1],
        "convenor": lambda draft: draft.scripted.author,
        "convenor_key": lambda draft: encode_base64url(
            demonstration_key(draft.scene.header.label, draft.scripted.author).public
        ),
        "convenor_sealing": _convenor_reading_key,
        "keeper": _header("keeper"),
        "keeper_key": lambda draft: draft.scene.host.keeper_key,
        "log_key": lambda draft: draft.scene.host.log_key,
        "log_mldsa_key": lambda draft: draft.scene.host.log_mldsa_key,
        "cosigners": lambda draft: draft.scene.host.cosigners,
        "quorum": lambda draft: min(draft.scene.header.quorum, len(draft.scene.host.cosigners)),
        "names": lambda draft: dict(draft.scene.header.names) or None,
        "languages": lambda draft: draft.scene.header.languages or None,
        **{name: _header(name) for name in ("sides", "open_to", "title", "subtitle", "notice", "zone",
                                            "convenor_title", "keeper_title")},
    },
    "enrol": {"public": _public, "sealing": _reading_key, "possession": _possession},
    "refer": {"edition": _edition},
    "announce_referral": {"edition": _edition},
    "instruct": {"referral": _referral},
    "open_session": {"number": lambda draft: len(draft.state.sessions) + 1, "at": _instant},
    "close_session": {"number": lambda draft: len(draft.state.sessions) or None, "at": _instant},
    "take_up": {"at": _instant},
    "minute": {"said_at": _instant, "edition": _edition},
    "mark_time": {"checkpoint": lambda draft: draft.scene.cosigned(draft.scripted.time)},
    "open_instrument": {"sides": lambda draft: draft.state.process.sides if draft.state.process else None},
    "table_text": {"origin": _origin},
    "circulate": {"edition": _edition},
    "receive": {"edition": _edition},
    "open_bridge": {"answers": _answers},
    "issue": {
        "number": lambda draft: len(draft.instrument.editions) + 1 if draft.instrument else None,
        "text": _text,
        "nonce": _nonce,
        "content": lambda draft: content_digest(draft.values.get("text", ()), draft.values["nonce"]),
        "provisions": lambda draft: tuple(provision.id for provision in draft.values.get("text", ())),
        "languages": _languages_of_text,
        "open": lambda draft: open_in(draft.instrument) if draft.instrument else None,
    },
    "state_preferences": {"edition": _edition},
    "estimate_preferences": {"edition": _edition},
    "reveal_position": {"digest": _digest},
    "propose_correction": {
        "provisions": lambda draft: tuple(provision.id for provision in draft.values.get("text", ())),
    },
    "register_stipulations": {"version": _version},
    "mark_protection": {"edition": _edition},
    "initial": {"languages": _languages},
    "sign": {"languages": _languages},
    "sign_ad_referendum": {"languages": _languages},
    "sign_as_witness": {"edition": _edition},
    "declare_reading": {"edition": _edition},
    "declare_interpretation": {"edition": _edition},
    "draw_commitment": {"edition": _edition, "elements": lambda draft: elements_given(draft.values)},
    "order_commitments": {"edition": _edition},
    "certify_language": {"edition": _edition, "status": _status, "provisions": _agreeing},
}  # fmt: skip
"""For each kind, the fields that may be left out and how they follow, in the order in which they follow."""
