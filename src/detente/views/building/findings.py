"""Findings: of each commitment and incident, what was found, by whom, with what confidence, and who says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from detente.state.observance import Finding
from detente.state.records import in_order
from detente.views.building.sight import Sight
from detente.views.building.text_reservations import SEALED
from detente.views.keeping import Findings
from detente.views.marks import Glyph, Prose, prose, strong, worded
from detente.views.text import Beside, BesideItem, NoteLine
from detente.wording.counting import capitalised
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.saying import CONFIDENCE, quoted

MOST: Final = 40
"""Commitments and incidents shown one by one: the latest."""
_QUESTIONS: Final = ("occurrence", "attribution", "observance")
_SAID: Final = {
    ("occurrence", "yes"): N_("that it happened"), ("occurrence", "no"): N_("that it did not happen"),
    ("occurrence", "undetermined"): N_("that it cannot be determined whether it happened"),
    ("attribution", "yes"): N_("that {actor} did it"), ("attribution", "no"): N_("that {actor} did not do it"),
    ("attribution", "undetermined"): N_("that it cannot be determined whether {actor} did it"),
    ("observance", "yes"): N_("that it is kept"), ("observance", "no"): N_("that it is not kept"),
    ("observance", "undetermined"): N_("that it cannot be determined whether it is kept"),
}  # fmt: skip
_ALLEGED: Final = {
    "occurrence": N_("Alleged: nobody has found whether it happened."),
    "attribution": N_("Who did it is alleged, or not said: nobody has found it."),
    "observance": N_("Nobody has found whether it is kept."),
}  # fmt: skip
_DIFFERING: Final = {
    "occurrence": N_("Findings differ on whether it happened."),
    "attribution": N_("Findings differ on who did it."),
    "observance": N_("Findings differ on whether it is kept."),
}  # fmt: skip
Found = list[Finding]


def findings(sight: Sight) -> Findings:
    """The part of a page."""
    about: dict[tuple[str, int | None], Found] = {}
    for finding in in_order(sight.state.findings.values()):
        about.setdefault((finding.about, finding.row), []).append(finding)
    parts = tuple(p for p in (_commitments(sight, about), _incidents(sight, about)) if p.items)
    return Findings(
        lead=_(
            "A finding is the named verifier’s. Until there is one, what is reported is alleged; what a side says of "
            "itself is its claim."
        ),
        parts=parts,
        empty=""
        if parts
        else _(
            "No commitment is drawn and no incident is reported. Findings come after these: first "
            "whether something happened, then who did it."
        ),
    )


def _commitments(sight: Sight, about: dict[tuple[str, int | None], Found]) -> Beside:
    standing = [c for c in in_order(sight.state.commitments.values()) if c.stands]
    items = []
    for commitment in standing[: -MOST - 1 : -1]:
        found = about.get((commitment.leaf, None), [])
        subject = worded(
            "{act}, {provision} of {instrument}",
            act=sight.cite(commitment.index),
            provision=sight.names.provision(commitment.provision),
            instrument=sight.names.instrument(commitment.instrument),
        )
        items.append(_item(sight, subject, _title(sight, commitment.leaf), found, ("observance",)))
    return Beside(
        anchor="found-commitments",
        head=_("Commitments"),
        items=tuple(items),
        lead=_("Whether each is kept, as the verifier that it names has found."),
    )


def _incidents(sight: Sight, about: dict[tuple[str, int | None], Found]) -> Beside:
    """Those reported one by one, and those of batches on which somebody has found something."""
    single = [(i.index, i.leaf, None) for i in sight.state.incidents.values()]
    rows = [
        (b.index, b.leaf, row) for b in sight.state.batches.values() for leaf, row in about if leaf == b.leaf
    ]
    items = []
    for index, leaf, row in sorted([*single, *rows], key=lambda one: (one[0], one[2] or 0))[: -MOST - 1 : -1]:
        subject, title = worded("Incident {act}", act=sight.cite(index)), _title(sight, leaf)
        if row is not None:
            subject = worded("Incident in row {row} of the batch {act}", act=sight.cite(index), row=str(row))
            title = ""
        items.append(_item(sight, subject, title, about.get((leaf, row), []), ("occurrence", "attribution")))
    return Beside(
        anchor="found-incidents",
        head=_("Incidents"),
        items=tuple(items),
        lead=_("Whether it happened and who did it are found apart."),
    )


def _item(sight: Sight, subject: Prose, title: str, found: Found, questions: Iterable[str]) -> BesideItem:
    head = worded("{subject}: {state}", subject=subject, state=_state(sight, found, questions))
    return BesideItem(head=head, words=title, lines=tuple(_lines(sight, found)))


def _title(sight: Sight, leaf: str) -> str:
    opened = sight.names.opened(leaf)
    return quoted(str(opened.get("title") or opened.get("text") or ""))


def _state(sight: Sight, found: Found, questions: Iterable[str]) -> Prose:
    """What the findings come to, question by question: no claim of a side counts, and the last word of each finder."""
    said: list[Prose] = []
    for question in questions:
        last = {f.by: f for f in found if f.question == question and not f.claim}
        answers = {(f.answer, f.actor) for f in last.values()}
        if not answers:
            said.append((strong(_(_ALLEGED[question])),))
        elif len(answers) > 1:
            said.append((strong(_(_DIFFERING[question])),))
        else:
            (finding, *_others) = last.values()
            said.append(worded("Found: {what}.", what=strong(_what(sight, finding))))
    return tuple(run for at, sentence in enumerate(said) for run in (*prose(" " if at else ""), *sentence))


def _what(sight: Sight, finding: Finding) -> str:
    return _(_SAID[finding.question, finding.answer], actor=_actor(sight, finding.actor))


def _actor(sight: Sight, actor: str) -> str:
    return (
        sight.names.delegation(actor) if actor in sight.state.convened.sides else _("somebody who is no side")
    )


def _lines(sight: Sight, found: Found) -> Iterator[NoteLine]:
    """Each finding in order, with the dissents from it and the answers to it."""
    for finding in found:
        glyph: Glyph = "spoken" if finding.claim else "done"
        yield NoteLine(text=_said(sight, finding), mark=sight.person(finding.by), glyph=glyph)
        yield from _words(sight, finding.index, finding.by)
        for _leaf, index, author in finding.dissents:
            text = worded(
                "{who} dissents, {act}", who=capitalised(sight.names.speaker(author)), act=sight.cite(index)
            )
            yield NoteLine(text=text, mark=sight.person(author), glyph="gap")
            yield from _words(sight, index, author)
        for _leaf, index, author, group in finding.answers:
            text = worded("{who} answers, {act}", who=sight.names.delegation(group), act=sight.cite(index))
            yield NoteLine(text=text, mark=sight.person(author))
            yield from _words(sight, index, author)


def _said(sight: Sight, finding: Finding) -> Prose:
    who, act = capitalised(sight.names.speaker(finding.by)), sight.cited(finding.index)
    if finding.claim:
        return worded(
            "{who} claims of its own side {what}, {act}", who=who, what=_what(sight, finding), act=act
        )
    return worded(
        "{who} found {what}, with {confidence}, {act}",
        who=who,
        what=_what(sight, finding),
        confidence=_(CONFIDENCE[finding.confidence]),
        act=act,
    )


def _words(sight: Sight, index: int, author: str) -> Iterator[NoteLine]:
    """What an act says in its author's words, or that the reader may not read them."""
    act = sight.names.act_at(index)
    if act is None:
        return
    for name in ("text", "grounds"):
        if act.opened.get(name):
            yield NoteLine(text=prose(str(act.opened[name])), mark=sight.person(author), quoted=True)
    if act.sealed:
        yield NoteLine(text=worded(SEALED))
