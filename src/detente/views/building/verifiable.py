"""Can it be verified? A provision chosen, what it says of each element, what is missing and where that could go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from detente.acts.commitments import standing_commitments
from detente.acts.readings import readings_of
from detente.procedure.disclosure import VisibleRecord
from detente.procedure.verifiability.check import Checked, Found
from detente.procedure.verifiability.words import CheckedText
from detente.provisions.authentic import direction
from detente.provisions.numbering import number_of
from detente.state.answers import is_adopted
from detente.state.instrument import Alternative, Edition, Instrument
from detente.state.undertakings import Duty
from detente.views.addresses import Place
from detente.views.building.around import drawn_around
from detente.views.building.checked_text import (
    NOTHING_COUNTED,
    Candidate,
    anchor_of,
    candidates,
    checked,
    checked_ids,
    checked_text,
    count_words,
    missing_counts,
)
from detente.views.building.commitment_orders import commitment_orders
from detente.views.building.drawn import drawn
from detente.views.building.open_brackets import text_place
from detente.views.building.sight import Sight
from detente.views.building.substance import alternative_number, behind, main_language, provisions_of
from detente.views.building.text_history import one_after_another
from detente.views.marks import Choice, Glyph, Link, Prose, linked, prose, worded
from detente.views.verifiable import (
    DoubtLine,
    ElementRow,
    Offered,
    ProvisionChecked,
    VerifiablePage,
    WordsChecked,
)
from detente.wording.counting import capitalised, language_name
from detente.wording.language import N_, ngettext, translated
from detente.wording.language import gettext as _
from detente.wording.provisions import numbered
from detente.wording.saying import quoted
from detente.wording.verifiability import CAUTION, duty_words, element_words, presence_words

_GLYPHS: Final[dict[str, Glyph]] = {"present": "done", "missing": "gap", "two_readings": "awaited"}
_SOURCES: Final = {
    "period": N_("From the date in {provision}, without end"),
    "verifier": N_("By whom {provision} says"), "method": N_("As {provision} says"),
    "consequence": N_("What {provision} says"),
}  # fmt: skip
NO_TEXT: Final = N_(
    "No edition of a text is issued, so there are no words to check. A mediator issues the first."
)
NOT_DISCLOSED: Final = N_(
    "The words of this edition are not disclosed to you, so they cannot be checked here."
)
NO_DUTY: Final = N_("No provision of this text says that a side shall do something, or shall not.")
LONGEST: Final = 120
"""Characters quoted of a provision in a table."""


def verifiable_page(
    record: VisibleRecord, *, instrument: str = "", provision: str = "", viewers: tuple[str, ...] = ()
) -> VerifiablePage:
    """provision: an id; what the text does not have is answered with the first that lacks an element."""
    sight = Sight(record, viewers, "verifiable", {"instrument": instrument, "provision": provision})
    order = sight.state.instrument_order
    name = instrument if instrument in order else next(iter(order), "")
    found = sight.state.instruments.get(name)
    edition = found.edition if found else None
    text = checked_text(sight, found, edition) if found and edition else None
    counts = (missing_counts(sight, found, edition) if found and edition else NOTHING_COUNTED).of_provision
    asked = provision if found and edition and text and provision in checked_ids(found, edition, text) else ""
    chosen = asked or next((eid for eid, (missing, _of) in counts.items() if missing), next(iter(counts), ""))
    return VerifiablePage(
        title=sight.names.instrument_title(name) if found else _("Text"),
        lead=_lead(found, edition, text, counts, undisclosed=not provisions_of(sight, edition)),
        instruments=_instruments(sight, name),
        offered=tuple(_offered(sight, eid, *counts[eid], current=eid == chosen) for eid in counts),
        checked=provision_checked(sight, found, edition, text, chosen) if found and edition and text and chosen else None,
        orders=commitment_orders(sight, name),
        shell=drawn_around(sight, _("Can it be verified?")),
    )  # fmt: skip


def first_lacking(sight: Sight) -> ProvisionChecked | None:
    """The first provision on the table that states a duty and lacks an element; None where there is none."""
    for found in sight.state.texts():
        edition = found.edition
        text = checked_text(sight, found, edition) if edition else None
        if edition is None or text is None:
            continue
        counts = missing_counts(sight, found, edition).of_provision
        lacking = next((eid for eid, (missing, _of) in counts.items() if missing), None)
        if lacking is not None:
            return provision_checked(sight, found, edition, text, lacking)
    return None


def _lead(
    instrument: Instrument | None,
    edition: Edition | None,
    text: CheckedText | None,
    counts: Mapping[str, tuple[int, int]],
    *,
    undisclosed: bool,
) -> str:
    if instrument is None or edition is None:
        return _(NO_TEXT)
    if undisclosed:
        return _(NOT_DISCLOSED)
    if text is None:
        return _(
            "Not checked in this language: {language}.", language=language_name(main_language(instrument))
        )
    if not counts:
        return _(NO_DUTY)
    short = sum(1 for missing, _of in counts.values() if missing)
    if not short:
        return _("Every provision that states a duty gives all nine elements.")
    return ngettext(
        "One provision states a duty, and it lacks an element.",
        "{count} provisions state a duty; {short} of them lack an element.", len(counts), short=short)  # fmt: skip


def _instruments(sight: Sight, name: str) -> tuple[Choice, ...]:
    order = sight.state.instrument_order
    return tuple(
        Choice(text=sight.names.instrument(one), current=one == name,
               href=sight.place.asking(instrument=one, provision="").address)
        for one in (order if len(order) > 1 else ())
    )  # fmt: skip


def _offered(sight: Sight, eid: str, missing: int, of: int, *, current: bool) -> Offered:
    href = f"{sight.place.asking(provision=eid).address}#checked"
    choice = Choice(text=numbered(eid), href=href, current=current)
    return Offered(choice=choice, glyph="gap" if missing else "done", state=count_words(missing, of))


# --- one provision


def provision_checked(
    sight: Sight, instrument: Instrument, edition: Edition, text: CheckedText, eid: str
) -> ProvisionChecked:
    offered = tuple(candidates(sight, instrument, edition, text, eid))
    found = [checked(sight, instrument, text, eid, one.words) for one in offered]
    language = main_language(instrument)
    return ProvisionChecked(
        head=_("Can {provision} be verified?", provision=sight.names.provision(eid)),
        about=_about(sight, instrument, edition),
        text=Link(
            text=_("Text of {provision}", provision=sight.names.provision(eid)),
            href=_anchor(sight, instrument, eid),
        ),
        in_brackets=_in_brackets(offered),
        lang=language,
        direction=direction(language),
        texts=tuple(_words(sight, instrument, eid, *one) for one in zip(offered, found, strict=True)),
        drawn=tuple(drawn(sight, c) for c in standing_commitments(sight.state, instrument.id, eid)),
        links=tuple(_links(sight, instrument, eid, found[0])),
        caution=_(CAUTION),
    )  # fmt: skip


def _in_brackets(offered: tuple[Candidate, ...]) -> str:
    if len(offered) < 2:
        return ""
    return ngettext(
        "Its words are in brackets. {count} text is offered, and each is checked.",
        "Its words are in brackets. {count} texts are offered, and each is checked.", len(offered))  # fmt: skip


def _words(
    sight: Sight, instrument: Instrument, eid: str, candidate: Candidate, found: Checked
) -> WordsChecked:
    alternative = candidate.alternative
    return WordsChecked(
        anchor=anchor_of(alternative) if alternative and not candidate.letters else "",
        marks=behind(sight, alternative) if alternative else tuple(sight.whose(w) for w in candidate.letters),
        note=_tabled(sight, alternative),
        verdict=_verdict(found),
        number=alternative_number(eid, candidate.place),
        words=candidate.words,
        rows=tuple(_row(sight, instrument, eid, one, found.duty) for one in found.elements if found.duty),
        doubts=tuple(DoubtLine(sentence=translated(d.sentence), instead=translated(d.instead)) for d in found.doubts),
    )  # fmt: skip


def _tabled(sight: Sight, alternative: Alternative | None) -> Prose:
    if alternative is None:
        return ()
    by = sight.names.author_side(alternative.side)
    return worded("Tabled by {by}, {act}.", by=by, act=sight.cite(alternative.index))


def _about(sight: Sight, instrument: Instrument, edition: Edition) -> str:
    if is_adopted(sight.state, instrument):
        return _("Check of edition {number}, which is adopted", number=edition.number)
    return _("Check of edition {number}, before it is adopted", number=edition.number)


def _anchor(sight: Sight, instrument: Instrument, eid: str) -> str:
    return f"{text_place(sight, instrument).address}#{eid}"


def _verdict(found: Checked) -> str:
    if found.duty is None:
        return _("It states no duty of a side, so there is nothing to verify.")
    if not found.missing:
        return _("Yes, as its words stand: all nine elements are there.")
    return ngettext("Not yet. One of {of} elements is missing.", "Not yet. {count} of {of} elements are missing.",
                    len(found.missing), of=len(found.elements))  # fmt: skip


def _row(sight: Sight, instrument: Instrument, eid: str, found: Found, duty: Duty) -> ElementRow:
    return ElementRow(
        name=element_words(found.element),
        words=quoted(found.words, LONGEST),
        glyph=_GLYPHS[found.presence],
        presence=presence_words(found.presence),
        present=found.presence == "present",
        why=_readings(sight, instrument, eid)
        if found.presence == "two_readings"
        else _why(sight, instrument, found, duty),
    )


def _why(sight: Sight, instrument: Instrument, found: Found, duty: Duty) -> Prose:
    if found.source:
        source = linked(sight.names.provision(found.source), _anchor(sight, instrument, found.source))
        return worded(_SOURCES[found.element], provision=source)
    if found.presence == "present":
        return prose(capitalised(duty_words(duty))) if found.element == "duty" else ()
    why = translated(found.why)
    if not found.where:
        return prose(why)
    where = linked(sight.names.provision(found.where), _anchor(sight, instrument, found.where))
    return worded("{why} See {provision}.", why=why, provision=where) if _is_open(found) else worded(
        "{why} It could go in {provision}.", why=why, provision=where)  # fmt: skip


def _is_open(found: Found) -> bool:
    """Whether `where` is what the element hangs on, rather than where it could be written."""
    return found.element in ("verifier", "method", "consequence", "period")


def _readings(sight: Sight, instrument: Instrument, eid: str) -> Prose:
    found = (
        worded("{who}, {act}", who=sight.names.author_side(reading.side), act=sight.cite(reading.index))
        for reading in readings_of(instrument, eid)
    )
    return worded("Read differently: {readings}.", readings=one_after_another(found))


# --- what can be done about it


def _links(sight: Sight, instrument: Instrument, eid: str, found: Checked) -> Iterable[Link]:
    """For whoever can act here: in a demonstration nobody holds a key."""
    person = sight.state.people.get(sight.viewer or "")
    if sight.viewers or person is None or not sight.now_shown:
        return
    about = {"instrument": instrument.id, "provision": number_of(eid)}
    if person.side in instrument.sides or sight.names.mediates(person.id):
        words = {"duty": (found.duty or "deliver").replace("_", " "), "quote": _quote(found)}
        yield Link(
            text=_("Draw a commitment from it"), href=_sign(sight, "draw_commitment", **about, **words)
        )
    if person.side in instrument.sides and not is_adopted(sight.state, instrument) and found.missing:
        yield Link(text=_("Propose words"), href=_sign(sight, "propose_alternative", **about))


def _quote(found: Checked) -> str:
    return " ".join(f.words for f in found.elements if f.element in ("actor", "duty", "action") and f.words)


def _sign(sight: Sight, kind: str, **given: str) -> str:
    place: Place = sight.place.page("sign", kind=kind, **given)
    return place.address
