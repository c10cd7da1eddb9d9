"""Is it final? The answer as a sentence, and each missing act in words. The word never stands alone.

Page and terminal take the same words from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from detente.codec.instant import unix_from_instant
from detente.procedure.finality import Finality, Missing
from detente.state.answers import (
    ASSENTED,
    CONSENTED,
    has_ended,
    lacking_languages,
    open_brackets,
    refused_approvals,
    standing_at,
    unconsolidated,
)
from detente.state.instrument import Instrument
from detente.state.ladder import Step
from detente.state.one_text import is_asked
from detente.wording.counting import languages_listed
from detente.wording.language import N_, ngettext, translated
from detente.wording.language import gettext as _
from detente.wording.moments import full_moment, long_day
from detente.wording.names import Names

NO_INSTRUMENT: Final = N_("No. No text is on the table.")
NO_EDITION: Final = N_("No. No edition of the text is issued.")
_STANDING: Final[Mapping[Step, str]] = {
    Step.NONE: N_("no step"), Step.ASSENTED: N_("assented"), Step.INITIALLED: N_("initialled"),
    Step.SIGNED_AD_REFERENDUM: N_("signed ad referendum"), Step.SIGNED: N_("signed, approval pending"),
    Step.BOUND: N_("consent expressed"), Step.IN_FORCE: N_("in force"), Step.WITHDRAWN: N_("step taken back"),
    Step.NO_INTENTION: N_("declared that it does not intend to become a party"), Step.ENDED: N_("ended"),
}  # fmt: skip


def answer_sentence(instrument: Instrument, found: Finality, names: Names) -> str:
    """The answer to “Is it final?” in one sentence or two."""
    if found.in_force.yes:
        return _in_force(instrument, names)
    if found.binding.yes:
        return _("Binding. Not yet in force.")
    if has_ended(instrument):
        return _("No longer in force: the text has ended.")
    if found.authentic.yes:
        if standing_at(instrument, CONSENTED):
            return _("The text is authentic. It does not bind every side yet.")
        if refused_approvals(instrument):
            return _("Signed; ratification failed. The text binds nobody.")
        return _("The text is authentic. It binds nobody yet.")
    if found.adopted.yes:
        return _("Adopted, not yet authentic.")
    return _not_adopted(instrument)


def _in_force(instrument: Instrument, names: Names) -> str:
    since = instrument.in_force_since
    if not since:
        return _("In force.")
    return _("In force since {day}.", day=long_day(unix_from_instant(since), names.zone))


def _not_adopted(instrument: Instrument) -> str:
    if instrument.edition is None:
        return _(NO_EDITION)
    if open_brackets(instrument) or standing_at(instrument, ASSENTED):
        return _("No. It is not adopted.")
    if any(instrument.standing(side).step is Step.WITHDRAWN for side in instrument.sides):
        return _("No. No side’s assent stands.")
    return _("No. No side has assented.")


def next_edition(instrument: Instrument) -> int:
    """The edition to which an assent could be given: the last one, or the next while brackets stand in its way."""
    edition = instrument.edition
    if edition is None:
        return 1
    waiting = open_brackets(instrument) or unconsolidated(instrument)
    return edition.number + 1 if waiting else edition.number


def _to_issue(instrument: Instrument) -> int:
    """The number of the edition that a mediator is asked for: another one also where a language is lacking."""
    lacking = instrument.edition is not None and lacking_languages(instrument)
    return len(instrument.editions) + 1 if lacking else next_edition(instrument)


def _to_accept(instrument: Instrument, names: Names) -> int:
    return _to_issue(instrument) if is_asked(names.state) else next_edition(instrument)


def standing_words(step: Step) -> str:
    return _(_STANDING[step])


def _languages(instrument: Instrument) -> str:
    return languages_listed(instrument.authentic_languages())


Phrase = Callable[[Instrument, str, Names], str]


def _edition_missing(instrument: Instrument) -> str:
    """What the next edition has to be: the first, one without brackets, or one in every authentic language."""
    if not instrument.editions:
        return _("edition 1 of the text")
    lacking, number = lacking_languages(instrument), _to_issue(instrument)
    if lacking and not open_brackets(instrument) and not unconsolidated(instrument):
        return _("edition {number}, also in {languages}", number=number, languages=languages_listed(lacking))
    return _("edition {number}, without brackets", number=number)


def _mark_missing(instrument: Instrument, names: Names) -> str:
    if instrument.entry == "date" and instrument.entry_date:
        return _("the time marked, at or after {moment}", moment=_moment(instrument.entry_date, names))
    if instrument.entry == "delay":
        return ngettext("the time marked, {count} day after the last consent",
                        "the time marked, {count} days after the last consent", instrument.entry_delay or 0)  # fmt: skip
    return _("the time marked, after the last consent")


_MISSING: Final[Mapping[str, Phrase]] = {
    "issue": lambda i, s, n: (
        _("an edition of the annex {annex} that is one text with this", annex=n.instrument(s)) if s
        else _edition_missing(i)),
    "link_instrument": lambda _i, s, n: _(
        "the annex {annex} opened anew, between the sides and in the languages of this text", annex=n.instrument(s)),
    "support_alternative": lambda _i, s, n: _("support for one text of {provision}", provision=n.provision(s)),
    "assent": lambda i, s, n: (
        _("assent to the annex {annex}", annex=n.instrument(s)) if s
        else _("assent to edition {number}", number=_to_accept(i, n))),
    "initial": lambda i, _s, _n: _("initials, in {languages}", languages=_languages(i)),
    "sign": lambda i, _s, _n: _("signature"),
    "sign_ad_referendum": lambda i, _s, _n: _("signature ad referendum"),
    "confirm_signature": lambda i, _s, _n: _("confirmation of the signature"),
    "confirm_act": lambda _i, s, n: _("confirmation of the act beyond the mandate, {act}", act=n.act(s)),
    "consent": lambda i, _s, _n: (
        _("consent by the means agreed") if i.consent == "agreed_means"
        else _("ratification, acceptance or approval")),
    "accept_reservation": lambda _i, s, n: _("acceptance of the reservation, {act}", act=n.act(s)),
    "decide_credentials": lambda _i, _s, _n: _("a decision that clears the way"),
    "mark_time": lambda i, _s, n: _mark_missing(i, n),
}  # fmt: skip


def missing_words(missing: Missing, instrument: Instrument, names: Names) -> str:
    """A missing act as a noun: “assent to edition 3”."""
    phrase = _MISSING.get(missing.act)
    return phrase(instrument, missing.subject, names) if phrase else missing.act.replace("_", " ")


def why_missing(missing: Missing, instrument: Instrument) -> str:
    """Why, as a sentence. The rules name a language by its tag, and a page by its name."""
    lacking = (
        lacking_languages(instrument) if missing.act == "issue" and instrument.edition is not None else ()
    )
    number, languages = _to_issue(instrument), languages_listed(lacking)
    if lacking and missing.why == f"Edition {number}, also in {', '.join(lacking)}, is to be issued.":
        return _(
            "Edition {number}, also in {languages}, is to be issued.", number=number, languages=languages
        )
    return translated(missing.why)


def _moment(instant: str, names: Names) -> str:
    return full_moment(unix_from_instant(instant), names.zone)


def entry_words(instrument: Instrument, names: Names) -> str:
    """The text's own condition for entry into force (VCLT art. 24)."""
    if instrument.entry == "date" and instrument.entry_date:
        return _("on {moment}", moment=_moment(instrument.entry_date, names))
    if instrument.entry == "delay":
        days = instrument.entry_delay or 0
        return ngettext("{count} day after the last consent", "{count} days after the last consent", days)
    return _("with the last consent")


def _mark_the_time(instrument: Instrument, names: Names) -> str:
    if instrument.entry == "date" and instrument.entry_date:
        return _("mark the time, at or after {moment}", moment=_moment(instrument.entry_date, names))
    if instrument.entry == "delay":
        return ngettext("mark the time, {count} day after the last consent",
                        "mark the time, {count} days after the last consent", instrument.entry_delay or 0)  # fmt: skip
    return _("mark the time, after the last consent")


def _words_minuted(minute: str, names: Names) -> str:
    return _("confirm, or contest, the words minuted in {act}", act=names.act(minute))


_TO_DO: Final[Mapping[str, Phrase]] = {
    "confirm_minute": lambda _i, s, n: _words_minuted(s, n),
    "answer_bridge": lambda _i, s, n: _("answer the mediators’ proposal on {provision}", provision=n.provision(s)),
    "open_bridge": lambda _i, s, n: _(
        "read the answers to your proposal on {provision}; open them if all are yes", provision=n.provision(s)),
    "break_silence": lambda i, _s, _n: _(
        "break the silence on edition {number}, assent, or let it pass", number=i.editions[-1].number),
    "object_to_correction": lambda _i, s, n: _(
        "object to the correction proposed in {act}, or let it be made", act=n.act(s)),
    "object_to_notice": lambda _i, s, n: _(
        "object to the notice of breach of {act}, or let the period pass", act=n.act(s)),
    "correct": lambda _i, s, n: _("make the correction proposed in {act}", act=n.act(s)),
    "receive": lambda i, _s, _n: _("give a receipt for edition {number}", number=i.editions[-1].number),
    "confirm_act": lambda _i, s, n: _(
        "confirm, or leave without effect, the act beyond the mandate, {act}", act=n.act(s)),
    "support_alternative": lambda _i, s, n: _(
        "support one text of {provision}, or propose another", provision=n.provision(s)),
    "issue": lambda i, _s, _n: _("issue edition {number}", number=_to_issue(i)),
    "link_instrument": lambda i, _s, n: _(
        "open the annex {annex} anew, between the sides and in the languages of its text", annex=n.instrument(i.id)),
    "assent": lambda i, _s, _n: _(
        "assent to edition {number}, or propose an alternative", number=next_edition(i)),
    "initial": lambda i, _s, _n: _("initial edition {number}, or decline", number=next_edition(i)),
    "sign": lambda i, _s, _n: _("sign edition {number}, or decline", number=next_edition(i)),
    "sign_ad_referendum": lambda i, _s, _n: _(
        "sign edition {number} ad referendum, or decline", number=next_edition(i)),
    "confirm_signature": lambda i, _s, _n: _("confirm, or decline, the signature ad referendum"),
    "consent": lambda i, _s, n: _(
        "express consent to be bound by {instrument}, or decline", instrument=n.instrument(i.id)),
    "accept_package": lambda _i, s, n: _("accept, or decline, the package of {act}", act=n.act(s)),
    "accept_reservation": lambda _i, s, n: _("accept, or object to, the reservation of {act}", act=n.act(s)),
    "decide_credentials": lambda _i, _s, _n: _("record the decision that clears the way"),
    "mark_time": lambda i, _s, n: _mark_the_time(i, n),
}  # fmt: skip


_ABOUT_UNDERTAKINGS: Final[Mapping[str, Callable[[str, Names], str]]] = {
    "receive_exhibit": lambda s, n: _("give a receipt for the exhibit {act}", act=n.act(s)),
    "assure": lambda s, n: _("give an assurance on the demand {act}, or decline it", act=n.act(s)),
    "confirm_assurance": lambda s, n: _("confirm, or contest, the assurance read back in {act}", act=n.act(s)),
    "withdraw_commitment": lambda s, n: _("withdraw the commitment {act} too, or let it stand", act=n.act(s)),
}  # fmt: skip
"""What is asked apart from any text."""


def to_do_words(act: str, subject: str, instrument: Instrument | None, names: Names) -> str:
    """What somebody may do next, as an infinitive: “assent to edition 3, or propose an alternative”."""
    if act == "adopt_rules":
        return _("adopt the rules of procedure, or table others")
    if act == "instruct":
        return _("answer the question of your delegation")
    if act == "open_instrument":
        return _("open an instrument")
    if act in _ABOUT_UNDERTAKINGS:
        return _ABOUT_UNDERTAKINGS[act](subject, names)
    phrase = _TO_DO.get(act)
    if phrase is None or instrument is None:
        # These questions are asked of the process, not of a text.
        return _words_minuted(subject, names) if act == "confirm_minute" else act.replace("_", " ")
    return phrase(instrument, subject, names)
