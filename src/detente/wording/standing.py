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
    lacking_languages,
    open_brackets,
    standing_at,
    unconsolidated,
)
from detente.state.instrument import Instrument
from detente.state.ladder import STEP_WORDS, Step
from detente.wording.counting import languages_listed
from detente.wording.moments import full_moment, long_day
from detente.wording.names import Names

NO_INSTRUMENT: Final = "No. No text is on the table."
NO_EDITION: Final = "No. No edition of the text is issued."


def answer_sentence(instrument: Instrument, found: Finality, names: Names) -> str:
    """The answer to “Is it final?” in one sentence or two."""
    if found.in_force.yes:
        since = instrument.in_force_since
        return f"In force since {long_day(unix_from_instant(since), names.zone)}." if since else "In force."
    if found.binding.yes:
        return "Binding. Not yet in force."
    if found.authentic.yes:
        return "The text is authentic. It binds nobody yet." if not standing_at(instrument, CONSENTED) else (
            "The text is authentic. It does not bind every side yet.")  # fmt: skip
    if found.adopted.yes:
        return "Adopted, not yet authentic."
    if instrument.edition is None:
        return NO_EDITION
    if not open_brackets(instrument) and not standing_at(instrument, ASSENTED):
        taken_back = any(instrument.standing(side).step is Step.WITHDRAWN for side in instrument.sides)
        return "No. No side’s assent stands." if taken_back else "No. No side has assented."
    return "No. It is not adopted."


def next_edition(instrument: Instrument) -> int:
    """The edition to which an assent could be given: the last one, or the next while brackets stand in its way."""
    edition = instrument.edition
    if edition is None:
        return 1
    waiting = open_brackets(instrument) or unconsolidated(instrument)
    return edition.number + 1 if waiting else edition.number


def standing_words(step: Step) -> str:
    return STEP_WORDS[step]


def _languages(instrument: Instrument) -> str:
    return languages_listed(instrument.authentic_languages())


Phrase = Callable[[Instrument, str, Names], str]


def _edition_missing(instrument: Instrument) -> str:
    """What the next edition has to be: the first, one without brackets, or one in every authentic language."""
    if not instrument.editions:
        return "edition 1 of the text"
    lacking = lacking_languages(instrument)
    if lacking and not open_brackets(instrument) and not unconsolidated(instrument):
        return f"edition {next_edition(instrument)}, also in {languages_listed(lacking)}"
    return f"edition {next_edition(instrument)}, without brackets"


_MISSING: Final[Mapping[str, Phrase]] = {
    "issue": lambda i, _s, _n: _edition_missing(i),
    "support_alternative": lambda _i, s, n: f"support for one text of {n.provision(s)}",
    "assent": lambda i, _s, _n: f"assent to edition {next_edition(i)}",
    "initial": lambda i, _s, _n: f"initials, in {_languages(i)}",
    "sign": lambda i, _s, _n: "signature",
    "sign_ad_referendum": lambda i, _s, _n: "signature ad referendum",
    "confirm_signature": lambda i, _s, _n: "confirmation of the signature",
    "consent": lambda i, _s, _n: (
        "consent by the means agreed" if i.consent == "agreed_means" else "ratification, acceptance or approval"),
    "accept_reservation": lambda _i, s, n: f"acceptance of the reservation, {n.act(s)}",
    "decide_credentials": lambda _i, _s, _n: "a decision that clears the way",
    "mark_time": lambda i, _s, n: f"the time marked, {_due(i, n)}",
}  # fmt: skip


def missing_words(missing: Missing, instrument: Instrument, names: Names) -> str:
    """A missing act as a noun: “assent to edition 3”."""
    phrase = _MISSING.get(missing.act)
    return phrase(instrument, missing.subject, names) if phrase else missing.act.replace("_", " ")


def entry_words(instrument: Instrument, names: Names) -> str:
    """The text's own condition for entry into force (VCLT art. 24)."""
    if instrument.entry == "date" and instrument.entry_date:
        return f"on {full_moment(unix_from_instant(instrument.entry_date), names.zone)}"
    if instrument.entry == "delay":
        return f"{instrument.entry_delay} days after the last consent"
    return "with the last consent"


def _due(instrument: Instrument, names: Names) -> str:
    if instrument.entry == "date" and instrument.entry_date:
        return f"at or after {full_moment(unix_from_instant(instrument.entry_date), names.zone)}"
    if instrument.entry == "delay":
        return f"{instrument.entry_delay} days after the last consent"
    return "after the last consent"


_TO_DO: Final[Mapping[str, Phrase]] = {
    "confirm_minute": lambda _i, s, n: f"confirm, or contest, the words minuted in {n.act(s)}",
    "answer_bridge": lambda _i, s, n: f"answer the mediators’ proposal on {n.provision(s)}",
    "open_bridge": lambda _i, s, n: f"read the answers to your proposal on {n.provision(s)}; open them if all are yes",
    "break_silence": lambda i, _s, _n: (
        f"break the silence on edition {i.editions[-1].number}, assent, or let it pass"),
    "object_to_correction": lambda _i, s, n: f"object to the correction proposed in {n.act(s)}, or let it be made",
    "correct": lambda _i, s, n: f"make the correction proposed in {n.act(s)}",
    "receive": lambda i, _s, _n: f"give a receipt for edition {i.editions[-1].number}",
    "confirm_act": lambda _i, s, n: f"confirm, or leave without effect, the act beyond the mandate, {n.act(s)}",
    "support_alternative": lambda _i, s, n: f"support one text of {n.provision(s)}, or propose another",
    "issue": lambda i, _s, _n: f"issue edition {next_edition(i)}",
    "assent": lambda i, _s, _n: f"assent to edition {next_edition(i)}, or propose an alternative",
    "initial": lambda i, _s, _n: f"initial edition {next_edition(i)}, or decline",
    "sign": lambda i, _s, _n: f"sign edition {next_edition(i)}, or decline",
    "sign_ad_referendum": lambda i, _s, _n: f"sign edition {next_edition(i)} ad referendum, or decline",
    "confirm_signature": lambda i, _s, _n: "confirm, or decline, the signature ad referendum",
    "consent": lambda i, _s, n: f"express consent to be bound by {n.instrument(i.id)}, or decline",
    "accept_package": lambda _i, s, n: f"accept, or decline, the package of {n.act(s)}",
    "accept_reservation": lambda _i, s, n: f"accept, or object to, the reservation of {n.act(s)}",
    "decide_credentials": lambda _i, _s, _n: "record the decision that clears the way",
    "mark_time": lambda i, _s, n: f"mark the time, {_due(i, n)}",
}  # fmt: skip


def to_do_words(act: str, subject: str, instrument: Instrument | None, names: Names) -> str:
    """What somebody may do next, as an infinitive: “assent to edition 3, or propose an alternative”."""
    if act == "adopt_rules":
        return "adopt the rules of procedure, or table others"
    if act == "instruct":
        return "answer the question of your delegation"
    phrase = _TO_DO.get(act)
    if phrase is None or instrument is None:
        # Two questions are asked of the process, not of a text.
        if act == "confirm_minute":
            return f"confirm, or contest, the words minuted in {names.act(subject)}"
        return act.replace("_", " ")
    return phrase(instrument, subject, names)
