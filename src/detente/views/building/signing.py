"""Before you sign: the form of an act, what would be signed, and the four answers now and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from detente.codec.refusal import Refusal
from detente.procedure.disclosure import VisibleDraft, VisibleRecord
from detente.provisions.authentic import direction
from detente.provisions.numbering import number_of
from detente.provisions.provision import Provision
from detente.views.building.agreed_before_signing import about_what_is_agreed
from detente.views.building.around import drawn_around
from detente.views.building.before_signing import authority, capacity_needed, effects, ladder, rows
from detente.views.building.enclosed import enclosed
from detente.views.building.file_read import VisibleFile, VisibleQuestion, remark_lines
from detente.views.building.folded import is_unfolded, said_aside
from detente.views.building.form import form_fields
from detente.views.building.one_text_before_signing import about_one_text
from detente.views.building.sight import Sight
from detente.views.marks import Link, Prose, strong, worded
from detente.views.signing import FileShown, FormField, Option, Problem, ProvisionRead, SigningPage
from detente.wording.counting import capitalised, listed
from detente.wording.deeds import deed_words
from detente.wording.english import KIND_WORDS
from detente.wording.language import N_, ngettext, translated
from detente.wording.language import gettext as _
from detente.wording.saying import WHOLE

_ROLES: Final = MappingProxyType({
    "delegate": N_("delegate"), "principal": N_("principal"), "mediator": N_("mediator"),
    "secretariat": N_("secretariat"), "keeper": N_("keeper"), "observer": N_("observer"),
    "guarantor": N_("guarantor"), "witness": N_("witness"), "interpreter": N_("interpreter"),
    "verifier": N_("verifier"),
})  # fmt: skip
FROM_FILES: Final = ("table_text", "issue")
"""Kinds of acts whose text can come from a file."""
NOT_IN_CHAMBERS: Final = N_(
    "No file can be chosen here: the host would read it. What is written in a chamber is sealed in this browser first; "
    "paste the words."
)
_AT_THE_CHAMBERS: Final = ("sealing.not_begun", "sealing.outlived")
"""Refusals of what is written in a chamber before its key is made, or made anew."""
_STOPS: Final = (".", ".”", "?”", "!”", "۔", "۔”", "؟”")
"""What a sentence that ends in its own words, or in quoted ones, may end with."""
_ISOLATE_ENDS: Final = "\u2069"
"""After every place of a message in a language written from right to left (Unicode Standard Annex 9, PDI)."""


def signing_page(
    record: VisibleRecord,
    draft: VisibleDraft,
    *,
    signable: str = "",
    readers: tuple[str, ...] = (),
    file: VisibleFile | None = None,
    questions: tuple[VisibleQuestion, ...] = (),
    viewers: tuple[str, ...] = (),
) -> SigningPage:
    """The page on which the viewer signs. signable: the act as JSON, for the browser; "" where it cannot be signed.
    readers: whom the author named to read the words; nobody: everyone in the process. file: that the text was read in.
    questions: where the languages of the text that the act is about may not say the same."""
    query = {"kind": draft.kind.name, "log": draft.chamber}
    sight = Sight(record, viewers, "sign", query)
    sentence = sight.say(draft.act, WHOLE) if draft.act is not None and not draft.refusals else ""
    fields, kind = form_fields(sight, draft), draft.kind.name
    problems = tuple(
        replace(problem_of(refusal, fields), way=_way_on(sight, refusal)) for refusal in draft.refusals
    )
    who = _readers(sight, draft, readers)
    return SigningPage(
        kind=_(KIND_WORDS.get(draft.kind.name, draft.kind.name)),
        kind_name=draft.kind.name,
        mark=sight.person(sight.viewer) if sight.viewer else sight.mediators(),
        fields=fields,
        readers=who,
        unfolded=is_unfolded(draft, fields, problems, who),
        structure=tuple(_structure(draft)) or tuple(_provisions_read(file.provisions if file else ())),
        file=_file(file) if file else None,
        upload="" if draft.chamber or kind not in FROM_FILES else sight.place.page("sign/file").address,
        no_upload=_(NOT_IN_CHAMBERS) if draft.chamber and kind in FROM_FILES else "",
        recognised=draft.recognised,
        problems=problems,
        sentence=ended(sentence),
        rows=(
            *rows(sight, draft, said_aside(sight, draft, fields, sentence)), *about_what_is_agreed(sight, draft),
            *about_one_text(sight, draft, questions),
        ) if sentence else (),
        enclosed=tuple(enclosed(sight, draft)),
        effects=effects(sight, draft) if sentence else (),
        ladder=ladder(sight, draft) if sentence else "",
        draft=signable,
        process=sight.state.convened.origin,
        action=sight.place.address,
        aside=_aside(sight, draft),
        not_yours=_not_yours(sight, draft),
        deed=deed_words(draft.kind.name),
        beyond=_beyond(sight, draft) if sentence else (),
        shell=drawn_around(sight, _title(draft, bool(signable))),
    )  # fmt: skip


def _title(draft: VisibleDraft, shown: bool) -> str:
    """Of the tab: a form, what it refuses and what would be signed are three pages to whoever hears only their titles.
    shown: whether what would be signed stands on the page."""
    kind = draft.kind.name
    if shown:
        return _("Before you sign: {act}", act=_(KIND_WORDS.get(kind, kind)))
    deed = deed_words(kind) or _(KIND_WORDS.get(kind, kind))
    return _("There is a problem: {act}", act=deed) if draft.refusals else deed


def ended(sentence: str) -> str:
    """The words to sign, with a full stop."""
    bare = sentence.replace(_ISOLATE_ENDS, "")
    return sentence if not bare or bare.endswith(_STOPS) else _("{sentence}.", sentence=sentence)


def _readers(sight: Sight, draft: VisibleDraft, named: tuple[str, ...]) -> tuple[Option, ...]:
    """Who can be named to read what the act hides; in a chamber, that is settled."""
    if draft.chamber or not draft.kind.hidden_fields:
        return ()
    return tuple(
        Option(value=value, text=text, chosen=value in named) for value, text in possible_readers(sight)
    )


def possible_readers(sight: Sight) -> tuple[tuple[str, str], ...]:
    """Whom an author can name to read what an act hides: as the act names them, and as people read it."""
    sides = ((side, listed(sight.names.readers(side))) for side in sight.state.convened.sides)
    others = (
        (person.id, sight.names.person(person.id))
        for person in sight.names.people
        if person.side is None and not sight.names.mediates(person.id) and person.left is None
    )
    return (*sides, ("M", capitalised(listed(sight.names.readers("M")))), *others)


def _structure(draft: VisibleDraft) -> Iterator[ProvisionRead]:
    """A text that the act brings as it was read, so that its author sees each number before they sign."""
    found = draft.act.opened.get("text") if draft.act is not None else None
    yield from _provisions_read(found if isinstance(found, tuple) else ())


def _provisions_read(provisions: Iterable[Provision]) -> Iterator[ProvisionRead]:
    for provision in provisions:
        for versions, heading in ((provision.heading, True), (provision.texts, False)):
            number = number_of(provision.id, full=heading)
            for tag, words in versions.items():
                yield ProvisionRead(
                    number=number, words=words, lang=tag, direction=direction(tag), heading=heading
                )
                number = ""


def _file(file: VisibleFile) -> FileShown:
    said = [
        ngettext("{count} provision was read.", "{count} provisions were read.", len(file.provisions)),
    ]
    if file.marks:
        authors = listed([author or _("somebody who is not named") for author in file.authors])
        read = _("read as rejected") if file.rejected else _("read as accepted")
        said.append(
            ngettext("{count} tracked change by {authors}, {read}.", "{count} tracked changes by {authors}, {read}.",
                     file.marks, authors=authors, read=read)
        )  # fmt: skip
    return FileShown(
        name=file.name, said=tuple(said), remarks=remark_lines(file.remarks), rejected=file.rejected
    )


def problem_of(refusal: Refusal, fields: Sequence[FormField]) -> Problem:
    field = _about(refusal.sentence, fields)
    named, rest = f"{field.label}: " if field else "", refusal.sentence
    if field is not None and rest.startswith(named):
        problem = translated(rest.removeprefix(named))
        sentence = _("{field}: {problem}", field=field.label, problem=problem)
    else:
        sentence = translated(rest)
    return Problem(
        sentence=sentence,
        clause=refusal.clause,
        instead=translated(refusal.instead),
        code=refusal.code,
        field=field.name if field else "",
    )


def _way_on(sight: Sight, refusal: Refusal) -> Link | None:
    """The page on which what is possible instead is done, where a refusal speaks of one."""
    if refusal.code not in _AT_THE_CHAMBERS:
        return None
    return Link(text=_("Open the page of the sealed chambers"), href=sight.place.page("chambers").address)


def _about(sentence: str, fields: Sequence[FormField]) -> FormField | None:
    """The field of the form that a refusal begins with, or quotes the name or value of."""
    for field in fields:
        if sentence.startswith((f"{field.label}: ", f"{field.label} has to be given")):
            return field
    quoted = (field for field in fields if any(f"“{word}”" in sentence for word in _quotable(field)))
    return next(quoted, None)


def _quotable(field: FormField) -> Iterator[str]:
    yield field.name
    yield field.name.replace("_", " ")
    if field.value:
        yield field.value


def _not_yours(sight: Sight, draft: VisibleDraft) -> str:
    if sight.viewer is None:
        return _("You are not signed in with a key of this process.")
    role = sight.state.people[sight.viewer].role
    if role not in draft.kind.by:
        roles = listed(_(_ROLES[one]) for one in sorted(draft.kind.by))
        return _(
            "An act of this kind is not for a {role}; it is for: {roles}.", role=_(_ROLES[role]), roles=roles
        )
    return ""


def _beyond(sight: Sight, draft: VisibleDraft) -> Prose:
    """That a step is not within the author's powers, and whom they can ask first; empty where it is within them."""
    found = authority(sight, draft)
    if found is None or found.authorised:
        return ()
    warning, principal = strong(_("Not within your powers.")), _to_ask_first(sight, draft)
    if principal is None:
        return worded(
            "{warning} You can still sign: it is seen by everybody as a step beyond them.", warning=warning
        )
    return worded(
        "{warning} You can still sign: it is seen by everybody as a step beyond them. Ask {principal} first, and "
        "nothing needs to be mended afterwards.", warning=warning, principal=sight.names.briefly(principal),
    )  # fmt: skip


def _to_ask_first(sight: Sight, draft: VisibleDraft) -> str | None:
    """The author's principal, where they could ask before they sign."""
    principal = sight.names.principal_of(sight.viewer_side) if sight.viewer_side else None
    return principal if capacity_needed(draft) and principal != sight.viewer and not draft.chamber else None


def _aside(sight: Sight, draft: VisibleDraft) -> tuple[Link, ...]:
    """Ways not to sign, the honourable one first."""
    found, given = [], {field.name: field.value for field in draft.fields}
    principal = _to_ask_first(sight, draft)
    if principal is not None:
        about = {"log": f"side-{sight.viewer_side}", "instrument": given.get("instrument", "")}
        ask = sight.place.page("sign", kind="refer", **about).address
        found.append(
            Link(text=_("Ask {principal} first", principal=sight.names.briefly(principal)), href=ask)
        )
    if draft.kind.name == "confirm_minute":
        contest = sight.place.page("sign", kind="contest_minute", minute=given.get("minute", "")).address
        found.append(Link(text=_("Contest the words instead"), href=contest))
    if draft.kind.name in ("state_preferences", "estimate_preferences"):
        about = {name: value for name, value in given.items() if name in ("instrument", "side")}
        found.append(
            Link(text=_("Change what you give"), href=sight.place.page("preferences", **about).address)
        )
    found.append(Link(text=_("Do not sign"), href=sight.place.page().address))
    return tuple(found)
