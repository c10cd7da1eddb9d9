"""Completion: what a secretary leaves out of a line and the record makes plain. A pure function of the state.

Left out and filled in: the version acted on, editions and session numbers, times equal to the line's, languages
of a signature, the digest, provisions, languages and brackets of an edition, answers to a bridge, demonstration
keys with their proofs, cosigned checkpoints. Whatever is written stands as it is written. Files that a script encloses
are sealed, which is the one thing here that gives another result each time; a table of incidents is written as the file
that its act names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from detente.codec.refusal import Refused
from detente.interchange.minutes.derivation import DERIVED, USUAL
from detente.interchange.minutes.enclosing import enclose
from detente.interchange.minutes.fields import read_fields_of
from detente.interchange.minutes.forms import Around
from detente.interchange.minutes.printing import join_remark, usual_audience
from detente.interchange.minutes.reported import write_batch
from detente.interchange.minutes.scene import Draft, Host, Scene
from detente.interchange.minutes.schema import BELOW, ENCLOSED, WORTH, fields_of
from detente.interchange.minutes.statements import Scripted
from detente.interchange.minutes.worth import read_worth

__all__ = ["Completed", "Host", "Scene", "complete"]


class Completed(msgspec.Struct, frozen=True):
    """An act ready to be signed. clear, hidden: plain JSON values by field; chamber: "" for the main log; files: those
    that are to stand beside the log before it, by SHA-256, base64url."""

    kind: str
    author: str
    iat: int
    clear: Mapping[str, Any]
    hidden: Mapping[str, Any]
    audience: tuple[str, ...]
    chamber: str
    files: Mapping[str, bytes] = {}


def complete(scripted: Scripted, scene: Scene) -> Completed:
    """The act that a line means now. Raises `Refused` where a value or reference cannot be read."""
    fields = fields_of(scripted.kind)
    around = Around(scene.references, scripted.day, scripted.zone)
    values, faults = read_fields_of(fields, scripted.given, around)
    if faults:
        # Of the field, before the line within its text where the fault names that: a form says both.
        raise Refused(
            *(msgspec.structs.replace(r, sentence=f"Line {line}: {r.sentence}") for line, r in faults)
        )
    draft = Draft(scripted, scene, values)
    for name, derive in {**USUAL, **DERIVED.get(scripted.kind, {})}.items():
        if name not in values and (found := derive(draft)) is not None:
            values[name] = found
    files: Mapping[str, bytes] = {}
    if raw := scripted.instead.get(ENCLOSED.name):
        found, files = enclose(draft, raw)
        values |= found
    if raw := scripted.instead.get(BELOW.name):
        found, files = write_batch(raw)
        values |= found
    if raw := scripted.instead.get(WORTH.name):
        values["document"] = scene.preferences(read_worth(draft, raw))
    values["remark"] = join_remark(scripted.illustrative, values.get("remark"))
    plain = {name: msgspec.to_builtins(value) for name, value in values.items() if value is not None}
    return Completed(
        kind=scripted.kind, author=scripted.author, iat=scripted.time, chamber=scripted.chamber,
        clear={name: value for name, value in plain.items() if not fields[name].hidden},
        hidden={name: value for name, value in plain.items() if fields[name].hidden},
        audience=scripted.readers or usual_audience(scripted.chamber), files=files,
    )  # fmt: skip
