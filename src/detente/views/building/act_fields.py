"""What an act says beyond its sentence: clear fields, disclosed ones, and that others are sealed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from detente.codec.canonical_json import encode_canonical
from detente.procedure.disclosure import VisibleAct
from detente.provisions.authentic import direction
from detente.views.act import ActField
from detente.views.building.sight import Sight
from detente.views.marks import Prose, SealedFile, linked, prose
from detente.wording.counting import capitalised
from detente.wording.saying import SPELLERS, spell

_UNSAID: Final = frozenset((
    "content", "checkpoint", "nonce", "public", "possession", "convenor_key", "keeper_key", "log_key", "sealing",
    "convenor_sealing", "sealed", "epoch", "epochs", "box",
))  # fmt: skip
_LABELS: Final = {
    "to": "Recipients", "on": "Version", "said_at": "Said at", "at": "At", "sd": "Hidden fields", "iat": "Time stated",
    "number": "Number", "text": "Words", "yes": "Answer", "open": "Brackets",
}  # fmt: skip
_QUOTED: Final = frozenset({"text", "texts", "reason", "question", "remark", "titles"})
LONGEST: Final = 20_000


def fields(sight: Sight, act: VisibleAct) -> tuple[ActField, ...]:
    return (*_clear(sight, act), *_opened(sight, act), *_sealed(sight, act))


def sealed_file(sight: Sight, act: VisibleAct) -> SealedFile | None:
    """What the reader's browser can open of a chamber's act; None where nothing of it is sealed to the chamber."""
    file, epoch = act.opened.get("sealed"), act.opened.get("epoch")
    if not file or not epoch:
        return None
    names = (name for name in act.kind.hidden_fields if name not in _UNSAID)
    return SealedFile(
        log=act.act.clear.proc, epoch=epoch, file=file, digests=" ".join(act.act.clear.sd),
        labels=encode_canonical({name: label(name) for name in names}).decode(),
        words=f"sealed; readable by {sight.readers(act.readers, act.chamber)}",
    )  # fmt: skip


def label(name: str) -> str:
    return _LABELS.get(name) or capitalised(name.replace("_", " "))


def _clear(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    for name in act.kind.clear_fields:
        value = getattr(act.act.clear, name)
        if name not in _UNSAID and value not in (None, "", (), False):
            yield ActField(label=label(name), value=_value(sight, name, value))


def _value(sight: Sight, name: str, value: Any) -> Prose:
    if name in SPELLERS:
        return prose(capitalised(spell(name, value, sight.names)))
    if isinstance(value, tuple):
        return prose(", ".join(_plain(part) for part in value))
    return prose("yes" if value is True else str(value).replace("_", " "))


def _plain(value: Any) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def disclosed(act: VisibleAct) -> list[str]:
    """The labels of the fields that the log hides and this reader is shown."""
    found = (name for name in act.kind.hidden_fields if act.opened.get(name) is not None)
    return [label(name).lower() for name in found if name not in _UNSAID]


def _opened(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    for name in act.kind.hidden_fields:
        value = act.opened.get(name)
        if value is None or name in _UNSAID:
            continue
        if act.kind.name == "issue" and name == "text":
            yield ActField(label="Text", value=_edition(sight, act))
        elif isinstance(value, dict):
            yield from _each(name, value)
        else:
            words = spell(name, value, sight.names) if name == "language" else str(value)[:LONGEST]
            yield ActField(label=label(name), value=prose(words), quoted=name in _QUOTED)


def _each(name: str, value: dict[str, Any]) -> Iterator[ActField]:
    """A field of several entries: one a language, an item, or a name."""
    for key, words in value.items():
        translated = name == "texts"
        yield ActField(
            label=f"{label(name)}, {key}", value=prose(str(words)[:LONGEST]), quoted=name in _QUOTED,
            lang=key if translated else "", direction=direction(key) if translated else "auto",
        )  # fmt: skip


def _edition(sight: Sight, act: VisibleAct) -> Prose:
    """The edition's text is a page of its own."""
    number = act.act.clear.number
    instrument = act.act.clear.instrument
    first = sight.state.instrument_order[:1] == (instrument,)
    href = sight.place.page("text", edition=str(number), instrument="" if first else instrument).address
    return prose(f"{len(act.opened['text'])} provisions: ", linked(f"edition {number}", href))


def _sealed(sight: Sight, act: VisibleAct) -> Iterator[ActField]:
    content = sealed_file(sight, act)
    if content is not None:
        yield ActField(label="Sealed", value=(), content=content)
    if act.sealed:
        names = ", ".join(label(name).lower() for name in act.kind.hidden_fields)
        yield ActField(
            label="Sealed", value=(), sealed=f"sealed ({names}); readable by {sight.readers(act.readers)}"
        )
