"""The four questions with each side’s ladder, at five moments."""

from __future__ import annotations

from detente.views.finality_figure import Aside, FinalityFigure, LadderSide, Question, SideSteps, Step
from detente.views.marks import Mark, linked, prose
from tests.web.sample_pages.around import REPORTED, SAME_NIGHT, A, B, act, cite


def to_do(label: str, detail: str, glyph: str = "empty", asides: tuple[Aside, ...] = ()) -> Step:
    return Step(glyph=glyph, label=label, detail=prose(detail), asides=asides)  # type: ignore[arg-type]


def did(label: str, root: str, number: int, time: str) -> Step:
    return Step(
        glyph="done",
        label=label,
        detail=prose(linked(f"#{number}", act(root, number)), f", {time}"),
    )


def both(a: tuple[Step, ...], b: tuple[Step, ...]) -> tuple[SideSteps, ...]:
    return (
        SideSteps(mark=A, name="Islamabad", steps=a),
        SideSteps(mark=B, name="Kabul", steps=b),
    )


def side(
    mark: Mark, name: str, powers: str, letter: str, standing: str, flags: tuple[str, ...] = ()
) -> LadderSide:
    return LadderSide(
        mark=mark,
        name=name,
        powers=prose(powers),
        powers_missing=powers.startswith("No powers"),
        letter=letter,
        standing=standing,
        flags=flags,
    )


def reported_figure(asides: tuple[Aside, ...]) -> FinalityFigure:
    def none(label: str, detail: str = "none in the record") -> Step:
        return to_do(label, detail)

    confirm_a = none("Confirmation", "by Islamabad, if ad referendum")
    confirm_b = none("Confirmation", "by Kabul, if ad referendum")
    awaited = to_do("Assent", "none in the record", "awaited")
    return FinalityFigure(
        instrument="Draft understanding",
        href=f"{REPORTED}/text",
        edition="Edition 3, basis: by analogy",
        sides=(
            side(A, "Islamabad", "No powers in the record", ".", "none"),
            side(B, "Kabul", "No powers in the record", ".", "none"),
        ),
        questions=(
            Question(
                key="adopted",
                label="Adopted?",
                yes=False,
                glyph="awaited",
                reach="current",
                detail=prose("2 assents missing"),
                sides=both((awaited,), (to_do("Assent", "none in the record", "awaited", asides),)),
            ),
            Question(
                key="authentic",
                label="Authentic?",
                yes=False,
                glyph="empty",
                reach="ahead",
                detail=prose("Not adopted"),
                sides=both((none("Initials", "none"),), (none("Initials", "none"),)),
            ),
            Question(
                key="binding",
                label="Binding?",
                yes=False,
                glyph="empty",
                reach="ahead",
                detail=prose("No powers, no signature in the record"),
                sides=both((none("Signature", "none"), confirm_a), (none("Signature", "none"), confirm_b)),
            ),
            Question(
                key="in_force",
                label="In force?",
                yes=False,
                glyph="empty",
                reach="ahead",
                detail=prose("No condition in the record"),
                sides=both((none("Date noted", "none"),), (none("Date noted", "none"),)),
            ),
        ),
    )


POWERS = "Powers: assent, initial, sign ad referendum"


BINDING_BY = "Consent: signature ad referendum, confirmed by the principal"


THIRTY_DAYS = "30 days after the last confirmation"


def open_figure() -> FinalityFigure:
    def steps(capital: str) -> tuple[tuple[Step, ...], ...]:
        return (
            (to_do("Assent", "when no bracket is open"),),
            (to_do("Initials", "English, Urdu, Pashto"),),
            (to_do("Signature ad ref.", "by the delegation"), to_do("Confirmation", f"by {capital}")),
            (to_do("Date noted", "by the keeper"),),
        )

    a, b = steps("Islamabad"), steps("Kabul")
    return same_night_figure(
        "Edition 2",
        (".", "none"),
        (
            (
                "awaited",
                "current",
                prose(linked("Article 5", f"{SAME_NIGHT}/text#art_5"), " is open"),
                both(a[0], b[0]),
            ),
            ("empty", "ahead", prose("Not adopted yet"), both(a[1], b[1])),
            ("empty", "ahead", prose(BINDING_BY), both(a[2], b[2])),
            ("empty", "ahead", prose(THIRTY_DAYS), both(a[3], b[3])),
        ),
    )


def same_night_figure(
    edition: str, standing: tuple[str, str], parts: tuple[tuple[object, ...], ...]
) -> FinalityFigure:
    keys = ("adopted", "authentic", "binding", "in_force")
    labels = ("Adopted?", "Authentic?", "Binding?", "In force?")
    return FinalityFigure(
        instrument="Understanding on border security and verification",
        href=f"{SAME_NIGHT}/text",
        edition=f"{edition}, basis: by analogy",
        sides=(
            side(A, "Islamabad", POWERS, *standing),
            side(B, "Kabul", POWERS, *standing),
        ),
        questions=tuple(
            Question(
                key=key,  # type: ignore[arg-type]
                label=label,
                yes=part[0] == "done",
                glyph=part[0],  # type: ignore[arg-type]
                reach=part[1],  # type: ignore[arg-type]
                detail=part[2],  # type: ignore[arg-type]
                sides=part[3],  # type: ignore[arg-type]
            )
            for key, label, part in zip(keys, labels, parts, strict=True)
        ),
    )


def adopted_figure() -> FinalityFigure:
    def ahead(capital: str) -> tuple[tuple[Step, ...], ...]:
        return (
            (to_do("Initials", "English, Urdu, Pashto", "awaited"),),
            (to_do("Signature ad ref.", "by the delegation"), to_do("Confirmation", f"by {capital}")),
            (to_do("Date noted", "by the keeper"),),
        )

    a, b = ahead("Islamabad"), ahead("Kabul")
    return same_night_figure(
        "Edition 3",
        ("A", "assented, ad referendum"),
        (
            (
                "done",
                "done",
                prose("Edition 3, ", *cite(SAME_NIGHT, 73), ", 28 Oct 03:04"),
                both(
                    (did("Assented", SAME_NIGHT, 73, "03:04"),), (did("Assented", SAME_NIGHT, 72, "02:58"),)
                ),
            ),
            ("awaited", "current", prose("2 initials missing"), both(a[0], b[0])),
            ("empty", "ahead", prose(BINDING_BY), both(a[1], b[1])),
            ("empty", "ahead", prose(THIRTY_DAYS), both(a[2], b[2])),
        ),
    )


def done_parts() -> tuple[tuple[object, ...], ...]:
    return (
        (
            "done",
            "done",
            prose("Edition 3, ", *cite(SAME_NIGHT, 73), ", 28 Oct 03:04"),
            both((did("Assented", SAME_NIGHT, 73, "03:04"),), (did("Assented", SAME_NIGHT, 72, "02:58"),)),
        ),
        (
            "done",
            "done",
            prose("Final text, ", *cite(SAME_NIGHT, 75), ", 28 Oct 03:21"),
            both(
                (did("Initialled", SAME_NIGHT, 75, "03:21"),), (did("Initialled", SAME_NIGHT, 74, "03:18"),)
            ),
        ),
    )


def signed_figure() -> FinalityFigure:
    def binding(number: int, time: str, capital: str) -> tuple[Step, ...]:
        return (
            did("Signed ad ref.", SAME_NIGHT, number, time),
            to_do("Confirmation", f"by {capital}", "awaited"),
        )

    noted = (to_do("Date noted", "by the keeper"),)
    return same_night_figure(
        "Edition 3",
        ("R", "signed ad referendum"),
        (
            *done_parts(),
            (
                "awaited",
                "current",
                prose("2 confirmations missing"),
                both(binding(78, "03:46", "Islamabad"), binding(77, "03:40", "Kabul")),
            ),
            ("empty", "ahead", prose(THIRTY_DAYS), both(noted, noted)),
        ),
    )


def in_force_figure() -> FinalityFigure:
    def binding(number: int, time: str, confirmed: int, day: str) -> tuple[Step, ...]:
        return (
            did("Signed ad ref.", SAME_NIGHT, number, time),
            did("Confirmed", SAME_NIGHT, confirmed, day),
        )

    noted = (did("Date noted", SAME_NIGHT, 87, "30 Nov"),)
    return same_night_figure(
        "Edition 3",
        ("F", "in force"),
        (
            *done_parts(),
            (
                "done",
                "done",
                prose("Both confirmed, ", *cite(SAME_NIGHT, 84), ", 31 Oct 11:20"),
                both(binding(78, "03:46", 84, "31 Oct"), binding(77, "03:40", 83, "30 Oct")),
            ),
            ("done", "done", prose("Since 30 Nov 2025, ", *cite(SAME_NIGHT, 87)), both(noted, noted)),
        ),
    )
