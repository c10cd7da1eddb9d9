"""From a file that came back with changes to the page on which its reader proposes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from detente.procedure.disclosure import VisibleAct, VisibleDraft, VisibleRecord
from detente.provisions.authentic import direction
from detente.provisions.redline import compare_texts
from detente.views.building.around import drawn_around
from detente.views.building.file_read import VisibleRemark, pieces, remark_lines
from detente.views.building.sight import Sight
from detente.views.building.signing import ended, problem_of
from detente.views.building.text_as_files import CHANGED
from detente.views.changed import ChangedPage, Proposed
from detente.views.marks import Link, Prose, worded
from detente.views.signing import FormField, Problem
from detente.views.text import Wording
from detente.wording.counting import language_name, listed
from detente.wording.language import gettext as _
from detente.wording.provisions import numbered

MOST_SINCE: Final = 50
"""Acts that are named as done since a file was made: the latest."""


class VisibleProposal(Struct, frozen=True):
    """One provision that a file changes. before, texts: its words by language, now and as proposed, none where they stay
    or are left out; headed, headings: likewise, None where the heading stays; omits: whether it is to be left out.
    authors, tracked: as the file says; fields: the act's form; draft, signable: the act, where there is one."""

    provision: str
    before: Mapping[str, str]
    texts: Mapping[str, str]
    authors: tuple[str, ...]
    tracked: bool
    fields: tuple[tuple[str, str], ...] = ()
    draft: VisibleDraft | None = None
    signable: str = ""
    headed: Mapping[str, str] = {}
    headings: Mapping[str, str] | None = None
    omits: bool = False


class VisibleChanges(Struct, frozen=True):
    """What a file proposes. edition: number of the one that it was made from; brackets: with those shown; since: what
    was done about its brackets on the table since."""

    name: str
    edition: int
    brackets: bool
    proposals: tuple[VisibleProposal, ...]
    remarks: tuple[VisibleRemark, ...]
    since: tuple[VisibleAct, ...] = ()


def changed_page(
    record: VisibleRecord,
    *,
    instrument: str,
    read: VisibleChanges | None = None,
    problem: str = "",
    largest: int,
    viewers: tuple[str, ...] = (),
) -> ChangedPage:
    """largest: bytes of a file that is read."""
    sight = Sight(record, viewers, CHANGED, {"instrument": instrument})
    found = tuple(_proposed(sight, one) for one in read.proposals) if read else ()
    word = sight.place.page("text.docx", instrument=instrument, brackets="yes").address
    return ChangedPage(
        shell=drawn_around(sight, _("Bring back a Word file with your changes")),
        title=sight.names.instrument_title(instrument),
        process=sight.state.convened.origin,
        action=sight.place.address,
        sign=sight.place.page("sign").address,
        text=Link(text=_("Back to the text"), href=sight.place.page("text", instrument=instrument).address),
        download=Link(text=_("Download the text as Word, brackets shown"), href=word),
        size=f"{largest // 1_000_000} MB",
        problem=problem,
        file=read.name if read else "",
        base=_base(sight, instrument, read) if read else "",
        since=tuple(_since(sight, act) for act in read.since[-MOST_SINCE:]) if read else (),
        found=found,
        signable=sum(1 for one in found if one.draft),
        remarks=remark_lines(read.remarks) if read else (),
    )


def _base(sight: Sight, instrument: str, read: VisibleChanges) -> str:
    last = sight.state.instruments[instrument].edition
    shown = _("with the open brackets shown") if read.brackets else _("without brackets")
    said = _("Read as made from edition {number}, {shown}.", number=read.edition, shown=shown)
    if last is not None and last.number != read.edition:
        said += " " + _(
            "Edition {number} stands now: look at each proposal again before you sign it.", number=last.number
        )
    return said


def _since(sight: Sight, act: VisibleAct) -> Prose:
    return worded("{sentence}, {act}", sentence=sight.say(act), act=sight.cite(act.index))


def _proposed(sight: Sight, one: VisibleProposal) -> Proposed:
    sentence = (
        ended(sight.say(one.draft.act)) if one.draft and one.draft.act and not one.draft.refusals else ""
    )
    return Proposed(
        number=sight.names.provision(one.provision) or numbered(one.provision),
        headings=tuple(_wordings(one.headed, {} if one.omits else one.headings)),
        wordings=tuple(_wordings(one.before, one.texts if one.texts or one.omits else None)),
        whose=_whose(one),
        sentence=sentence if one.signable else "",
        draft=one.signable,
        fields=one.fields,
        problems=tuple(_problems(one)),
    )


def _wordings(before: Mapping[str, str], after: Mapping[str, str] | None) -> Iterator[Wording]:
    """In each language whose words change; what is left out is struck. after: None where they stay."""
    if after is None:
        return
    for tag in dict.fromkeys((*before, *after)):
        old, new = before.get(tag, ""), after.get(tag, "")
        if old != new:
            found = pieces(compare_texts(old, new, tag), tag)
            yield Wording(lang=tag, direction=direction(tag), pieces=found, missing=language_name(tag))


def _whose(one: VisibleProposal) -> str:
    authors = listed([author or _("somebody who is not named") for author in one.authors])
    if one.tracked:
        return _("Changed by {authors}, as the file says.", authors=authors or _("somebody who is not named"))
    if authors:
        return _(
            "Changed by {authors}, as the file says, and in part without being tracked.", authors=authors
        )
    return _("Changed without being tracked: look at it with care.")


def _problems(one: VisibleProposal) -> Sequence[Problem]:
    fields: tuple[FormField, ...] = ()
    return tuple(problem_of(refusal, fields) for refusal in one.draft.refusals) if one.draft else ()
