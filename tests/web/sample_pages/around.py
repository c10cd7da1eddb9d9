"""Who, where, when: marks, moments, act lines and what stands around a sample page."""

from __future__ import annotations

from hashlib import sha256

from detente.views.act_line import ActLine
from detente.views.marks import ActRef, Choice, Link, Mark, Moment, Prose, linked, prose
from detente.views.shell import AsOf, Footer, Notice, ProcessHead, Shell, Viewer

A = Mark(letter="A", tone="first", name="Delegation A")


B = Mark(letter="B", tone="second", name="Delegation B")


PA = Mark(letter="A", tone="first", name="Islamabad", principal=True)


PB = Mark(letter="B", tone="second", name="Kabul", principal=True)


M = Mark(letter="M", tone="mediator", name="Secretariat")


K = Mark(letter="K", tone="neutral", name="Keeper")


N = Mark(letter="N", tone="neutral", name="Neutral cosigner")


REPORTED = "/processes/reported"


SAME_NIGHT = "/processes/same-night"


def act(root: str, number: int) -> str:
    return f"{root}/acts/{number}"


def cite(root: str, number: int) -> Prose:
    return prose(linked(f"#{number}", act(root, number)))


def digits(seed: str, groups: int) -> str:
    text = sha256(seed.encode()).hexdigest()
    return " ".join(text[4 * group : 4 * group + 4] for group in range(groups))


def at(shown: str, *, illustrative: bool = False) -> Moment:
    return Moment(
        instant="2025-10-27T23:36:00Z",
        shown=shown,
        utc="27 Oct 2025, 23:36 UTC",
        illustrative=illustrative,
    )


def viewers(current: str, here: str) -> tuple[Viewer, ...]:
    people = (
        ("Public", None, "public"),
        ("Secretariat", M, "M"),
        ("Head of Delegation A", A, "A"),
        ("Islamabad, principal of A", PA, "PA"),
        ("Head of Delegation B", B, "B"),
        ("Kabul, principal of B", PB, "PB"),
    )
    return tuple(
        Viewer(name=name, mark=mark, href=f"{here}?as={who}", current=who == current)
        for name, mark, who in people
    )


READABLE = (
    "Plenary content is readable by the host; chamber content is not yet encrypted: readable by the host."
)


def shell(
    root: str, tab: str, size: int, viewer: str = "public", as_of: AsOf | None = None, phase: Prose = ()
) -> Shell:
    reported = root == REPORTED
    shown = as_of.act if as_of else size
    names = (
        "Overview",
        "Text",
        "Sessions",
        "Evidence and undertakings",
        "Powers",
        "Timeline",
        "Record",
        *(("Act",) if tab == "Act" else ()),
    )
    return Shell(
        page_title=f"{tab}, Istanbul round, October 2025",
        processes="/",
        viewers=viewers(viewer, root),
        process=ProcessHead(
            title="Istanbul round, October 2025",
            subtitle="the talks as reported" if reported else "the same night, asking the principal first",
            phase=phase,
            tabs=tuple(
                Choice(text=name, href=f"{root}/{name.lower()}", current=name == tab) for name in names
            ),
            acts=Link(text=f"{size} acts", href=f"{root}/timeline"),
            as_of=as_of,
            notice=Notice(
                label="Demonstration.",
                text="Rebuilt from one press article giving one side’s account, with demonstration keys; "
                "† marks illustrative times. It proves nothing about the real talks."
                if reported
                else "This process did not take place: it plays the reported night by the procedure, with "
                "demonstration keys. It proves nothing about the real talks.",
            ),
        ),
        footer=Footer(
            derived=f"Derived from signed acts 1 to {shown}.",
            zone="Times are Istanbul time (UTC+3) unless a zone is given.",
            readable=READABLE,
            illustrative="† marks illustrative times." if reported else "",
        ),
    )


def plain_shell(title: str) -> Shell:
    return Shell(
        page_title=title,
        processes="/",
        viewers=viewers("public", "/"),
        footer=Footer(
            derived="Derived from signed acts only.",
            zone="Times are Istanbul time (UTC+3) unless a zone is given.",
            readable=READABLE,
        ),
    )


def line(
    root: str,
    number: int,
    mark: Mark,
    sentence: str,
    time: str,
    *,
    effect: str = "",
    sealed: str = "",
    marked: bool = False,
) -> ActLine:
    return ActLine(
        mark=mark,
        sentence=sentence,
        time=at(time, illustrative=root == REPORTED),
        ref=ActRef(number=number, href=act(root, number)),
        digits=digits(f"{root}{number}", 2),
        as_of=f"{root}?at={number}",
        effect=effect,
        sealed=sealed,
        marked=marked or bool(effect),
    )
