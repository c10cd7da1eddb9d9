"""Claims in words: what somebody is said to have done, as its predicate and the words that follow say it."""

from __future__ import annotations

from typing import Final

from detente.state.predicates import denied, named
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.names import Names

_BROKEN_OFF: Final = "broke_off by nobody named"
_CLAIMS: Final = {
    "presented": (N_("{who} presented {exhibit}"), N_("{who} did not present {exhibit}")),
    "acknowledged": (N_("{who} acknowledged {exhibit}"), N_("{who} did not acknowledge {exhibit}")),
    "demanded": (N_("{who} made {demand}"), N_("{who} did not make {demand}")),
    "assured": (N_("{who} gave an assurance"), N_("{who} gave no assurance")),
    "received": (N_("{who} received {text}"), N_("{who} did not receive {text}")),
    "assented": (N_("{who} assented to {text}"), N_("{who} did not assent to {text}")),
    "initialled": (N_("{who} initialled {text}"), N_("{who} did not initial {text}")),
    "signed": (N_("{who} signed {text}"), N_("{who} did not sign {text}")),
    "bound": (N_("{who} is bound by {text}"), N_("{who} is not bound by {text}")),
    "adopted": (N_("{text} is adopted"), N_("{text} is not adopted")),
    "authentic": (N_("{text} is the final text"), N_("{text} is not the final text")),
    "binding": (N_("{text} is binding"), N_("{text} is not binding")),
    "in_force": (N_("{text} is in force"), N_("{text} is not in force")),
    "kept": (N_("{who} kept {commitment}"), N_("{who} did not keep {commitment}")),
    "breached": (N_("{who} breached {commitment}"), N_("{who} did not breach {commitment}")),
    "withdrew": (N_("{who} withdrew"), N_("{who} did not withdraw")),
    "broke_off": (N_("{who} broke off the talks"), N_("{who} did not break off the talks")),
    _BROKEN_OFF: (N_("the talks were broken off"), N_("the talks were not broken off")),
    "duration": (N_("the talks lasted {number} hours"), N_("the talks did not last {number} hours")),
    "sessions": (N_("there were {number} sessions"), N_("there were not {number} sessions")),
    "instructed": (N_("{who} had instructions from its principal"), N_("{who} had no instructions from its principal")),
    "confided": (N_("{who} said something in confidence"), N_("{who} said nothing in confidence")),
    "other": (N_("a claim of another kind"), N_("a denial of another kind")),
}  # fmt: skip
"""Predicate -> what is claimed, and what is denied."""
_GRADED: Final = {
    "received": N_("{claim} (as received)"), "examined": N_("{claim} (as examined)"),
    "authentic": N_("{claim} (as authentic)"),
    "accepted": N_("{claim} (accepted as showing what it is said to show)"),
}  # fmt: skip


def claim_words(predicate: str, argument: str, names: Names | None = None) -> str:
    """names: of this record, where they are known.

    >>> claim_words("duration", "50"), claim_words("withdrew", "not B")
    ('the talks lasted 50 hours', 'B did not withdraw')
    """
    if predicate not in _CLAIMS:
        return _("a claim")
    words = named(predicate, argument)
    who, text = words.get("WHO", words.get("SIDE", "")), words.get("TEXT", "")
    if predicate == "broke_off" and not who:
        predicate = _BROKEN_OFF
    title = names.instrument(text) if names is not None and text else text
    edition = words.get("NUMBER", "") if text else ""
    said = _(
        _CLAIMS[predicate][denied(argument)[0]],
        who=names.whose(who) if names is not None and who else who or _("somebody"),
        exhibit=_("exhibit {act}", act=_act(words["EXHIBIT"], names))
        if "EXHIBIT" in words
        else _("the evidence"),
        demand=_("demand {act}", act=_act(words["DEMAND"], names)) if "DEMAND" in words else _("a demand"),
        commitment=_("commitment {act}", act=_act(words["COMMITMENT"], names))
        if "COMMITMENT" in words
        else _("a commitment"),
        text=_("{text}, edition {number}", text=title, number=edition) if edition else title or _("a text"),
        number=words.get("NUMBER", ""),
    )
    return _(_GRADED[words["GRADE"]], claim=said) if "GRADE" in words else said


def _act(leaf: str, names: Names | None) -> str:
    return names.act(leaf) if names is not None else leaf[:8]
