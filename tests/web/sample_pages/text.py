"""A text with brackets, a redline and three languages."""

from __future__ import annotations

from detente.views.marks import Choice, Link, prose
from detente.views.text import (
    Alternative,
    Article,
    Beside,
    BesideItem,
    Bridge,
    FilesOffered,
    LanguageColumn,
    MarginNote,
    NoteLine,
    Piece,
    Provision,
    TextPage,
    Wording,
)
from tests.web.sample_pages.around import SAME_NIGHT, A, B, M, cite, shell
from tests.web.sample_pages.overview_parts import tiles

ENDINGS = (("Word", "docx"), ("Akoma Ntoso", "xml"), ("Plain text", "txt"))


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


BESIDE = (
    Beside(
        anchor="packages",
        head="Packages",
        lead="Texts put forward together: they close together when every side accepts, and stand or fall as one.",
        items=(
            BesideItem(
                mark=A,
                head=prose("Package of Delegation A, ", *cite(SAME_NIGHT, 61)),
                words="We give way on the date where joint teams observe.",
                lines=(
                    NoteLine(text=prose("Article 5(1): the text of Delegation A, ", *cite(SAME_NIGHT, 44))),
                    NoteLine(mark=A, glyph="done", text=prose("Delegation A: accepted")),
                    NoteLine(mark=B, glyph="awaited", text=prose("Delegation B: no answer in this record")),
                ),
                state=prose("Open. It closes its brackets, provisionally, when every side has accepted."),
            ),
        ),
    ),
    Beside(
        anchor="versions",
        head="Language versions",
        lead="The status of each language is the text’s own.",
        items=(
            BesideItem(head=prose("Urdu, courtesy"), state=prose("Nobody has certified it in this record.")),
        ),
    ),
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
    languages_shown = (
        LanguageColumn(lang="en", direction="ltr", name="English", english="English", status="authentic"),
        *(
            (
                LanguageColumn(lang="ur", direction="rtl", name="اردو", english="Urdu", status="authentic"),
                LanguageColumn(lang="ps", direction="rtl", name="پښتو", english="Pashto", status="authentic"),
            )
            if beside
            else ()
        ),
    )
    return TextPage(
        files=(
            FilesOffered(
                lead="As it stands",
                links=tuple(Link(text=name, href=f"{SAME_NIGHT}/text.{ending}") for name, ending in ENDINGS),
            ),
            FilesOffered(
                lead="With the open brackets shown, as negotiators write them",
                links=(Link(text="Word", href=f"{SAME_NIGHT}/text.docx?brackets=yes"),),
            ),
        ),
        ways=(
            Link(text="Bring back a Word file with your changes", href=f"{SAME_NIGHT}/text/changed"),
            Link(text="Compare with a file", href=f"{SAME_NIGHT}/text/compare"),
        ),
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
        beside=BESIDE,
        pdf=Link(text="PDF for signature", href=f"{SAME_NIGHT}/text/signature.pdf?edition=2"),
        articles=(
            Article(
                number="3",
                anchor="art_3",
                heading="Article 3. Use of territory",
                state="no bracket open",
                open=False,
                columns=languages_shown,
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
                columns=languages_shown,
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
                            "جواب میں بتایا جائے گا کہ کیا معلوم ہوا اور "
                            "کیا اقدام کیا گیا، یا یہ کہ کوئی اقدام کیوں ممکن نہ تھا۔",
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
                columns=languages_shown,
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
        articles=(),
        empty="No text is tabled. A side or the Secretariat can table one; the Secretariat issues editions of it.",
    )
