"""The page on which a side says what the open choices are worth to it, or the mediators estimate it.

The page holds the choices only. What is answered stays in the browser until it is sealed there.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente.acts.act import MEDIATION, SIDES
from detente.acts.sealing import outlived
from detente.procedure.disclosure import VisibleRecord
from detente.provisions.authentic import direction
from detente.provisions.bracket import factor
from detente.state.instrument import Instrument
from detente.state.packages import STANDS, OpenChoice, open_choices
from detente.state.records import Chamber, StatedPreferences
from detente.views.building.act_fields import sealed_file
from detente.views.building.around import drawn_around
from detente.views.building.preferences_given import given_of_sides
from detente.views.building.sight import Sight
from detente.views.building.substance import (
    alternative_number,
    behind,
    headings,
    keeps_words,
    main_language,
    omits,
    outermost,
    provisions_of,
    texts_of,
    under_heading,
)
from detente.views.building.text_brackets import GAP
from detente.views.marks import Choice, Mark, linked, worded
from detente.views.preferences import GivenBefore, PreferencesPage, WeighedIssue, WeighedOption
from detente.wording.counting import capitalised
from detente.wording.language import gettext as _


def preferences_page(
    record: VisibleRecord, *, instrument: str = "", side: str = "", viewers: tuple[str, ...] = ()
) -> PreferencesPage:
    """instrument: the first with something open, where it is left out; side: whose a mediator estimates."""
    sight = Sight(record, viewers, "preferences")
    texts = [text for text in sight.state.texts() if open_choices(text)]
    text = next((one for one in texts if one.id == instrument), next(iter(texts), None))
    kind = _kind(sight)
    estimated = _estimated(text, side) if kind == "estimate_preferences" else ""
    log = "mediators" if estimated else f"mediators-{sight.viewer_side}"
    chamber = _chamber(sight, log) if kind else None
    title = _title(sight, kind, estimated)
    return PreferencesPage(
        title=title,
        process=sight.state.convened.origin,
        kind=kind if text else "",
        log=log,
        side=estimated,
        instrument=text.id if text else "",
        lead=_lead(sight, kind, log),
        sides=tuple(_sides(sight, text, estimated)) if text and estimated else (),
        instruments=tuple(_instruments(sight, texts, text, estimated)) if len(texts) > 1 else (),
        issues=tuple(_issue(sight, text, choice) for choice in open_choices(text)) if text and kind else (),
        given=tuple(given_of_sides(sight, text)) if text and kind else (),
        before=_before(sight, chamber, text, estimated) if chamber and text else None,
        empty=_empty(kind, text),
        unsealed=_unsealed(chamber) if kind else "",
        chambers=sight.place.page("chambers").address,
        sign=sight.place.page("sign").address,
        shell=drawn_around(sight, title),
    )


def _kind(sight: Sight) -> str:
    person = sight.state.people.get(sight.viewer or "")
    if person is None or person.left is not None or not sight.now_shown:
        return ""
    if person.role in MEDIATION:
        return "estimate_preferences"
    return "state_preferences" if person.role in SIDES else ""


def _estimated(text: Instrument | None, side: str) -> str:
    if text is None:
        return ""
    return side if side in text.sides else text.sides[0]


def _chamber(sight: Sight, name: str) -> Chamber | None:
    return next((v.chamber for v in sight.record.chambers() if v.chamber.name == name), None)


def _title(sight: Sight, kind: str, estimated: str) -> str:
    if kind == "estimate_preferences" and estimated:
        return _("Estimate: what the open points are worth to {side}", side=sight.names.side(estimated))
    return _("What the open points are worth to your side")


def _lead(sight: Sight, kind: str, log: str) -> str:
    if kind == "estimate_preferences":
        return _(
            "The mediators’ estimate, on a side’s behalf. It is sealed in this browser for the mediators: no side and "
            "not the host can open it. It counts until the side says itself what the points are worth to it."
        )
    return _(
        "Sealed in this browser. It can be opened by {readers}; no other side and not the host can open it. It commits "
        "you to nothing, and you can give it anew at any time.",
        readers=sight.chamber_readers(log),
    )


def _empty(kind: str, text: Instrument | None) -> str:
    if not kind:
        return _(
            "Only delegates and principals say what the open points are worth to their side, and mediators estimate it. "
            "Sign in with a key of theirs, and look at the record as it is now."
        )
    if text is None:
        return _(
            "No provision has alternatives to choose between, so there is nothing to weigh. Next: a side proposes a text "
            "for a provision."
        )
    return ""


def _unsealed(chamber: Chamber | None) -> str:
    if chamber is None or not chamber.epochs:
        return _("This chamber has no key yet: the host could read what you give.")
    if outlived(chamber):
        return _("Somebody who has left, or a key that is revoked, can still open this chamber.")
    return ""


def _sides(sight: Sight, text: Instrument, chosen: str) -> list[Choice]:
    return [
        Choice(
            text=sight.names.side(side),
            href=sight.place.asking(instrument=text.id, side=side).address,
            current=side == chosen,
        )
        for side in text.sides
    ]


def _instruments(sight: Sight, texts: list[Instrument], chosen: Instrument | None, side: str) -> list[Choice]:
    return [
        Choice(
            text=sight.names.instrument(text.id),
            href=sight.place.asking(instrument=text.id, side=side).address,
            current=text == chosen,
        )
        for text in texts
    ]


def _before(sight: Sight, chamber: Chamber, text: Instrument, estimated: str) -> GivenBefore | None:
    """The last document of this side on this text, in this chamber."""
    side = estimated or sight.viewer_side
    given = [one for one in chamber.preferences if (one.side, one.instrument) == (side, text.id)]
    if not given:
        return None
    return _given(sight, chamber.name, given[-1])


def _given(sight: Sight, chamber: str, last: StatedPreferences) -> GivenBefore:
    act = next((act for act in sight.record.chamber_acts(chamber) if act.act.leaf == last.leaf), None)
    number = last.index + 1
    return GivenBefore(
        said=worded(
            "Last given by {who} in {act} of this chamber, on {edition}. A new one takes its place.",
            who=sight.names.briefly(last.by),
            act=linked(f"#{number}", sight.place.act(number, chamber).address),
            edition=sight.names.edition(last.edition),
        ),
        content=sealed_file(sight, act) if act else None,
    )


# --- the choices


def _issue(sight: Sight, text: Instrument, choice: OpenChoice) -> WeighedIssue:
    language, provision = main_language(text), choice.provision
    edition = provisions_of(sight, text.edition)
    titles = headings(edition, language)
    title = titles.get(provision) or titles.get(outermost(provision))
    name = sight.names.provision(provision)
    stands = next((p.texts.get(language, "") for p in edition if p.id == provision), "")
    words = [
        stands
        if option == STANDS or keeps_words(sight, option)
        else texts_of(sight, text, option).get(language, "")
        for option in choice.options
    ]
    factored = factor(words) if all(words) else None
    shared = bool(factored and (factored.prefix or factored.suffix))
    return WeighedIssue(
        provision=provision,
        number=alternative_number(provision, 0),
        heading=_("{provision}. {heading}", provision=name, heading=title) if title else capitalised(name),
        around=f"{factored.prefix}{GAP}{factored.suffix}" if factored and shared else "",
        lang=language,
        direction=direction(language),
        options=tuple(
            _option(
                sight,
                text,
                choice,
                place,
                (factored.middles[place].strip() if factored else "") or words[place],
            )
            for place in range(len(words))
        ),
    )


def _option(sight: Sight, text: Instrument, choice: OpenChoice, place: int, words: str) -> WeighedOption:
    value, language = choice.options[place], main_language(text)
    shown = words or _without_words(sight, value)
    return WeighedOption(
        value=value,
        number=_("as it stands") if value == STANDS else alternative_number(choice.provision, place),
        marks=_behind(sight, text, choice.provision).get(value, ()),
        text=shown if value == STANDS else under_heading(sight, text, value, shown),
        lang=language if words else "",
        direction=direction(language) if words else "auto",
    )


def _without_words(sight: Sight, option: str) -> str:
    """Why an option has none."""
    if option == STANDS or omits(sight, option):
        return _("the words are left out")
    return "" if keeps_words(sight, option) else _("text not disclosed to you")


def _behind(sight: Sight, text: Instrument, provision: str) -> Mapping[str, tuple[Mark, ...]]:
    return {alternative.leaf: behind(sight, alternative) for alternative in text.brackets[provision].live()}
