"""The four questions with each side’s ladder, at five moments."""

from __future__ import annotations

from detente.views.finality_figure import Aside, FinalityFigure, LadderSide, Question, SideSteps, Step
from detente.views.marks import Mark, linked, prose
from tests.web.sample_pages.around import SAME_NIGHT, A, B


def to_do(label: str, detail: str, glyph: str = "empty", asides: tuple[Aside, ...] = ()) -> Step:
    return Step(glyph=glyph, label=label, detail=prose(detail), asides=asides)  # type: ignore[arg-type]


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
