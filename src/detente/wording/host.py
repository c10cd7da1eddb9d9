"""What the host can and cannot do: the words that stand on the pages, in README.md and in docs/threat-model.md.

They are said everywhere in these words, so that nobody is promised more on one page than on another.
"""

from __future__ import annotations

from typing import Final

from detente.wording.language import N_, gettext

SENTENCES: Final = (
    N_("The host cannot alter what was signed, nor drop, reorder or fork what it has receipted, without leaving proof, "
       "as long as someone keeps receipts and one cosigner is honest."),
    N_("It can refuse, delay and choose the order of arrival; it sees who acts when; it reads what is not sealed; and "
       "whoever signs in a browser trusts the script it serves."),
    N_("Those who accept none of this sign on the command line."),
)  # fmt: skip


def host_said() -> str:
    """All of it, in the language spoken.

    >>> host_said().split(" ")[:3], host_said().count(".")
    (['The', 'host', 'cannot'], 3)
    """
    return " ".join(gettext(sentence) for sentence in SENTENCES)
