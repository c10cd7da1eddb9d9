"""What the elements of a commitment, its duty, and the order of two are called."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from detente.wording.language import N_, pgettext
from detente.wording.language import gettext as _

_ELEMENTS: Final = MappingProxyType({
    "actor": N_("Actor"), "duty": N_("Duty"), "action": N_("Action"), "area": N_("Area or object"),
    "period": N_("Period"), "indicator": N_("Indicator"), "verifier": N_("Verifier"), "method": N_("Method"),
    "consequence": N_("Consequence"),
})  # fmt: skip
_DUTIES: Final = MappingProxyType({
    "deliver": N_("to bring it about"), "refrain": N_("to refrain from it"),
    "use_influence": N_("to use influence, not to deliver"), "ensure": N_("to ensure it"),
    "event": N_("an event that nobody is said to owe"),
})  # fmt: skip
CAUTION: Final = N_(
    "The check reads words, not intentions. It refuses nothing: the sides may adopt the text as it stands."
)


def element_words(element: str) -> str:
    """
    >>> element_words("area")
    'Area or object'
    """
    return _(_ELEMENTS[element])


def duty_words(duty: str) -> str:
    """What a duty of this type obliges to.

    >>> duty_words("use_influence")
    'to use influence, not to deliver'
    """
    return _(_DUTIES[duty])


def presence_words(presence: str) -> str:
    """Whether an element is there, as a table says it."""
    if presence == "present":
        return pgettext("an element of a commitment", "Yes")
    return (
        _("Two readings") if presence == "two_readings" else pgettext("an element of a commitment", "Missing")
    )
