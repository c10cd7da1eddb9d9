"""A Word file that comes back becomes exactly the proposals that its tracked changes say."""

import pytest
from hypothesis import given, settings

from detente.interchange.documents.akn.reading import read_akn
from detente.interchange.documents.akn.writing import write_akn
from detente.interchange.documents.bracketing import Held, with_brackets
from detente.interchange.documents.document import Document
from detente.interchange.documents.from_text import Author, document_of, redline
from detente.interchange.documents.placing import in_place
from detente.interchange.documents.proposals import own_words, proposals
from detente.interchange.documents.word.reading import read_word
from detente.interchange.documents.word.writing import write_word
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision
from tests.interchange.documents.texts import TEXTS
from tests.interchange.documents.word_files import replaced

CAPITAL = Author("Capital of A", "2025-10-19T02:10:00Z")
TEXT = parse_text(
    "Article 3. Reports\n3(1) Each Side should report.\n3(2) Reports are public.\n3(3) Within [30]A [20]B days.\n"
)


@settings(max_examples=50, deadline=None)
@given(TEXTS, TEXTS)
def test_the_proposals_are_the_difference_between_the_texts(
    old: tuple[Provision, ...], new: tuple[Provision, ...]
) -> None:
    document = redline(old, new, CAPITAL)
    for back in (read_word(write_word(document)), read_akn(write_akn(document))):
        found = proposals(back, old)
        assert {p.provision: (p.texts, p.headings) for p in found.proposals} == differences(old, new)
        assert all(p.tracked for p in found.proposals)


def differences(
    old: tuple[Provision, ...], new: tuple[Provision, ...]
) -> dict[str, tuple[dict[str, str], dict[str, str] | None]]:
    """Words and headings of each provision that differs: what stays is left out, and nothing is said of what is gone."""
    found: dict[str, tuple[dict[str, str], dict[str, str] | None]] = {}
    olds, news = ({p.id: p for p in text} for text in (old, in_place(old, new).text))
    for eid in olds | news:
        before, after = olds.get(eid, Provision(eid, {}, {})), news.get(eid)
        if after is None:
            found[eid] = {}, None
        elif before != after:
            texts = after.texts if before.texts != after.texts else {}
            found[eid] = texts, after.heading if before.heading != after.heading else None
    return found


def edited(change: str, into: str) -> Document:
    """The text as it went out to Word, edited there by hand."""
    return read_word(replaced(write_word(document_of(TEXT)), change, into))


INS = '<w:ins w:id="901" w:author="Capital of A" w:date="2025-10-19T02:10:00Z">'
DEL = '<w:del w:id="902" w:author="Capital of A" w:date="2025-10-19T02:10:00Z">'


def test_a_word_changed_by_hand_is_one_proposal_of_its_author() -> None:
    into = (
        f'<w:t xml:space="preserve">Each Side </w:t></w:r>{DEL}<w:r><w:delText>should</w:delText></w:r></w:del>{INS}<w:r>'
        '<w:t>shall</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> report.</w:t>'
    )
    found = proposals(edited('<w:t xml:space="preserve">Each Side should report.</w:t>', into), TEXT)
    (proposal,) = found.proposals
    assert (proposal.provision, proposal.texts) == ("art_3__para_1", {"en": "Each Side shall report."})
    assert (proposal.before, proposal.authors, proposal.tracked) == (
        {"en": "Each Side should report."}, ("Capital of A",), True
    )  # fmt: skip


def test_a_word_changed_without_tracking_is_proposed_and_said() -> None:
    found = proposals(edited("should report", "may report"), TEXT)
    (proposal,) = found.proposals
    assert not proposal.tracked and proposal.authors == ()
    assert [remark.code for remark in found.remarks] == ["proposals.untracked"]


def test_a_paragraph_put_in_by_hand_follows_on_the_one_before_it() -> None:
    new = f"<w:p><w:pPr><w:rPr>{INS[:-1]}/></w:rPr></w:pPr>{INS}<w:r><w:t>They are free.</w:t></w:r></w:ins></w:p>"
    document = edited("</w:p><w:p><w:pPr><w:ind w:start=\"360\"/></w:pPr><w:bookmarkStart w:id=\"4\"",
                      f"</w:p>{new}<w:p><w:pPr><w:ind w:start=\"360\"/></w:pPr><w:bookmarkStart w:id=\"4\"")  # fmt: skip
    (proposal,) = proposals(document, TEXT).proposals
    assert (proposal.provision, proposal.texts) == ("art_3__para_2-bis", {"en": "They are free."})


@pytest.mark.parametrize(
    ("words", "letter", "read"),
    [
        ("Within [30]A [20]B days.", "A", "Within 30 days."),
        ("Within [30]A [20]B days of [notice]AB [receipt]C.", "B", "Within 20 days of notice."),
        ("Within [30]A [20]B days.", "C", "Within [30]A [20]B days."),
        ("Within [30] days.", "A", "Within [30] days."),
        ("Within [30]A [20]B days.", "", "Within [30]A [20]B days."),
    ],
)
def test_shown_brackets_are_read_as_the_words_of_a_side(words: str, letter: str, read: str) -> None:
    assert own_words(words, letter) == read


@pytest.mark.parametrize(
    ("headed", "headings"),
    [("Article 3. Reporting\n", {"en": "Reporting"}), ("", {}), ("Article 4. Costs\n", {})],
)
def test_a_heading_that_is_changed_or_taken_away_is_proposed_alone(
    headed: str, headings: dict[str, str]
) -> None:
    new = parse_text(
        f"{headed}3(1) Each Side should report.\n3(2) Reports are public.\n3(3) Within [30]A [20]B days."
    )
    for document in (redline(TEXT, new, CAPITAL), document_of(new)):
        found = proposals(read_word(write_word(document)), TEXT)
        one = next(p for p in found.proposals if p.provision == "art_3")
        assert one.headed == {"en": "Reports"}
        gone = not headings
        assert (one.texts, one.headings, one.omits) == ({}, None if gone else headings, gone)
        assert "proposals.heading" not in {remark.code for remark in found.remarks}


def test_a_heading_is_taken_away_from_words_that_stay() -> None:
    old, new = parse_text("Article 3. Reports\n3 Each Side reports."), parse_text("3 Each Side reports.")
    (one,) = proposals(read_word(write_word(redline(old, new, CAPITAL))), old).proposals
    assert (one.texts, one.headings, one.omits, one.tracked) == ({}, {}, False, True)


def test_words_that_go_from_under_a_heading_are_remarked_on() -> None:
    old, new = parse_text("Article 3. Reports\n3 Each Side reports."), parse_text("Article 3. Accounts")
    found = proposals(read_word(write_word(redline(old, new, CAPITAL))), old)
    (one,) = found.proposals
    assert (one.texts, one.headings) == ({}, {"en": "Accounts"})
    assert [remark.code for remark in found.remarks] == ["proposals.heading"]
    assert "its heading stays" in found.remarks[0].sentence


def test_an_article_put_in_by_hand_brings_its_heading() -> None:
    styled = '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
    for style in ("", styled):
        put_in = "".join(
            f"<w:p>{of}{INS}<w:r><w:t>{words}</w:t></w:r></w:ins></w:p>"
            for of, words in (
                (style, "Article 4. Costs"),
                ("", "Each Side bears its own."),
                ("", "4(1) None is due."),
            )
        )
        found = proposals(edited("<w:sectPr", f"{put_in}<w:sectPr"), TEXT)
        assert [(p.provision, p.headings, p.texts) for p in found.proposals] == [
            ("art_4", {"en": "Costs"}, {"en": "Each Side bears its own."}),
            ("art_4__para_1", None, {"en": "None is due."}),
        ]


ISSUED = parse_text("Article 3. Reports\n3 Each Side reports within 30 days.\n")


@pytest.mark.parametrize(
    ("held", "change", "into", "expected"),
    [
        # B’s proposals are not A’s to make.
        ((Held("B", {}, headings={"en": "Accounts"}),), "30 days", "20 days",
         ({"en": "Each Side reports within 20 days."}, None)),
        # Whoever changes the words stands by the heading proposed before, and the other way round.
        ((Held("A", {"en": "Each Side reports within 20 days."}, headings={"en": "Accounts"}),
          Held("B", {"en": "None."})), "20 days", "10 days",
         ({"en": "Each Side reports within 10 days."}, {"en": "Accounts"})),
        ((Held("A", {"en": "Each Side reports within 20 days."}),), "Reports<", "Accounts<",
         ({"en": "Each Side reports within 20 days."}, {"en": "Accounts"})),
        ((Held("A", {}, headings={}),), "30 days", "20 days", ({"en": "Each Side reports within 20 days."}, {})),
        # What was to be left out and gets words again keeps its heading.
        ((Held("A", {}, omits=True), Held("B", {}, headings={"en": "Accounts"})), "[no text]A [Each",
         "[Each Side reports.]A [Each", ({"en": "Each Side reports."}, None)),
    ],
)  # fmt: skip
def test_what_a_side_has_proposed_before_is_read_back_with_what_it_changes(
    held: tuple[Held, ...], change: str, into: str, expected: tuple[dict[str, str], dict[str, str] | None]
) -> None:
    shown = with_brackets(ISSUED, {"art_3": held})
    document = read_word(replaced(write_word(document_of(shown)), change, into))
    (one,) = proposals(document, shown, "en", "A", ISSUED).proposals
    assert (one.texts, one.headings) == expected


@pytest.mark.parametrize(
    ("held", "heading", "words"),
    [
        ((Held("A", {}, headings={"en": "Accounts"}),), "[Accounts]A", "Each Side reports within 30 days."),
        ((Held("A", {}, headings={"en": "Accounts"}), Held("B", {"en": "Nobody reports."})),
         "[Accounts]A [Reports]B", "[Each Side reports within 30 days]A [Nobody reports]B."),
        ((Held("A", {}, headings={}),), "[Reports] [no text]A", "Each Side reports within 30 days."),
        ((Held("A", {}, omits=True),), "Reports", "[Each Side reports within 30 days.] [no text]A"),
        ((Held("A", {}, headings={"en": "Accounts"}), Held("B", {}, omits=True)),
         "[Accounts]A [no text]B", "[Each Side reports within 30 days.]A [no text]B"),
        ((Held("A", {}, headings={"en": "Accounts"}), Held("B", {})), "[Accounts]A",
         "[Each Side reports within 30 days.]A"),
    ],
)  # fmt: skip
def test_a_heading_stands_in_brackets_like_words(held: tuple[Held, ...], heading: str, words: str) -> None:
    """Where nobody proposes one it stands as it is; nothing is said for an alternative that is not disclosed."""
    (shown,) = with_brackets(ISSUED, {"art_3": held})
    assert (shown.heading["en"], shown.texts["en"]) == (heading, words)


def test_a_provision_that_was_moved_is_left_out_and_proposed_where_it_then_stands() -> None:
    new = parse_text(
        "Article 3. Reports\n3(2) Reports are public.\n3(1) Each Side should report.\n3(3) Within [30]A [20]B days."
    )
    found = proposals(read_word(write_word(redline(TEXT, new, CAPITAL))), TEXT)
    assert {p.provision: p.texts for p in found.proposals} == {
        "art_3__para_1": {}, "art_3__para_2-bis": {"en": "Each Side should report."}
    }  # fmt: skip
    assert all(p.authors == ("Capital of A",) and p.tracked for p in found.proposals)
    assert [remark.code for remark in found.remarks] == ["proposals.moved"]


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        ("1 3 2", {"3": "1-bis"}),
        ("3 1 2", {"1": "3-bis", "2": "3-ter"}),
        ("2 3 1", {"1": "3-bis"}),
        ("1 2 3", {}),
    ],
)
def test_a_moved_provision_is_named_by_what_it_then_follows(order: str, moved: dict[str, str]) -> None:
    old, new = (
        parse_text("\n".join(f"3({number}) Words {number}." for number in numbers.split()))
        for numbers in ("1 2 3", order)
    )
    expected = {f"art_3__para_{before}": f"art_3__para_{after}" for before, after in moved.items()}
    assert in_place(old, new).moved == expected


def test_what_stands_in_an_article_moves_with_it() -> None:
    old = parse_text("1(1) Two.\n1(2) Three.\n2(1) Four.\n3(1) Five.")
    new = parse_text("2(1) Four.\n1(1) Two.\n1(2) Three.\n3(1) Five.")
    assert [p.id for p in in_place(old, new).text] == [
        "art_2__para_1", "art_2-bis__para_1", "art_2-bis__para_2", "art_3__para_1"
    ]  # fmt: skip


def test_a_provision_that_is_gone_is_proposed_to_be_left_out() -> None:
    without = [p for p in TEXT if p.id != "art_3__para_2"]
    tracked = proposals(read_word(write_word(redline(TEXT, without, CAPITAL))), TEXT)
    untracked = proposals(read_word(write_word(document_of(without))), TEXT)
    for found, is_tracked in ((tracked, True), (untracked, False)):
        (one,) = found.proposals
        assert (one.provision, one.texts, one.tracked) == ("art_3__para_2", {}, is_tracked)


def test_paragraphs_put_in_by_hand_are_counted_on() -> None:
    one = f"<w:p><w:pPr><w:rPr>{INS[:-1]}/></w:rPr></w:pPr>{INS}<w:r><w:t>They are free.</w:t></w:r></w:ins></w:p>"
    other = one.replace("free", "brief")
    next_one = '<w:p><w:pPr><w:ind w:start="360"/></w:pPr><w:bookmarkStart w:id="4"'
    document = edited(f"</w:p>{next_one}", f"</w:p>{one}{other}{next_one}")
    assert [p.provision for p in proposals(document, TEXT).proposals] == [
        "art_3__para_2-bis", "art_3__para_2-ter"
    ]  # fmt: skip
