"""The page on which an exhibit is presented: one group that can read, one of which nobody has a key yet."""

from __future__ import annotations

from detente.views.presenting import Opener, PresentPage
from tests.web.sample_pages.around import SAME_NIGHT, shell
from tests.web.sample_pages.chambers import ORIGIN

KEYS = '{"q2Jx8vGm1rZyq9cTn3kVb0pWl5sUe7oHd4fAa6iRj1M":"hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo"}'


def present_page(*, largest: int = 4 * 2**30) -> PresentPage:
    return PresentPage(
        shell=shell(SAME_NIGHT, "Present an exhibit", 87, "A"),
        process=ORIGIN,
        who="Head of Delegation A",
        own=KEYS,
        openers=(
            Opener(value="A", text="Delegation A and its principal", keys=KEYS, recovery="", lacking="", chosen=True),
            Opener(
                value="B", text="Delegation B and its principal", keys="{}", recovery="",
                lacking="No key to read with yet: Head of Delegation B.",
            ),
        ),
        largest=largest,
        sign=f"{SAME_NIGHT}/sign",
    )  # fmt: skip
