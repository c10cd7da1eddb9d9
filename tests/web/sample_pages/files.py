"""Files that came in: what one proposes, two compared, and a text that was read before it is signed."""

from __future__ import annotations

from dataclasses import replace

from detente.views.changed import ChangedPage, Proposed
from detente.views.compared import ComparedPage, DifferenceShown, SideRead
from detente.views.marks import Link, linked, worded
from detente.views.remarks import RemarkLine
from detente.views.signing import FileShown, FormField, Option, Problem, ProvisionRead, SigningPage
from detente.views.text import Piece, Wording
from tests.web.sample_pages.around import SAME_NIGHT, shell
from tests.web.sample_pages.chambers import ORIGIN
from tests.web.sample_pages.room import signing_page

TITLE = "Understanding on a mechanism for the ceasefire"
CHANGED = Wording(
    lang="en", direction="ltr",
    pieces=(Piece(text="Each Side shall give a written account "),
            Piece(text="within a reasonable time", change="removed"),
            Piece(text="within thirty days", change="added"), Piece(text=".")),
)  # fmt: skip
IN_URDU = Wording(
    lang="ur", direction="rtl",
    pieces=(Piece(text="ہر فریق تحریری رپورٹ "), Piece(text="معقول وقت", change="removed"),
            Piece(text="تیس دن", change="added"), Piece(text=" میں دے گا۔")),
)  # fmt: skip
HEADING = Wording(
    lang="en", direction="ltr",
    pieces=(Piece(text="Reports", change="removed"), Piece(text="Written accounts", change="added")),
)  # fmt: skip
REMARKS = (
    RemarkLine(place="paragraph 12", sentence="A comment by an adviser is no part of the text.", kept="Ask the capital."),
    RemarkLine(place="paragraph 31", sentence="A bracket that opens at paragraph 31 closes in Article 5(2)."),
)  # fmt: skip


def _proposed(*, can: bool) -> Proposed:
    return Proposed(
        number="Article 3(2)",
        headings=(HEADING,),
        wordings=(CHANGED, IN_URDU),
        whose="Changed by Capital of A, as the file says.",
        sentence="Head of Delegation A bracketed 3(2): “Each Side shall give a written account”." if can else "",
        draft="{}" if can else "",
        fields=(("kind", "propose_alternative"), ("provision", "Article 3(2)")),
        problems=()
        if can
        else (
            Problem(
                sentence="Every side supports one text at Article 3(2).", clause="",
                instead="Reserve the provision to open it again.", code="bracket.settled",
            ),
        ),
    )  # fmt: skip


LEFT_OUT = Proposed(
    number="Article 4",
    headings=(),
    wordings=(Wording(lang="en", direction="ltr",
                      pieces=(Piece(text="Reports are public.", change="removed"),)),),
    whose="Changed by Capital of A, as the file says.",
    sentence="Head of Delegation A proposed to leave Article 4 out.",
    draft="{}",
    fields=(("kind", "propose_alternative"), ("provision", "Article 4"), ("omit", "yes")),
    problems=(),
)  # fmt: skip
SINCE = (
    worded("{sentence}, {act}", sentence="Head of Delegation B bracketed Article 5(2): “within ten days”",
           act=linked("#84", f"{SAME_NIGHT}/acts/84")),
    worded("{sentence}, {act}", sentence="Delegate A2 withdrew its text of Article 3(1), #71",
           act=linked("#86", f"{SAME_NIGHT}/acts/86")),
)  # fmt: skip


def changed_page(state: str = "read") -> ChangedPage:
    root = SAME_NIGHT
    read = state == "read"
    return ChangedPage(
        shell=shell(root, "Bring back a Word file with your changes", 87, "A"),
        title=TITLE,
        process=ORIGIN,
        action=f"{root}/text/changed?instrument=understanding",
        sign=f"{root}/sign",
        text=Link(text="Back to the text", href=f"{root}/text"),
        download=Link(
            text="Download the text as Word, brackets shown", href=f"{root}/text.docx?brackets=yes"
        ),
        size="16 MB",
        problem="The file is not a Word file that can be read. Save it again as .docx."
        if state == "problem"
        else "",
        file="k5w2vq3n-understanding-edition-3-brackets.docx" if read or state == "nothing" else "",
        base="Read as made from edition 3, with the open brackets shown."
        if read or state == "nothing"
        else "",
        since=SINCE if read else (),
        found=(_proposed(can=True), LEFT_OUT, _proposed(can=False)) if read else (),
        signable=2 if read else 0,
        remarks=REMARKS if read else (),
    )


def compared_page(*, read: bool = True) -> ComparedPage:
    root = SAME_NIGHT
    old = Wording(lang="en", direction="ltr", pieces=tuple(p for p in CHANGED.pieces if p.change != "added"))
    new = Wording(
        lang="en", direction="ltr", pieces=tuple(p for p in CHANGED.pieces if p.change != "removed")
    )
    found = (
        DifferenceShown(said="Article 3(2): A number or a date was changed", old=old, new=new),
        DifferenceShown(said="Article 4, note 2: A footnote was put in", new=new),
        DifferenceShown(said="Article 7: A provision was moved"),
    )
    sides = (
        SideRead(name=f"{TITLE}, edition 3", said="30 provisions", remarks=(), in_record=True),
        SideRead(name="draft of the capital, last version (2).pdf", said="31 provisions", remarks=REMARKS),
    )
    return ComparedPage(
        shell=shell(root, "Compare two texts", 87, "A"),
        action=f"{root}/text/compare",
        text=Link(text="Back to the text", href=f"{root}/text"),
        size="16 MB",
        editions=(Option(value="understanding/3", text=f"{TITLE}, edition 3", chosen=True),),
        sides=sides if read else (),
        verdict="3 differences, the weightiest first." if read else "",
        differences=found if read else (),
    )


def signing_from_file() -> SigningPage:
    text = FormField(
        name="text", label="Text", value="Article 1. Purpose\n1(1) The road stays open.", help="", long=True
    )
    return replace(
        signing_page(),
        fields=(text,),
        structure=(
            ProvisionRead(number="Article 1", words="Purpose", lang="en", direction="ltr", heading=True),
            ProvisionRead(number="1(1)", words="The road stays open.", lang="en", direction="ltr"),
        ),
        file=FileShown(
            name="draft of the capital.docx",
            said=("2 provisions were read.", "5 tracked changes by Capital of A, read as accepted."),
            remarks=REMARKS,
        ),
        upload=f"{SAME_NIGHT}/sign/file?kind=issue",
    )
