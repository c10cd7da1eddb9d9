"""Proving one act: what its reader may show of it, and in words what the file will show and what it will not."""

from __future__ import annotations

from detente.procedure.disclosure import VisibleAct, VisibleRecord
from detente.views.addresses import CHECKER, proof_file
from detente.views.building.act_fields import label, opened_field, sealed_file, shown_names
from detente.views.building.around import drawn_around
from detente.views.building.sight import Sight
from detente.views.marks import Link
from detente.views.proving import ChosenField, ProvePage
from detente.wording.english import kind_words
from detente.wording.language import gettext as _


def prove_page(
    record: VisibleRecord, index: int, *, chamber: str = "", viewers: tuple[str, ...] = ()
) -> ProvePage | None:
    """The page of proving an act, or None where there is none for this reader. index: from 0; chamber: the name of the
    chamber log that it stands in."""
    number = index + 1
    sight = Sight(record, viewers, f"acts/{number}", {"log": chamber})
    found = record.chamber_acts(chamber)[index : index + 1] if chamber else (record.act(index),)
    act = found[0] if found else None
    if act is None:
        return None
    names, content = shown_names(act), sealed_file(sight, act)
    place = sight.place.now
    return ProvePage(
        number=number,
        sentence=sight.say(act),
        fields=tuple(
            ChosenField(name=name, label=label(name), values=tuple(opened_field(sight, act, name))) for name in names
        ),
        content=content,
        none="" if names or content else _none(act),
        shows=_shows(act),
        hides=_hides(act),
        file=place.page(f"acts/{number}/proof").without_query,
        page=place.page(f"acts/{number}/proof.html").without_query,
        sheet=place.page(f"acts/{number}/sheet.html").without_query,
        log=chamber,
        name=proof_file(place.process, number, chamber),
        checker=CHECKER,
        looking_as=place.looking_as,
        back=Link(text=_("Act {number}", number=number), href=place.act(number, chamber).address),
        shell=drawn_around(sight, _("Prove act {number}", number=number)),
    )  # fmt: skip


def _none(act: VisibleAct) -> str:
    if act.sealed:
        return _("This act has hidden fields, and they are not for you: you cannot show them to others.")
    return _("This act has no hidden field to show: all that it says stands in the clear.")


def _shows(act: VisibleAct) -> tuple[str, ...]:
    return (
        _("That an act of kind “{kind}” stands in this record, where, and of what date.", kind=kind_words(act.kind.name)),
        _("What the act says in the clear: who, which text, which edition, never free words."),
        _("Who signed it, by the short id that they have in this record, and in what role they were admitted."),
        _("Who enrolled the author’s key and admitted them, and the process id."),
        _("How many acts its chamber and the main record hold now, and who has cosigned that.")
        if act.chamber
        else _("How many acts the record holds now, who has cosigned that, and who named those cosigners that were named "
               "after convening."),
        _("The fields that you tick, and no other."),
    )  # fmt: skip


def _hides(act: VisibleAct) -> tuple[str, ...]:
    return (
        _("The hidden fields that you do not tick: nobody can work them out from the file."),
        _("Every other act of the chamber, every other chamber, and whether its author belonged to it.")
        if act.chamber
        else _("Every other act, and all chambers."),
        _("Whether the act kept the rules, whether the key was revoked later, and what came after it."),
        _("Names of people and of the talks, unless you tick them."),
    )
