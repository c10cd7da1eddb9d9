"""Powers given, restricted, revoked, and an act beyond them."""

from __future__ import annotations

from detente.views.act_line import ActLine
from detente.views.mandates import (
    BeyondMandate,
    Mandate,
    MandatesPage,
    PowerCell,
    PowerRow,
    Restriction,
    SidePowers,
)
from detente.views.marks import ActRef, Mark, prose, strong
from tests.web.sample_pages.around import PA, PB, SAME_NIGHT, A, B, act, at, cite, digits, shell


def mandates_page() -> MandatesPage:
    yes, no = PowerCell(glyph="done", word="Yes"), PowerCell(glyph="empty", word="No")
    revoked = PowerCell(glyph="gap", word="Revoked")
    own = PowerCell(glyph="done", word="Own power")

    def mandate(mark: Mark, holder: str, capital: str, number: int, **more: object) -> Mandate:
        return Mandate(
            mark=mark,
            holder=holder,
            title="Full powers",
            given=prose(f"by {capital}, 27 Oct 2025, 08:55, ", *cite(SAME_NIGHT, number)),
            capacities="assent, initial, sign ad referendum",
            texts="the whole Understanding on border security and verification",
            validity="27 Oct to 30 Nov 2025",
            **{"glyph": "done", "state": "Valid", "restrictions": (), **more},  # type: ignore[arg-type]
        )

    return MandatesPage(
        shell=shell(SAME_NIGHT, "Powers", 82, "PA", phase=prose("Adjourned")),
        headline="Delegation A may sign ad referendum; B’s powers are revoked",
        lead=prose("A signature binds only once ", strong("its principal confirms it"), "."),
        capacities=("Assent", "Initial", "Sign ad referendum", "Sign definitively", "Confirm"),
        rows=(
            PowerRow(mark=A, name="Head of Delegation A", cells=(yes, yes, yes, no, no)),
            PowerRow(mark=PA, name="Islamabad", cells=(no, no, no, own, own)),
            PowerRow(
                mark=B,
                name="Head of Delegation B",
                cells=(revoked, revoked, revoked, no, no),
            ),
            PowerRow(mark=PB, name="Kabul", cells=(no, no, no, own, own)),
        ),
        sides=(
            SidePowers(
                mark=A,
                name="Delegation A",
                principal="Principal: Islamabad",
                mandates=(
                    mandate(
                        A,
                        "Head of Delegation A",
                        "Islamabad",
                        14,
                        restrictions=(
                            Restriction(
                                text=prose("Article 5 only after a referral"),
                                notified=True,
                                state="Notified to all, 27 Oct 09:10, #16: it limits (Article 47)",
                            ),
                            Restriction(
                                text=prose(
                                    "sealed; readable by Islamabad and Delegation A; not yet encrypted: readable "
                                    "by the host"
                                ),
                                notified=False,
                                state="Not notified: it does not limit the mandate towards others (Article 47)",
                            ),
                        ),
                    ),
                ),
                empty="",
            ),
            SidePowers(
                mark=B,
                name="Delegation B",
                principal="Principal: Kabul",
                mandates=(
                    mandate(
                        B,
                        "Head of Delegation B",
                        "Kabul",
                        15,
                        glyph="gap",
                        state="Revoked 28 Oct, #80",
                        revoked=prose("by Kabul, ", *cite(SAME_NIGHT, 80)),
                    ),
                ),
                empty="",
                note=prose("No office of another side has inherent powers here (Article 7(2))."),
            ),
        ),
        beyond=(
            BeyondMandate(
                act=ActLine(
                    mark=B,
                    sentence="Delegation B signed edition 3 definitively",
                    time=at("03:35"),
                    ref=ActRef(number=76, href=act(SAME_NIGHT, 76)),
                    digits=digits("76", 2),
                    as_of=f"{SAME_NIGHT}?at=76",
                    standing="unauthorised",
                ),
                glyph="gap",
                state="No confirmation by Kabul in this record (Article 8)",
            ),
        ),
        basis="Vienna Convention on the Law of Treaties, Articles 7, 8 and 47, by analogy.",
    )
