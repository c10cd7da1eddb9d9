"""An edition as a secretary writes it: numbered lines, other languages indented under the line they translate.

    Article 3. Use of territory
      ur: علاقے کا استعمال
    3(1) Each Side shall prevent the use of territory under its control for attacks
        against the other Side.
      ur: ہر فریق اپنے زیرِ اختیار علاقے کا استعمال روکے گا۔

- A line at the margin begins with a number: with a full stop right after it (`Article 3. ...`) it is a
  heading, else (`3(1) ...`) a text, in the default language.
- An indented line `tag: ...` gives the same heading or text in another language.
- Any other indented line goes on with the line above, after one space. Blank lines mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from detente.codec.refusal import Refusal, Refused
from detente.provisions.numbering import LEADING_NUMBER, eid_of, number_of
from detente.provisions.provision import Provision, check_provisions

_TAGGED = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*):(?:\s+(.*))?")
_BEFORE_TEXT = ("art", "annex", "part", "chp", "sec")


def _written(label: str, versions: Mapping[str, str], language: str) -> Iterable[str]:
    yield f"{label} {versions[language]}" if language in versions else label
    yield from (f"  {tag}: {versions[tag]}" for tag in sorted(versions) if tag != language)


def format_text(provisions: Iterable[Provision], language: str = "en") -> str:
    """`provisions` in the plain form, ending in a line end; `language` is the one written without a tag."""
    lines: list[str] = []
    for provision in provisions:
        opens = provision.heading or provision.id.rpartition("__")[2].partition("_")[0] in _BEFORE_TEXT
        if opens and lines:
            lines.append("")
        if provision.heading:
            lines += _written(number_of(provision.id, full=True) + ".", provision.heading, language)
        if provision.texts or not provision.heading:
            lines += _written(number_of(provision.id), provision.texts, language)
    return "\n".join(lines) + "\n"


class _Reader:
    """Collects provisions line by line, and every fault with its line number."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.provisions: dict[str, Provision] = {}
        self.first_lines: dict[str, int] = {}
        self.faults: list[Refusal] = []
        self.headed: set[str] = set()
        self.texted: set[str] = set()
        self.current = ""
        self.field: dict[str, str] | None = None
        self.tag = language

    def fault(self, line: int, code: str, sentence: str, instead: str) -> None:
        self.faults.append(Refusal(f"edition.{code}", f"Line {line}: {sentence}", "", instead))

    def put(self, line: int, tag: str, words: str) -> None:
        """Give the open heading or text its words in `tag`."""
        if self.field is None:
            return
        if tag in self.field:
            self.fault(line, "language_twice", f"the language {tag} is given twice.", "Keep one.")
        else:
            self.tag = tag
            self.field[tag] = words

    def margin(self, line: int, text: str) -> None:
        """A line at the margin: it opens a heading or a text."""
        self.field = None
        found = LEADING_NUMBER.match(text)
        rest = text[found.end() :] if found else ""
        is_heading = rest == "." or rest.startswith(". ")
        if not found or not (is_heading or rest == "" or rest[0].isspace()):
            instead = "Begin it with a number, like 3(1), or with Article 3. and a heading; or indent it."
            return self.fault(line, "line_unread", "it begins with no number of a provision.", instead)
        if is_heading and found[0][0].isdigit():
            instead = (
                f"Write “Article {found[0]}.” for a heading, “{found[0]}” without a full stop for a text."
            )
            return self.fault(line, "heading_or_text", "it may be a heading or a text.", instead)
        try:
            eid = eid_of(found[0])
        except Refused as refused:
            return self.fault(
                line, "number_unread", refused.refusals[0].sentence, refused.refusals[0].instead
            )
        return self.open(line, eid, rest.removeprefix(".").strip(), is_heading)

    def open(self, line: int, eid: str, words: str, is_heading: bool) -> None:
        done = self.headed if is_heading else self.texted
        if eid in done or (eid in self.provisions and eid != self.current):
            what = f"{number_of(eid, full=True)} was already given."
            return self.fault(
                line, "provision_twice", what, "Write its heading and then its text, once, together."
            )
        provision = self.provisions.setdefault(eid, Provision(eid, {}, {}))
        self.first_lines.setdefault(eid, line)
        self.current = eid
        done.add(eid)
        self.field = provision.heading if is_heading else provision.texts
        self.tag = self.language
        if words:
            self.put(line, self.language, words)
        return None

    def indented(self, line: int, text: str) -> None:
        """A language version, or more of the line above."""
        tagged = _TAGGED.fullmatch(text)
        if self.field is None:
            if not self.faults:
                self.fault(
                    line, "line_unread", "nothing stands above it to go on with.", "Begin at the margin."
                )
        elif tagged and not tagged[2]:
            self.fault(
                line, "language_empty", f"no words follow {tagged[1]}.", "Write them on the same line."
            )
        elif tagged:
            self.put(line, tagged[1], tagged[2])
        else:
            before = self.field.get(self.tag)
            self.field[self.tag] = f"{before} {text}" if before else text


def parse_text(text: str, language: str = "en") -> tuple[Provision, ...]:
    """The provisions that the plain form gives, in its order.

    Raises `Refused` with one refusal for every bad line, each naming its line: codes `edition.line_unread`,
    `edition.number_unread`, `edition.heading_or_text`, `edition.provision_twice`, `edition.language_twice`,
    `edition.language_empty`, `provision.malformed`, `provision.irregular`.
    """
    reader = _Reader(language)
    for line, raw in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), 1):
        words = raw.strip()
        if words and raw[0].isspace():
            reader.indented(line, words)
        elif words:
            reader.margin(line, words)
    for eid, provision in reader.provisions.items():
        for fault in check_provisions((provision,)):
            sentence = f"Line {reader.first_lines[eid]}: {fault.sentence}"
            reader.faults.append(Refusal(fault.code, sentence, fault.clause, fault.instead))
    if reader.faults:
        raise Refused(*reader.faults)
    return tuple(reader.provisions.values())
