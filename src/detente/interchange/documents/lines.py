"""Plain text and Markdown as a `Document`: a block for each line, to be joined by how the lines begin.

Of Markdown what a text needs: headings (`#`), footnotes (`[^1]`), tables (`| a | b |`), and what stands before it in
`---`. Emphasis and everything else stays as it is written, without tags that say how words look. Square brackets are the
negotiators', never links; but where the text ends in a rule and `[1] ...`, `[2] ...` below it, and its words say `[1]`
and `[2]`, those are footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from detente.codec.refusal import refuse
from detente.interchange.documents.document import Block, Document, Note, Remark, Run, bounded

LARGEST: Final = 16_000_000
_HEADING: Final = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>.*)")
_NOTE: Final = re.compile(r"\[\^(?P<name>[^\]\s]{1,40})\]:\s*(?P<words>.*)")
_REFERENCE: Final = re.compile(r"(\[\^[^\]\s]{1,40}\])")
_ROW: Final = re.compile(r"\|.*\|")
_RULE: Final = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")
_TARGET: Final = re.compile(r"\[[^\]]+\]:\s*\S+|\{:[^}]*\}")
_TAG: Final = re.compile(r"</?(?:span|font|u|b|i|em|strong|small|sup|sub|br)\b[^<>]*>")
_RULE_ACROSS: Final = re.compile(r"(?:-\s?){3,}|(?:_\s?){3,}|(?:\*\s?){3,}")
"""A rule across the page."""
_LONGEST_RULE: Final = 400
_NUMBERED_NOTE: Final = re.compile(r"\\?\[(?P<name>\d{1,3})\\?\]\s+(?P<words>\S.*)")
_NUMBERED_REFERENCE: Final = re.compile(r"(?<=[^\s\\])\\?\[(\d{1,3})\\?\]")


def read_lines(data: bytes, source: Literal["text", "markdown"]) -> Document:
    """Raises `Refused`: `document.size`, `document.encoding`."""
    if len(data) > LARGEST:
        raise refuse("document.size", f"A text of at most {LARGEST // 1_000_000} MB is read.",
                     instead="Send it in parts.")  # fmt: skip
    lines = decoded(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _Reader(source).document(lines)


def decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 with its mark. Other encodings cannot be told apart, and would be read as other words."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse(
            "document.encoding",
            f"The text is not in UTF-8: at byte {error.start + 1} stands something else.",
            "RFC 3629",
            "Save it as UTF-8, which every program offers.",
        ) from error
    if "\x00" in text:
        raise refuse("document.encoding", "The file is no text: it holds zero bytes.", "",
                     "Send a Word file, a PDF or a text.")  # fmt: skip
    return text


class _Reader:
    def __init__(self, source: Literal["text", "markdown"]) -> None:
        self._source = source
        self._remarks: list[Remark] = []
        self._notes: dict[str, list[Block]] = {}
        self._numbers: dict[str, str] = {}
        self._below = 0
        self._numbered: frozenset[str] = frozenset()

    def document(self, lines: list[str]) -> Document:
        if self._source == "markdown":
            lines = _whole_headings(lines)
        self._find_numbered_notes(lines)
        begin = 0 if self._source == "text" else self._front(lines)
        blocks = tuple(bounded(self._blocks(lines, begin)))
        notes = tuple(Note(f"footnote-{name}", "footnote", tuple(of)) for name, of in self._notes.items())
        return Document(blocks, self._source, notes, tuple(self._remarks))

    def _find_numbered_notes(self, lines: list[str]) -> None:
        """Below the last rule, numbered from 1 and each of them referred to above it; else none."""
        rules = [at for at, line in enumerate(lines) if _is_rule(line.strip())]
        if not rules:
            return
        above, below = lines[: rules[-1]], lines[rules[-1] :]
        names = [found["name"] for line in below if (found := _NUMBERED_NOTE.fullmatch(line.strip()))]
        referred = frozenset(name for line in above for name in _NUMBERED_REFERENCE.findall(line))
        if names == [str(n) for n in range(1, len(names) + 1)] and referred == set(names):
            self._below, self._numbered = rules[-1], referred

    def _front(self, lines: list[str]) -> int:
        """Where the text begins after the lines about it, which are kept as a remark."""
        if not lines or lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:200]):
            return 0
        ends = 1 + [line.strip() for line in lines[1:200]].index("---")
        self._remarks.append(
            Remark(
                "line 1",
                "markdown.front",
                "What stands before the text is no part of it.",
                "\n".join(lines[1:ends]),
            )
        )
        return ends + 1

    def _blocks(self, lines: list[str], begin: int) -> Iterator[Block]:
        joins, table, row, note = False, 0, 0, ""
        for at in range(begin, len(lines)):
            raw, place = lines[at], f"line {at + 1}"
            line = raw.strip() if self._source == "text" else _TAG.sub("", _uncommented(raw)).strip()
            if not line or (self._source == "markdown" and _is_rule(line)):
                joins, row = False, 0
                note = note if note not in self._numbered else ""
                continue
            if at > self._below and self._numbered:
                if found := _NUMBERED_NOTE.fullmatch(line):
                    note = found["name"]
                    self._notes[note] = [Block((Run(found["words"]),), place)]
                    continue
                if note in self._numbered:
                    self._notes[note].append(Block((Run(f" {line}"),), place))
                    continue
            if self._source == "markdown":
                if found := _NOTE.fullmatch(line):
                    note = found["name"]
                    self._notes[note] = [Block(self._runs(found["words"]), place)]
                    continue
                if note and raw[:1].isspace():
                    self._notes[note].append(Block(self._runs(line), place))
                    continue
                note = ""
                if _TARGET.fullmatch(line):
                    self._remarks.append(Remark(place, "markdown.target", "No part of the text.", line))
                    continue
                if _ROW.fullmatch(line) and (cells := _cells(line)):
                    table, row = (table, row + 1) if row else (table + 1, 1)
                    if not _RULE.fullmatch(line):
                        for column, words in enumerate(cells, 1):
                            yield Block(self._runs(words), place, "cell", cell=(table, row, column))
                    continue
                if found := _HEADING.fullmatch(line):
                    yield Block(self._runs(found["words"]), place, "heading", level=len(found["marks"]) - 1)
                    joins = True
                    continue
            inner = (
                self._source == "markdown" and len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip()) >= 2
            )
            yield Block(self._runs(line), place, joins=joins, inner=inner)
            joins = True

    def _runs(self, words: str) -> tuple[Run, ...]:
        if self._numbered:
            words = _NUMBERED_REFERENCE.sub(lambda found: f"[^{found[1]}]", words)
        elif self._source == "text":
            return (Run(words),)
        return tuple(self._run(piece) for piece in _REFERENCE.split(words) if piece)

    def _run(self, piece: str) -> Run:
        if not _REFERENCE.fullmatch(piece):
            return Run(piece)
        name = piece[2:-1]
        number = name if name.isdigit() else self._numbers.setdefault(name, str(len(self._numbers) + 1))
        return Run(number, note=f"footnote-{name}")


def _uncommented(line: str) -> str:
    """A line without what stands between `<!--` and `-->`."""
    kept, at = [], 0
    while (begins := line.find("<!--", at)) >= 0 and (ends := line.find("-->", begins)) >= 0:
        kept.append(line[at:begins])
        at = ends + len("-->")
    return "".join(kept) + line[at:]


def _is_rule(line: str) -> bool:
    return len(line) < _LONGEST_RULE and _RULE_ACROSS.fullmatch(line) is not None


def _whole_headings(lines: list[str]) -> list[str]:
    """Strong words that run over several lines, as headings do, on the first of them; the others are left empty."""
    whole = list(lines)
    for at in range(len(whole) - 1):
        if whole[at].lstrip().startswith("**"):
            for following in range(at + 1, min(at + 4, len(whole))):
                if whole[at].count("**") % 2 == 0 or not whole[following].strip():
                    break
                whole[at], whole[following] = f"{whole[at].rstrip()} {whole[following].strip()}", ""
    return whole


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
