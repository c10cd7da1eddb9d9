"""Checking a proof, and proving an act: with fields to choose, and with none."""

from __future__ import annotations

from hashlib import sha256

from detente.views.act import ActField
from detente.views.check import CheckPage
from detente.views.marks import Link, prose
from detente.views.proving import ChosenField, ProvePage
from tests.web.sample_pages.around import SAME_NIGHT, act, shell
from tests.web.sample_pages.processes import processes_page


def check_page() -> CheckPage:
    return CheckPage(
        shell=processes_page().shell,
        checker=Link(text="Download this page as one file", href="/check/detente-check.html"),
        digest=sha256(b"check").hexdigest(),
    )


def prove_page(*, none: bool = False) -> ProvePage:
    here = act(SAME_NIGHT, 72)
    remark = ActField(
        label="Remark", quoted=True, value=prose("In the light of the readings declared on Article 3.")
    )
    urdu = ActField(
        label="Texts, ur", value=prose("سڑک کھلی رہے گی۔"), quoted=True, lang="ur", direction="rtl"
    )
    return ProvePage(
        shell=shell(SAME_NIGHT, "Timeline", 87, "M", phase=prose("Concluded")),
        number=72,
        sentence="Delegation B assents, ad referendum, to edition 3 of the Understanding on border security",
        fields=()
        if none
        else (
            ChosenField(name="remark", label="Remark", values=(remark,)),
            ChosenField(name="texts", label="Texts", values=(urdu,)),
        ),
        content=None,
        none="This act has no hidden field to show: all that it says stands in the clear." if none else "",
        shows=(
            "That an act of kind “assent” stands in this record.",
            "The fields that you tick, and no other.",
        ),
        hides=("Every other act, and all chambers.",),
        file=f"{here}/proof",
        page=f"{here}/proof.html",
        sheet=f"{here}/sheet.html",
        log="",
        name="act-72-of-sameNigh",
        checker="/check/detente-check.html",
        looking_as="M" if none else "",
        back=Link(text="Act 72", href=here),
    )
