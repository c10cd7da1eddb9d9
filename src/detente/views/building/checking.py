"""The page on which anybody checks what they were given."""

from __future__ import annotations

from detente.views.addresses import CHECKER
from detente.views.building.around import shell_alone
from detente.views.check import CheckPage
from detente.views.marks import Link
from detente.wording.language import gettext as _


def check_page(digest: str, looking_as: str = "") -> CheckPage:
    """digest: SHA-256, in hex, of the page in one file; looking_as: as whom, in a demonstration."""
    file = f"{CHECKER}?as={looking_as}" if looking_as else CHECKER
    return CheckPage(
        shell=shell_alone(_("Check a file that you were given"), looking_as),
        checker=Link(text=_("Download this page as one file"), href=file),
        digest=digest,
    )
