"""Pages filled by hand from the Istanbul case, to look at and to hold the templates to.

Times, numbers and hashes are invented; the pages of a running process are filled from its record.
"""

from __future__ import annotations

from hashlib import sha256

from detente.views.act import ActField, ActPage
from detente.views.act_line import ActGroup, ActLine
from detente.views.brackets import ArticleTile, Brackets, OpenBracket, StackedAlternative
from detente.views.error import ErrorPage
from detente.views.finality_figure import (
    Aside,
    FinalityFigure,
    LadderSide,
    Question,
    ShortAnswer,
    SideSteps,
    Step,
)
from detente.views.hours import HourBar, Hours
from detente.views.mandates import (
    BeyondMandate,
    Mandate,
    MandatesPage,
    PowerCell,
    PowerRow,
    Restriction,
    SidePowers,
)
from detente.views.marks import ActRef, Choice, Link, Mark, Moment, Prose, linked, prose, strong
from detente.views.overview import (
    Answer,
    Claim,
    Claims,
    Deadline,
    MissingAct,
    OtherInstrument,
    OverviewPage,
    Owed,
    Seat,
    Turn,
)
from detente.views.pages import Page
from detente.views.processes import NextAct, ProcessEntry, ProcessesPage
from detente.views.record import CheckpointRow, ChamberLog, Copy, Cosigner, RecordPage, Trusted
from detente.views.sessions import AgendaItem, Minute, Session, SessionsPage
from detente.views.shell import AsOf, Footer, Notice, ProcessHead, Shell, Viewer
from detente.views.text import (
    Alternative,
    Article,
    Bridge,
    LanguageColumn,
    MarginNote,
    NoteLine,
    Piece,
    Provision,
    TextPage,
    Wording,
)
from detente.views.timeline import (
    AnswerBar,
    Carried,
    EditionTick,
    Filter,
    Option,
    RecordChart,
    Slider,
    Span,
    TimelinePage,
)

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


# --- around the page ------------------------------------------------------------------------------------


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
    names = ("Overview", "Text", "Sessions", "Powers", "Timeline", "Record")
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


# --- the overview ---------------------------------------------------------------------------------------

ARTICLES = (
    ("1", "Terms"),
    ("2", "Scope"),
    ("3", "Use of territory"),
    ("4", "Notified incidents"),
    ("5", "Monitoring"),
    ("6", "Crossing points"),
    ("7", "Joint commission"),
    ("8", "Closing clauses"),
)


def tiles(states: dict[str, str], open_article: str = "") -> tuple[ArticleTile, ...]:
    return tuple(
        ArticleTile(
            number=number,
            heading=heading,
            state=states.get(number, "No bracket"),
            href=f"{SAME_NIGHT}/text#art_{number}",
            open=number == open_article,
        )
        for number, heading in ARTICLES
    )


SEATS = (
    Seat(mark=A, name="Delegation A", detail=prose("Principal: Islamabad.")),
    Seat(mark=B, name="Delegation B", detail=prose("Principal: Kabul.")),
    Seat(
        mark=M,
        name="Mediators: Qatar, Türkiye",
        detail=prose("Their secretariat keeps the minutes and the record."),
    ),
)


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


def oral(root: str, number: int, head: str, time: str) -> Aside:
    return Aside(
        head=f"{head},",
        text=prose(linked(f"#{number}", act(root, number)), f", {time}†. Unconfirmed: no step"),
    )


REPORTED_MISSING = (
    MissingAct(place=1, mark=A, whose="Delegation A", act="assent to edition 3"),
    MissingAct(place=1, mark=B, whose="Delegation B", act="assent to edition 3"),
)
REPORTED_LATER = (
    MissingAct(place=2, mark=A, whose="Delegation A", act="initials or signature", why="authentic (10)"),
    MissingAct(place=2, mark=B, whose="Delegation B", act="initials or signature", why="authentic (10)"),
    MissingAct(place=3, mark=PA, whose="Islamabad", act="powers, or the confirmation of a signature"),
    MissingAct(place=3, mark=PB, whose="Kabul", act="powers, or the confirmation of a signature"),
)
REPORTED_BRACKETS = Brackets(
    count="None recorded",
    text=Link(text="Text of edition 3", href=f"{REPORTED}/text"),
    articles=(),
    open=(),
    empty="The record holds three editions by the Secretariat and no alternative tabled by a side. That shows "
    "what was entered here, not that the sides agreed. Next: each side can table an alternative, or assent.",
)
NO_AGENDA = Hours(
    total="No agenda in the record",
    bars=(),
    longest=1,
    note="",
    empty="The record holds one session of 18 h and no item taken up, so time by item cannot be derived. "
    "Next: the Secretariat can enter the agenda and the items of its minutes.",
)


NO_CLAIMS = Claims(count="", rows=())


def claim(number: int, words: str, source: str, answer: str, detail: str) -> Claim:
    return Claim(
        mark=A,
        words=words,
        source=source,
        ref=ActRef(number=number, href=act(REPORTED, number)),
        glyph="gap",
        answer=answer,
        detail=prose(detail),
    )


REPORTED_CLAIMS = Claims(
    count="4 registered, all by A; B and the mediators are invited to answer",
    rows=(
        claim(
            24,
            "“Four days of dialogue”",
            "a minister, 29 Oct",
            "Not in the record",
            "The record holds one session. #23 says otherwise.",
        ),
        claim(
            23,
            "“Three days, nearly 50 hours in total”",
            "a source, 29 Oct",
            "Not in the record",
            "The record holds one session of 18 h. #24 says otherwise.",
        ),
        claim(
            22,
            "The evidence was acknowledged by the other side and by the mediators",
            "a minister, 29 Oct",
            "Not in the record",
            "No acknowledgment by B or M. Not stated here by B.",
        ),
        claim(
            21,
            "The delegation withdrew from a nearly finalised draft",
            "officials, 28 Oct",
            "No signed act",
            "None supports or contradicts it; the ladder does not move.",
        ),
    ),
)


def reported_overview(now: bool) -> OverviewPage:
    asides: tuple[Aside, ...] = (oral(REPORTED, 14, "Oral yes", "02:34"),)
    newest = (
        line(REPORTED, 15, M, "Secretariat asked the speaker of #14 to confirm the words", "28 Oct 02:36"),
        line(
            REPORTED,
            14,
            M,
            "Secretariat minuted a yes by the head of Delegation B: oral, in Pashto, through an interpreter",
            "02:34",
        ),
        line(REPORTED, 13, A, "Delegation A’s lead asked whether edition 3 is final (minuted)", "02:33"),
        line(
            REPORTED, 12, M, "Secretariat circulated edition 3; no receipt by A or B in this record", "02:31"
        ),
        line(REPORTED, 11, M, "Secretariat issued edition 3; minute: “described as finalised”", "02:30"),
    )
    band: AsOf | None = AsOf(
        act=15,
        size=24,
        time=at("28 Oct 2025, 02:36", illustrative=True),
        said="just after the question was put.",
        previous=f"{REPORTED}?at=14",
        following=f"{REPORTED}?at=16",
        now=REPORTED,
    )
    turn = Turn(
        label="At this moment",
        yours=False,
        heading="Delegation B’s head was asked to confirm the words minuted",
        how=prose("Asked by the Secretariat at 02:36† (", linked("#15", act(REPORTED, 15)), ")."),
        no_deadline="No time limit is in the record;",
        silence="silence confirms nothing.",
        note=prose(
            "No rules of procedure are in the record. Until the sides adopt some, adoption needs the "
            "assent of both."
        ),
    )
    phase = prose("Session open since 27 Oct 10:00†")
    if now:
        asides = (*asides, oral(REPORTED, 17, "Oral: no longer assents", "02:41"))
        band = None
        phase = prose(
            "Session closed. Breaking off claimed by A (", *cite(REPORTED, 24), "); no act of the convenor"
        )
        newest = (
            line(
                REPORTED,
                24,
                A,
                "Delegation A registered a statement of 29 Oct: “four days of dialogue”",
                "29 Oct 18:00",
            ),
            line(
                REPORTED,
                23,
                A,
                "Delegation A registered a statement of 28 Oct: “withdrew from a nearly finalised draft”",
                "28 Oct 20:00",
                effect="No signed act supports or contradicts it; the ladder does not move",
            ),
            line(REPORTED, 18, M, "Secretariat closed the session after 18 h 00", "04:00"),
            line(
                REPORTED,
                17,
                M,
                "Secretariat minuted that the head of Delegation B no longer assents",
                "02:41",
            ),
            line(REPORTED, 16, M, "Secretariat minuted a reported telephone call; no referral act", "02:40"),
        )
        turn = Turn(
            label="Not your turn",
            yours=False,
            heading="Two delegations may act on edition 3",
            owed=(
                Owed(mark=A, who="Delegation A", what="assent to edition 3, or propose an alternative"),
                Owed(
                    mark=B,
                    who="Delegation B",
                    what="assent, propose an alternative, or confirm the words minuted",
                ),
            ),
            no_deadline="No time limit is in the record.",
            silence="Silence means nothing:",
            silence_note="it is neither a yes nor a no.",
            note=prose(
                "No powers of either side are in the record: an assent would be marked unauthorised until its "
                "principal confirms it (Vienna Convention, Article 8, by analogy)."
            ),
        )
    return OverviewPage(
        shell=shell(REPORTED, "Overview", 24, "public", band, phase),
        answer=Answer(
            sentence="No. No side has assented.",
            because=prose(
                "The mediators have issued edition 3. ",
                strong("The assent of A and the assent of B are missing."),
            ),
            besides=prose(
                "A yes by the head of Delegation B is minuted (",
                *cite(REPORTED, 14),
                "). The speaker has not confirmed the words, and a minute takes no step.",
            )
            if not now
            else prose(
                "A yes (",
                *cite(REPORTED, 14),
                ") and, seven minutes† later, its taking back (",
                *cite(REPORTED, 17),
                ") are minuted for the head of Delegation B. Neither is confirmed; neither is a step.",
            ),
            missing_head="Missing before it is adopted",
            missing=REPORTED_MISSING,
            later_head="Missing after that, until it is in force",
            later=REPORTED_LATER,
        ),
        turn=turn,
        figure=reported_figure(asides),
        others=(),
        brackets=REPORTED_BRACKETS,
        claims=REPORTED_CLAIMS if now else NO_CLAIMS,
        hours=NO_AGENDA,
        sessions=Link(text="Sessions", href=f"{REPORTED}/sessions"),
        last_acts=(ActGroup(head="", acts=newest),),
        timeline=Link(text="Timeline", href=f"{REPORTED}/timeline"),
        table=SEATS,
        powers=Link(text="Powers", href=f"{REPORTED}/powers"),
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


HOURS = Hours(
    total="14 h 48 so far",
    longest=312,
    bars=(
        HourBar(label="1 Use of territory", minutes=312, duration="5 h 12", share="35 %"),
        HourBar(label="2 Monitoring", minutes=276, duration="4 h 36", share="31 %"),
        HourBar(label="3 Notified incidents", minutes=125, duration="2 h 05", share="14 %"),
        HourBar(label="4 Crossing points", minutes=80, duration="1 h 20", share="9 %"),
        HourBar(label="Off the agenda", minutes=50, duration="0 h 50", share="6 %", hatched=True),
        HourBar(label="Breaks", minutes=45, duration="0 h 45", share="5 %", hatched=True),
    ),
    note="From the minutes of session 2, opened 27 Oct 10:00. Percentages are of the whole session.",
)
BRACKET_OPEN = Brackets(
    count="1 provision of 23, in 1 article of 8",
    text=Link(text="Text of edition 2", href=f"{SAME_NIGHT}/text"),
    articles=tiles({"3": "Closed, #58", "5": "Open"}, "5"),
    open=(
        OpenBracket(
            heading="Article 5, paragraph 1. Who observes, and how soon they get access",
            since=prose("open since 27 Oct 19:12, ", *cite(SAME_NIGHT, 44)),
            alternatives=(
                StackedAlternative(
                    number="5(1)",
                    marks=(A,),
                    bracketed=True,
                    text="joint teams with access within forty-eight hours",
                ),
                StackedAlternative(
                    number="5(1) bis",
                    marks=(B,),
                    bracketed=True,
                    text="liaison officers, each Side observing on its own side",
                ),
                StackedAlternative(
                    number="bridge",
                    marks=(M,),
                    bracketed=False,
                    text="joint teams by arrangement, access within seventy-two hours",
                    note="without prejudice, lapses 02:30",
                ),
            ),
        ),
    ),
)
BRACKETS_CLOSED = Brackets(
    count="None",
    text=Link(text="Text of edition 3", href=f"{SAME_NIGHT}/text"),
    articles=tiles({"3": "Closed", "5": "Closed"}),
    open=(),
    closing=prose(
        "The last one, in Article 5, closed with edition 3 (", *cite(SAME_NIGHT, 63), ", 28 Oct 01:10)."
    ),
)
LAST_AT_61 = (
    ActGroup(
        head="New since your last visit, 27 Oct 23:30",
        acts=(
            line(
                SAME_NIGHT,
                61,
                B,
                "Delegation B answered the proposal on Article 5",
                "00:41",
                sealed="sealed; readable by the mediators and Delegation B",
            ),
            line(SAME_NIGHT, 60, M, "Secretariat proposed a bridge on Article 5", "00:22"),
            line(SAME_NIGHT, 59, M, "Secretariat issued edition 2, one bracket open", "00:05"),
            line(SAME_NIGHT, 58, B, "Delegation B supported 3(2) bis, which closed", "27 Oct 23:51"),
        ),
    ),
    ActGroup(
        head="Seen before",
        acts=(
            line(SAME_NIGHT, 56, M, "Secretariat took up item 2, Monitoring", "27 Oct 22:58"),
            line(SAME_NIGHT, 55, M, "Interpreter certified the Urdu of 4(1)", "27 Oct 22:31"),
        ),
    ),
)
LAST_AT_82 = (
    ActGroup(
        head="",
        acts=(
            line(
                SAME_NIGHT,
                82,
                M,
                "Secretariat adjourned the talks; everything closed stays closed",
                "28 Oct 04:06",
            ),
            line(SAME_NIGHT, 81, M, "Secretariat closed session 2 after 18 h 00", "04:00"),
            line(SAME_NIGHT, 78, A, "Delegation A signed edition 3 ad referendum", "03:46"),
            line(SAME_NIGHT, 77, B, "Delegation B signed edition 3 ad referendum", "03:40"),
        ),
    ),
)


def same_night(
    shown: Shell,
    answer: Answer,
    turn: Turn,
    figure: FinalityFigure,
    brackets: Brackets,
    last: tuple[ActGroup, ...],
    others: tuple[OtherInstrument, ...] = (),
) -> OverviewPage:
    return OverviewPage(
        shell=shown,
        answer=answer,
        turn=turn,
        figure=figure,
        others=others,
        brackets=brackets,
        claims=NO_CLAIMS,
        hours=HOURS,
        sessions=Link(text="Sessions", href=f"{SAME_NIGHT}/sessions"),
        last_acts=last,
        timeline=Link(text="Timeline", href=f"{SAME_NIGHT}/timeline"),
        table=SEATS,
        powers=Link(text="Powers", href=f"{SAME_NIGHT}/powers"),
    )


FOUR_NO = (
    ShortAnswer(question="Adopted", yes=False, glyph="awaited"),
    ShortAnswer(question="Authentic", yes=False, glyph="empty"),
    ShortAnswer(question="Binding", yes=False, glyph="empty"),
    ShortAnswer(question="In force", yes=False, glyph="empty"),
)


def bracket_overview() -> OverviewPage:
    return same_night(
        shell(SAME_NIGHT, "Overview", 61, "A", phase=prose("Session 2 open since 27 Oct 10:00")),
        Answer(
            sentence="No. It is not adopted.",
            because=prose(
                "One bracket is open, in ",
                linked("Article 5", f"{SAME_NIGHT}/text#art_5"),
                ". No side can assent before it closes.",
            ),
            besides=(),
            missing_head="Missing before it is adopted",
            missing=(
                MissingAct(place=1, mark=A, whose="You, Delegation A", act="answer on Article 5", yours=True),
                MissingAct(place=2, mark=M, whose="Secretariat", act="edition 3, without brackets"),
                MissingAct(place=3, mark=A, whose="Delegation A", act="assent to edition 3"),
                MissingAct(place=3, mark=B, whose="Delegation B", act="assent to edition 3"),
            ),
            later_head="Missing after that, until it is in force",
            later=(
                MissingAct(place=4, mark=A, whose="Delegation A", act="initials", why="authentic"),
                MissingAct(place=4, mark=B, whose="Delegation B", act="initials", why="authentic"),
                MissingAct(
                    place=5, mark=PA, whose="Islamabad", act="confirmation of the signature", why="binding"
                ),
                MissingAct(
                    place=5, mark=PB, whose="Kabul", act="confirmation of the signature", why="binding"
                ),
            ),
        ),
        Turn(
            label="Your turn",
            yours=True,
            heading="Answer the mediators’ proposal on Article 5",
            deadline=Deadline(
                local=at("02:30 Istanbul time, 28 October"),
                utc="23:30 UTC, 27 October",
                left="1 h 42 min left",
            ),
            silence="Silence counts as no.",
            silence_note="Nothing else changes.",
            how=prose("It is signed on the command line, with your key:"),
            command="detente act answer art_5 --process same-night --as A",
            first=Link(text="What your powers say before you ask Islamabad", href=f"{SAME_NIGHT}/powers"),
            note=prose("has answered. Answers stay sealed until both are in, and open only if both are yes."),
            note_mark=B,
        ),
        open_figure(),
        BRACKET_OPEN,
        LAST_AT_61,
        (
            OtherInstrument(
                title="Declaration on humanitarian crossings",
                href=f"{SAME_NIGHT}?instrument=crossings",
                edition="Edition 1, basis: by analogy",
                sentence="No. One assent is missing: Delegation B’s.",
                answers=FOUR_NO,
                missing=(MissingAct(place=1, mark=B, whose="Delegation B", act="assent to edition 1"),),
            ),
        ),
    )


def adopted_overview() -> OverviewPage:
    return same_night(
        shell(SAME_NIGHT, "Overview", 73, "B", phase=prose("Session 2 open since 27 Oct 10:00")),
        Answer(
            sentence="No. It is adopted, not yet fixed.",
            because=prose(
                "Both sides assented to edition 3, ad referendum. ",
                strong("The initials of A and of B are missing"),
                " before it is the final text.",
            ),
            besides=(),
            missing_head="Missing before it is authentic",
            missing=(
                MissingAct(
                    place=1, mark=A, whose="Delegation A", act="initials, in English, Urdu and Pashto"
                ),
                MissingAct(
                    place=1,
                    mark=B,
                    whose="You, Delegation B",
                    act="initials, in English, Urdu and Pashto",
                    yours=True,
                ),
            ),
            later_head="Missing after that, until it is in force",
            later=(
                MissingAct(
                    place=2, mark=PA, whose="Islamabad", act="confirmation of the signature", why="binding"
                ),
                MissingAct(
                    place=2, mark=PB, whose="Kabul", act="confirmation of the signature", why="binding"
                ),
            ),
        ),
        Turn(
            label="Your turn",
            yours=True,
            heading="Initial edition 3, or do not",
            no_deadline="No time limit was agreed.",
            silence="Silence means nothing.",
            how=prose(
                "Your powers reach this act (", *cite(SAME_NIGHT, 15), "). It is signed on the command line:"
            ),
            command="detente act initial understanding --process same-night --as B",
        ),
        adopted_figure(),
        BRACKETS_CLOSED,
        LAST_AT_82,
    )


def signed_overview() -> OverviewPage:
    return same_night(
        shell(
            SAME_NIGHT,
            "Overview",
            82,
            "A",
            phase=prose("Adjourned, ", *cite(SAME_NIGHT, 82), "; everything closed stays closed"),
        ),
        Answer(
            sentence="No. It binds no side yet.",
            because=prose(
                "The text is fixed: edition 3 is adopted and authentic, and only a correction can change it. ",
                strong("Two confirmations are missing: Islamabad’s and Kabul’s."),
            ),
            besides=(),
            missing_head="Missing before it binds",
            missing=(
                MissingAct(
                    place=1, mark=PA, whose="Islamabad", act="confirmation of the signature of 28 Oct 03:46"
                ),
                MissingAct(
                    place=1, mark=PB, whose="Kabul", act="confirmation of the signature of 28 Oct 03:40"
                ),
            ),
            later_head="Missing after that, until it is in force",
            later=(
                MissingAct(
                    place=2, mark=K, whose="Keeper", act="note that 30 days have passed", why="in force"
                ),
            ),
        ),
        Turn(
            label="Not your turn",
            yours=False,
            heading="Two principals must act next",
            owed=(
                Owed(mark=PA, who="Islamabad", what="confirm, or decline, the signature of 28 Oct 03:46"),
                Owed(mark=PB, who="Kabul", what="confirm, or decline, the signature of 28 Oct 03:40"),
            ),
            no_deadline="No time limit was agreed.",
            silence="Silence means nothing:",
            silence_note="it neither confirms nor declines.",
        ),
        signed_figure(),
        BRACKETS_CLOSED,
        LAST_AT_82,
    )


def in_force_overview() -> OverviewPage:
    return same_night(
        shell(SAME_NIGHT, "Overview", 87, "PB", phase=prose("Concluded, ", *cite(SAME_NIGHT, 86))),
        Answer(
            sentence="Yes. It binds both sides and is in force.",
            because=prose(
                "Adopted, authentic, binding, and in effect under its terms since ",
                strong("30 November 2025"),
                " (",
                *cite(SAME_NIGHT, 87),
                ").",
            ),
            besides=prose(
                "The record shows that the required acts were done, not that a court would hold them valid."
            ),
            missing_head="",
            missing=(),
            later_head="",
            later=(),
        ),
        Turn(
            label="Nothing is owed",
            yours=False,
            heading="No act is missing",
            how=prose(
                "A correction of the text, a withdrawal under its terms, or an amendment would show here."
            ),
        ),
        in_force_figure(),
        BRACKETS_CLOSED,
        LAST_AT_82,
    )


# --- the other pages ------------------------------------------------------------------------------------


def english(*pieces: str | Piece) -> Wording:
    return Wording(
        lang="en",
        direction="ltr",
        pieces=tuple(Piece(text=piece) if isinstance(piece, str) else piece for piece in pieces),
    )


def urdu(text: str) -> Wording:
    pieces = (Piece(text=text),) if text else ()
    return Wording(
        lang="ur", direction="rtl", pieces=pieces, missing="" if text else "No Urdu text in the record"
    )


def pashto(text: str) -> Wording:
    pieces = (Piece(text=text),) if text else ()
    return Wording(
        lang="ps", direction="rtl", pieces=pieces, missing="" if text else "No Pashto text in the record"
    )


def shows(current: str) -> tuple[Choice, ...]:
    here = f"{SAME_NIGHT}/text"
    return (
        Choice(text="Clean", href=here, current=current == "clean"),
        Choice(text="Marked since edition 1", href=f"{here}?since=1", current=current == "marked"),
        Choice(text="Side by side", href=f"{here}?show=side", current=current == "side"),
    )


EDITIONS = (
    Choice(text="1", href=f"{SAME_NIGHT}/text?edition=1"),
    Choice(text="2", href=f"{SAME_NIGHT}/text?edition=2", current=True),
)


def text_page(show: str) -> TextPage:
    marked, beside = show == "marked", show == "side"

    def wordings(text: Wording, ur: str = "", ps: str = "") -> tuple[Wording, ...]:
        return (text, urdu(ur), pashto(ps)) if beside else (text,)

    written = (
        english(
            "Each Side shall give the Joint Commission a written account of the measures taken under paragraph 1 ",
            Piece(text="within a reasonable time", change="removed"),
            Piece(text=" "),
            Piece(text="within thirty days of the date in Article 8, place by place", change="added"),
            ".",
        )
        if marked
        else english(
            "Each Side shall give the Joint Commission a written account of the measures taken under paragraph 1 "
            "within thirty days of the date in Article 8, place by place."
        )
    )
    five = Provision(
        number="5(1)",
        anchor="art_5__para_1",
        wordings=wordings(english("The measures taken under Article 3 shall be observed by")),
        alternatives=(
            Alternative(
                number="5(1)",
                marks=(A,),
                wordings=wordings(
                    english(
                        "joint teams of the Sides, with an observer of each Mediator, which shall have access to a "
                        "notified place within forty-eight hours"
                    )
                ),
                note=prose("Tabled by A, ", *cite(SAME_NIGHT, 44), ". Supported by nobody else."),
            ),
            Alternative(
                number="5(1) bis",
                marks=(B,),
                wordings=wordings(
                    english(
                        "liaison officers of the Sides, who shall meet weekly at a crossing point, each Side "
                        "observing on its own side"
                    )
                ),
                note=prose("Tabled by B, ", *cite(SAME_NIGHT, 46), ". Supported by nobody else."),
            ),
        ),
        possible=prose(
            "A side can support one of these, withdraw its own or propose another; with one supported by all, "
            "the bracket closes provisionally."
        ),
        bridge=Bridge(
            mark=M,
            head=prose(
                "by the mediators, without prejudice, ", *cite(SAME_NIGHT, 60), ". Lapses 28 Oct 02:30."
            ),
            wordings=wordings(
                english(
                    "joint teams of the Sides, with an observer of each Mediator, which shall have access to a notified "
                    "place, by arrangement with the Side concerned, within seventy-two hours"
                )
            ),
            note="B has answered, sealed. A has not answered.",
        ),
    )
    return TextPage(
        shell=shell(SAME_NIGHT, "Text", 61, "A", phase=prose("Session 2 open since 27 Oct 10:00")),
        title="Understanding on border security and verification",
        edition="Edition 2",
        issued=prose("issued by the Secretariat, 28 Oct 00:05, ", *cite(SAME_NIGHT, 59)),
        fingerprint="4f1c 9a2e 77d0 b813",
        standing="An edition implies nobody’s assent.",
        show=show,  # type: ignore[arg-type]
        shows=shows(show),
        editions=EDITIONS,
        compared=(Choice(text="edition 1", href=f"{SAME_NIGHT}/text?since=1", current=True),)
        if marked
        else (),
        languages=(
            Choice(text="English", href=f"{SAME_NIGHT}/text", current=not beside),
            Choice(text="English, Urdu, Pashto", href=f"{SAME_NIGHT}/text?show=side", current=beside),
        ),
        instruments=(),
        since="edition 1" if marked else "",
        strip=tiles({"3": "Closed, #58", "5": "Open"}, "5"),
        columns=(
            LanguageColumn(lang="en", direction="ltr", name="English", english="English", status="authentic"),
            *(
                (
                    LanguageColumn(
                        lang="ur", direction="rtl", name="اردو", english="Urdu", status="authentic"
                    ),
                    LanguageColumn(
                        lang="ps", direction="rtl", name="پښتو", english="Pashto", status="authentic"
                    ),
                )
                if beside
                else ()
            ),
        ),
        articles=(
            Article(
                number="3",
                anchor="art_3",
                heading="Article 3. Use of territory",
                state="no bracket open",
                open=False,
                provisions=(
                    Provision(
                        number="3(1)",
                        anchor="art_3__para_1",
                        wordings=wordings(
                            english(
                                "Each Side shall prevent the use of territory under its control for attacks against the "
                                "other Side."
                            )
                        ),
                        notes=(
                            MarginNote(
                                head="Two readings, declared before any assent",
                                lines=(
                                    NoteLine(
                                        mark=A,
                                        quoted=True,
                                        text=prose(
                                            "“‘Prevent’ includes acting on a place once it is notified.” ",
                                            *cite(SAME_NIGHT, 49),
                                        ),
                                    ),
                                    NoteLine(
                                        mark=B,
                                        quoted=True,
                                        text=prose(
                                            "“‘Prevent’ is a duty of effort within each Side’s means.” ",
                                            *cite(SAME_NIGHT, 51),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                    Provision(
                        number="3(2)",
                        anchor="art_3__para_2",
                        wordings=wordings(written),
                        changed=marked,
                        notes=(
                            MarginNote(
                                head="",
                                lines=(
                                    NoteLine(
                                        text=prose(
                                            "Closed, provisionally: A withdrew its text (",
                                            *cite(SAME_NIGHT, 57),
                                            ") and B supported 3(2) bis (",
                                            *cite(SAME_NIGHT, 58),
                                            ").",
                                        )
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
            Article(
                number="4",
                anchor="art_4",
                heading="Article 4. Notified incidents",
                state="no bracket open",
                open=False,
                provisions=(
                    Provision(
                        number="4(1)",
                        anchor="art_4__para_1",
                        wordings=wordings(
                            english(
                                "A Side that is notified of an incident shall answer in writing within seventy-two hours."
                            ),
                            "جس فریق کو کسی واقعے کی اطلاع دی جائے وہ بہتّر گھنٹوں کے اندر تحریری جواب دے گا۔",
                            "هغه لوری چې د یوې پېښې خبر ورکړل شي، په دوه اویا ساعتونو کې به لیکلی ځواب ورکوي.",
                        ),
                        notes=(
                            MarginNote(
                                head="Agreement of the languages",
                                lines=(
                                    NoteLine(
                                        glyph="done",
                                        text=prose(
                                            "Urdu certified by the interpreter (", *cite(SAME_NIGHT, 55), ")"
                                        ),
                                    ),
                                    NoteLine(glyph="awaited", text=prose("Pashto awaits the interpreter")),
                                ),
                            ),
                        ),
                    ),
                    Provision(
                        number="4(2)",
                        anchor="art_4__para_2",
                        wordings=wordings(
                            english(
                                "The answer shall say what was found and what was done, or ",
                                Piece(text="if it so chooses", bracket=B),
                                " why nothing could be done.",
                            ),
                            "جواب میں بتایا جائے گا کہ کیا معلوم ہوا اور کیا اقدام کیا گیا، یا یہ کہ کوئی اقدام کیوں ممکن نہ تھا۔",
                        ),
                    ),
                ),
            ),
            Article(
                number="5",
                anchor="art_5",
                heading="Article 5. Monitoring",
                state="1 bracket open since 27 Oct 19:12",
                open=True,
                provisions=(
                    five,
                    Provision(
                        number="5(2)",
                        anchor="art_5__para_2",
                        wordings=wordings(
                            english("Each report shall be given to both Sides on the same day.")
                        ),
                    ),
                ),
            ),
        ),
    )


def sessions_page() -> SessionsPage:
    root = REPORTED

    def minute(
        number: int, mark: Mark, speaker: str, manner: str, words: str, time: str, **state: object
    ) -> Minute:
        return Minute(
            time=at(time, illustrative=True),
            ref=ActRef(number=number, href=act(root, number)),
            mark=mark,
            speaker=speaker,
            manner=manner,
            words=words,
            **{"state": "Unconfirmed", "glyph": "spoken", "detail": (), **state},  # type: ignore[arg-type]
        )

    return SessionsPage(
        shell=shell(REPORTED, "Sessions", 24, "M", phase=prose("Session closed")),
        headline="18 h 00 in one session",
        lead=prose("Three minutes name a speaker. ", strong("None is confirmed by its speaker.")),
        sessions=(
            Session(
                title="Session 1",
                anchor="session-1",
                state="closed after 18 h 00",
                opened=prose("Opened 27 Oct 2025, 10:00†, ", *cite(root, 3)),
                closed=prose("Closed 28 Oct 2025, 04:00†, ", *cite(root, 18)),
                hours=HOURS,
                agenda=(
                    AgendaItem(
                        number="1", title="Use of territory", taken_up=prose("27 Oct 10:20, ", *cite(root, 4))
                    ),
                    AgendaItem(number="2", title="Monitoring", taken_up=prose("not taken up")),
                ),
                agenda_empty="",
                minutes=(
                    minute(
                        11,
                        M,
                        "Secretariat",
                        "minute beside edition 3",
                        "Described as finalised.",
                        "02:30",
                        state="No speaker to confirm",
                        glyph="empty",
                    ),
                    minute(
                        13,
                        A,
                        "Lead of Delegation A",
                        "oral",
                        "Is edition 3 final?",
                        "02:33",
                        state="Confirmed by the speaker",
                        glyph="done",
                        detail=cite(root, 19),
                    ),
                    minute(
                        14,
                        B,
                        "Head of Delegation B",
                        "oral, in Pashto, through an interpreter",
                        "هو.",
                        "02:34",
                        detail=prose(
                            "asked to confirm at 02:36†, ", *cite(root, 15), "; silence confirms nothing"
                        ),
                        lang="ps",
                    ),
                    minute(
                        16,
                        M,
                        "Secretariat",
                        "",
                        "",
                        "02:40",
                        state="No speaker to confirm",
                        glyph="empty",
                        sealed="sealed; readable by the mediators",
                    ),
                    minute(
                        17,
                        B,
                        "Head of Delegation B",
                        "oral",
                        "Delegation B no longer assents.",
                        "02:41",
                        detail=prose("seven minutes after ", *cite(root, 14)),
                    ),
                ),
                minutes_empty="",
            ),
        ),
        readable="Plenary minutes are readable by everyone in this process and by the host; minutes of a chamber are "
        "not yet encrypted: readable by the host.",
    )


def mandates_page() -> MandatesPage:
    yes, no = PowerCell(glyph="done", word="Yes"), PowerCell(glyph="empty", word="No")
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
        headline="Both delegations may sign ad referendum, neither definitively",
        lead=prose("A signature binds only once ", strong("its principal confirms it"), "."),
        capacities=("Assent", "Initial", "Sign ad referendum", "Sign definitively", "Confirm"),
        rows=(
            PowerRow(mark=A, name="Head of Delegation A", cells=(yes, yes, yes, no, no)),
            PowerRow(mark=PA, name="Islamabad", cells=(no, no, no, own, own)),
            PowerRow(
                mark=B,
                name="Head of Delegation B",
                cells=(yes, yes, yes, PowerCell(glyph="gap", word="Revoked"), no),
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
                                state="Notified to all, 27 Oct 09:10, #16: it limits (47)",
                            ),
                            Restriction(
                                text=prose(
                                    "sealed; readable by Islamabad and Delegation A; not yet encrypted: readable "
                                    "by the host"
                                ),
                                notified=False,
                                state="Not notified: it does not limit the mandate towards others (47)",
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
                note=prose("No office of another side has inherent powers here (7(2))."),
            ),
            SidePowers(
                mark=M,
                name="Mediators",
                principal="no principal",
                mandates=(),
                empty="No powers in the record. Mediators sign nothing for a side.",
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
                state="No confirmation by Kabul in this record (8)",
            ),
        ),
        basis="Vienna Convention on the Law of Treaties, Articles 7, 8 and 47, by analogy.",
    )


def timeline_page(at_act: int = 73, *, empty: bool = False) -> TimelinePage:
    root, here = SAME_NIGHT, f"{SAME_NIGHT}/timeline"
    band = AsOf(
        act=73,
        size=87,
        time=at("28 Oct 2025, 03:04"),
        said="",
        previous=f"{here}?at=72",
        following=f"{here}?at=74",
        now=here,
    )
    sentences = (
        (
            73,
            A,
            "Delegation A assented to edition 3, ad referendum",
            "03:04",
            "Adopted: edition 3, by the assent of both sides (rule, #8)",
        ),
        (72, B, "Delegation B assented to edition 3, ad referendum", "02:58", ""),
        (
            71,
            M,
            "Secretariat minuted: Delegation A’s lead asked whether edition 3 is final; this page was read aloud: "
            "not adopted",
            "02:52",
            "",
        ),
        (70, PA, "Islamabad instructed Delegation A", "02:36", ""),
        (69, PB, "Kabul instructed Delegation B", "02:22", ""),
        (
            68,
            B,
            "Delegation B referred edition 3 to Kabul, reply by 02:40; silence means nothing",
            "01:20",
            "",
        ),
        (66, B, "Delegation B received edition 3", "01:15", ""),
        (63, M, "Secretariat issued edition 3", "01:10", "Open brackets: none. Assent is possible"),
    )
    return TimelinePage(
        shell=shell(root, "Timeline", 87, "B", band, prose("Session 2 open since 27 Oct 10:00")),
        heading=f"As of act {at_act}",
        summary=prose(
            "28 Oct 2025, 03:04. ", strong("Adopted: yes. Authentic: no. Binding: no. In force: no.")
        ),
        chart=RecordChart(
            size=87,
            at=at_act,
            instrument="Understanding on border security and verification",
            editions=(
                EditionTick(number=31, label="edition 1"),
                EditionTick(number=59, label=""),
                EditionTick(number=63, label="edition 3"),
            ),
            bars=(
                AnswerBar(question="Adopted", spans=(Span(start=73, end=87),), words="yes from act 73"),
                AnswerBar(question="Authentic", spans=(Span(start=75, end=87),), words="yes from act 75"),
                AnswerBar(question="Binding", spans=(Span(start=84, end=87),), words="yes from act 84"),
                AnswerBar(question="In force", spans=(Span(start=87, end=87),), words="yes from act 87"),
            ),
        ),
        slider=Slider(
            action=here,
            name="at",
            value=at_act,
            size=87,
            carried=(Carried(name="as", value="B"),),
            previous=f"{here}?at=72",
            following=f"{here}?at=74",
            landmarks=(
                Choice(text="Edition 1, #31", href=f"{here}?at=31"),
                Choice(text="Edition 2, #59", href=f"{here}?at=59"),
                Choice(text="Edition 3, #63", href=f"{here}?at=63"),
                Choice(text="Question put, #71", href=f"{here}?at=71"),
                Choice(text="Adopted, #73", href=f"{here}?at=73", current=True),
                Choice(text="Final text, #75", href=f"{here}?at=75"),
                Choice(text="Final commitment, #84", href=f"{here}?at=84"),
                Choice(text="Now, #87", href=here),
            ),
        ),
        hidden=prose(
            "14 later acts are not shown. The other pages also show act 73 until you ",
            linked("return to now", here),
            ".",
        ),
        filter=Filter(
            action=here,
            carried=(Carried(name="as", value="B"), Carried(name="at", value="73")),
            by=(
                Option(value="", text="Anyone", chosen=not empty),
                Option(value="A", text="Delegation A", chosen=empty),
            ),
            kind=(Option(value="", text="All kinds", chosen=True), Option(value="assent", text="Assent")),
            words="crossing" if empty else "",
            active=empty,
            result="0 of 73 acts." if empty else "",
            clear=here,
        ),
        days=()
        if empty
        else (
            ActGroup(
                head="28 October 2025",
                note="17 acts to act 73",
                acts=tuple(
                    line(
                        root,
                        number,
                        mark,
                        sentence,
                        time,
                        effect=effect,
                        sealed="sealed; readable by Kabul and Delegation B" if number == 69 else "",
                    )
                    for number, mark, sentence, time, effect in sentences
                ),
            ),
            ActGroup(
                head="27 October 2025",
                note="session 2 opened 10:00",
                acts=(
                    line(root, 58, B, "Delegation B supported 3(2) bis", "23:51"),
                    line(root, 57, A, "Delegation A withdrew its text of 3(2)", "23:40"),
                ),
            ),
        ),
        older=None if empty else Link(text="Acts 1 to 56", href=f"{here}?before=57"),
        empty="No act by Delegation A holds these words. Words are searched in sentences that you can read."
        if empty
        else "",
    )


def act_page() -> ActPage:
    return ActPage(
        shell=shell(SAME_NIGHT, "Timeline", 87, "M", phase=prose("Concluded")),
        number=72,
        kind="Assent",
        mark=B,
        author="Head of Delegation B",
        sentence="Delegation B assents, ad referendum, to edition 3 of the Understanding on border security and "
        "verification.",
        recorded=at("28 Oct 2025, 02:58:04"),
        signed=at("28 Oct 2025, 02:58:01"),
        standing="effective",
        standing_glyph="done",
        standing_words="Within the powers of #15. Not adopted with this act: the assent of Delegation A was missing.",
        fields=(
            ActField(label="Terms", value=prose("ad referendum")),
            ActField(label="Edition", value=prose("3, ", *cite(SAME_NIGHT, 63))),
            ActField(
                label="Remark",
                quoted=True,
                value=prose("In the light of the readings declared on Article 3."),
                note="hidden in the log, disclosed to all members",
            ),
            ActField(label="Note to the mediators", value=(), sealed="sealed; readable by the mediators"),
        ),
        readers="Everyone in this process, and the host.",
        seen=prose("The record up to act 71, root 8e5a 92f0"),
        under=prose("Full powers given by Kabul, ", *cite(SAME_NIGHT, 15)),
        basis=prose("Edition 3, ", *cite(SAME_NIGHT, 63)),
        key="harbour violin maple seven",
        leaf=digits("72", 16),
        previous_leaf=digits("68", 16),
        log="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe",
        receipt=Link(text="Download the receipt, 2 kB", href=f"{SAME_NIGHT}/acts/72/receipt"),
        wire="eyJhbGciOiJFZERTQSIsInR5cCI6ImRldGVudGUrYWN0In0."
        + "eyJ2IjoxLCJwcm9jIjoiZGV0ZW50ZS9rNXcydnEzbjdoejRjNm0yIn0" * 4,
        wire_size=1204,
        as_of=f"{SAME_NIGHT}?at=72",
        before=Link(text="Act 71: a minute of the Secretariat", href=act(SAME_NIGHT, 71)),
        after=Link(text="Act 73: Delegation A assents", href=act(SAME_NIGHT, 73)),
        related=(Link(text="Act 74: Delegation B initials edition 3", href=act(SAME_NIGHT, 74)),),
    )


def record_page() -> RecordPage:
    return RecordPage(
        shell=shell(SAME_NIGHT, "Record", 82, "A", phase=prose("Adjourned")),
        headline="82 acts, seen by two of three cosigners",
        lead=prose(
            "The neutral cosigner has seen 81. The rule of this process asks for both sides and one neutral: ",
            strong("met up to act 81"),
            ".",
        ),
        size=82,
        last=at("28 Oct 2025, 04:06:02"),
        root=digits("root", 16),
        origin="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe",
        signed=at("04:06:02"),
        signer="by the host’s log key, detente/k5w2…",
        irregular="None",
        checkpoint="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe\n82\nwR0Hvlqj8+hZQ0m4=\n\n— detente/k5w2vq3n7hz4c6m2a7d5x3b2qe Az3grl\n",
        checkpoint_href=f"{SAME_NIGHT}/log/checkpoint",
        cosigners=(
            Cosigner(
                mark=A,
                name="Cosigner of A",
                run_by="this demonstration",
                seen=82,
                signed=at("04:06:03"),
                glyph="done",
                state="Up to date",
            ),
            Cosigner(
                mark=B,
                name="Cosigner of B",
                run_by="this demonstration",
                seen=82,
                signed=at("04:06:05"),
                glyph="done",
                state="Up to date",
            ),
            Cosigner(
                mark=N,
                name="Neutral cosigner",
                run_by="this demonstration",
                seen=58,
                signed=at("27 Oct 23:51:09"),
                glyph="awaited",
                state="24 acts behind, asked 04:06:02",
            ),
            Cosigner(
                mark=M,
                name="Secretariat’s cosigner",
                run_by="Mediators, second machine",
                seen=0,
                signed=None,
                glyph="gap",
                state="No answer in the record",
            ),
        ),
        cosigners_empty="",
        copies=(
            Copy(
                link=Link(text="Certified copy, as Delegation A may see it", href=f"{SAME_NIGHT}/copy"),
                size="412 kB",
                text="Acts, what is disclosed to you, keys, checkpoints, cosignatures. One file, checked with no line "
                "to this host.",
            ),
            Copy(
                link=Link(text="The checkpoint", href=f"{SAME_NIGHT}/log/checkpoint"),
                size="",
                text="Size and root, signed. Keep it: a later one must extend it.",
            ),
        ),
        tiles=(Link(text="tile/0/000.p/82", href=f"{SAME_NIGHT}/log/tile/0/000.p/82"),),
        command="detente verify istanbul-82.detente",
        checkpoints=(
            CheckpointRow(size=82, time=at("04:06:02"), root=digits("82", 2), cosigned=(A, B)),
            CheckpointRow(size=81, time=at("04:00:12"), root=digits("81", 2), cosigned=(A, B, N)),
            CheckpointRow(size=80, time=at("03:54:40"), root=digits("80", 2), cosigned=()),
        ),
        chambers=(
            ChamberLog(
                name="Side A",
                origin="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe/side-A",
                size="6 acts",
                readers="Delegation A and Islamabad. Not yet encrypted: readable by the host.",
            ),
            ChamberLog(
                name="Side B",
                origin="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe/side-B",
                size="not shown to you",
                readers="Delegation B and Kabul. Not yet encrypted: readable by the host.",
            ),
        ),
        trust=(
            Trusted(
                whom="The host",
                text=", to keep this running. It can refuse, delay and choose the order of arrival; it "
                "sees who acts when; it reads what is not sealed.",
            ),
            Trusted(whom="Your device", text=", to show you what you sign."),
            Trusted(whom="Nobody", text=", for whether an act is in the record: your receipts prove it."),
        ),
        others="The host cannot alter what was signed, nor drop, reorder or fork what it has receipted, without leaving "
        "proof, as long as someone keeps receipts and one cosigner is honest.",
    )


def processes_page(*, empty: bool = False) -> ProcessesPage:
    return ProcessesPage(
        shell=plain_shell("Processes"),
        entries=()
        if empty
        else (
            ProcessEntry(
                title="Istanbul round, October 2025",
                subtitle="the talks as reported",
                href=REPORTED,
                phase="Session closed. Breaking off claimed by A, no act of the convenor",
                instrument="Draft understanding, edition 3",
                answer="No. No side has assented.",
                answers=FOUR_NO,
                following=(
                    NextAct(mark=A, text="assent to edition 3"),
                    NextAct(mark=B, text="assent to edition 3"),
                ),
                acts="24 acts",
                last=at("29 Oct 2025, 18:00", illustrative=True),
            ),
            ProcessEntry(
                title="Istanbul round, October 2025",
                subtitle="the same night, asking the principal first",
                href=SAME_NIGHT,
                phase="Concluded",
                instrument="Understanding on border security and verification, edition 3",
                answer="Yes. It binds both sides and is in force.",
                answers=tuple(
                    ShortAnswer(question=name, yes=True, glyph="done")
                    for name in ("Adopted", "Authentic", "Binding", "In force")
                ),
                following=(),
                acts="87 acts",
                last=at("30 Nov 2025, 09:00"),
            ),
        ),
        notice=Notice(
            label="Demonstration.",
            text="Both processes are reconstructions with demonstration keys, made to show the procedure. They prove "
            "nothing about the real talks.",
        ),
        empty="This host keeps no process that you may see. To play the shipped case: detente demo."
        if empty
        else "",
    )


def error_page() -> ErrorPage:
    return ErrorPage(
        shell=plain_shell("There is a problem"),
        status=404,
        heading="There is no act 90 in this record",
        sentence="The record holds 87 acts.",
        clause="",
        instead="Open the newest act, #87, or the timeline.",
        code="record.no_such_act",
        links=(Link(text="Timeline", href=f"{SAME_NIGHT}/timeline"), Link(text="All processes", href="/")),
    )


def nothing_yet() -> OverviewPage:
    """A process just convened: no instrument, no session, no side."""
    return OverviewPage(
        shell=shell(SAME_NIGHT, "Overview", 1, "M", phase=prose("Convened 27 Oct 08:40")),
        answer=Answer(
            sentence="No. No text is on the table.",
            because=prose("No instrument is open in this process."),
            besides=(),
            missing_head="Missing before anything can be adopted",
            missing=(
                MissingAct(place=1, mark=M, whose="You, Secretariat", act="open an instrument", yours=True),
            ),
            later_head="",
            later=(),
        ),
        turn=Turn(label="Your turn", yours=True, heading="Admit the sides, open an instrument"),
        figure=None,
        others=(),
        brackets=Brackets(
            count="None", text=None, articles=(), open=(), empty="No text is tabled. Next: table one."
        ),
        claims=NO_CLAIMS,
        hours=Hours(total="", bars=(), longest=1, note="", empty="No session is in the record."),
        sessions=Link(text="Sessions", href=f"{SAME_NIGHT}/sessions"),
        last_acts=(
            ActGroup(
                head="", acts=(line(SAME_NIGHT, 1, M, "Secretariat convened the talks", "27 Oct 08:40"),)
            ),
        ),
        timeline=Link(text="Timeline", href=f"{SAME_NIGHT}/timeline"),
        table=(SEATS[2],),
        powers=Link(text="Powers", href=f"{SAME_NIGHT}/powers"),
    )


def empty_text() -> TextPage:
    return TextPage(
        shell=shell(SAME_NIGHT, "Text", 1, "M"),
        title="Text",
        edition="",
        issued=(),
        fingerprint="",
        standing="",
        show="clean",
        shows=(),
        editions=(),
        compared=(),
        languages=(),
        instruments=(),
        since="",
        strip=(),
        columns=(),
        articles=(),
        empty="No text is tabled. A side or the Secretariat can table one; the Secretariat issues editions of it.",
    )


def samples() -> dict[str, Page]:
    """Every sample by a short name."""
    return {
        "overview-as-reported-15": reported_overview(now=False),
        "overview-as-reported-now": reported_overview(now=True),
        "overview-bracket": bracket_overview(),
        "overview-adopted": adopted_overview(),
        "overview-signed": signed_overview(),
        "overview-in-force": in_force_overview(),
        "overview-nothing-yet": nothing_yet(),
        "text-clean": text_page("clean"),
        "text-marked": text_page("marked"),
        "text-side": text_page("side"),
        "text-empty": empty_text(),
        "sessions": sessions_page(),
        "powers": mandates_page(),
        "timeline": timeline_page(),
        "timeline-empty": timeline_page(empty=True),
        "act": act_page(),
        "record": record_page(),
        "processes": processes_page(),
        "processes-empty": processes_page(empty=True),
        "error": error_page(),
    }
