"""A Word file is an archive whose author chose the names in it: none of them is ever a path of the machine that reads."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from detente.codec.refusal import Refused
from detente.interchange.documents.reading import read_document
from tests.interchange.documents.test_hostile import docx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORDS = "<w:p><w:r><w:t>Each Side may.</w:t></w:r></w:p>"
NAMES = (
    "../outside.xml", "../../../../../../tmp/outside.xml", "/etc/outside.xml", "C:\\outside.xml", "C:/outside.xml",
    "\\\\host\\share\\outside.xml", "word/../../outside.xml", "word/\x00outside.xml", "x" * 60_000, "word//document.xml",
    "./word/document.xml", "aux", "word/\u202exml.x", "~/outside", "$HOME/outside",
)  # fmt: skip


def with_member(name: str, link: str = "") -> bytes:
    """A sound file with one member more; link: that it is a symbolic link, and to what."""
    out = io.BytesIO(docx(WORDS))
    with zipfile.ZipFile(out, "a") as archive:
        member = zipfile.ZipInfo(name)
        if link:
            member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, link or "<a/>")
    return out.getvalue()


def pointing_to(target: str) -> bytes:
    """A file whose relations name a part that is somewhere else."""
    kinds = ("numbering", "styles", "footnotes", "comments", "header")
    related = "".join(
        f'<Relationship Id="r{n}" Type="x/{kind}" Target="{target}"/>' for n, kind in enumerate(kinds)
    )
    return docx(WORDS, **{"_rels/document.xml.rels": f"<Relationships>{related}</Relationships>"})


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a secret above it, in which nothing may be written, and nothing be opened by name."""
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    (tmp_path / "secret.xml").write_text(f"<w:numbering {_W}/>")
    monkeypatch.chdir(inside)
    opened = os.open

    def watched(path: Any, flags: int, *more: Any, **named: Any) -> int:
        assert not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT), path
        return opened(path, flags, *more, **named)

    def unpacks(*_given: Any, **_named: Any) -> None:
        raise AssertionError("an archive is unpacked onto the disk")

    monkeypatch.setattr(os, "open", watched)
    monkeypatch.setattr(zipfile.ZipFile, "extract", unpacks)
    monkeypatch.setattr(zipfile.ZipFile, "extractall", unpacks)
    return tmp_path


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_member_is_never_a_path_of_this_machine(nowhere: Path, name: str) -> None:
    before = files_in(nowhere)
    for link in ("", "/etc/passwd", "../../secret.xml"):
        words = read_document(with_member(name, link), "text.docx")
        assert "Each Side may." in str(words)
    assert files_in(nowhere) == before


@pytest.mark.parametrize(
    "target", ["/etc/passwd", "../../../secret.xml", "file:///etc/passwd", "C:\\x", "http://x/y", ""]
)
def test_a_relation_leads_to_nothing_outside_the_archive(nowhere: Path, target: str) -> None:
    before = files_in(nowhere)
    try:
        assert "root:" not in str(read_document(pointing_to(target), "text.docx"))
    except Refused as refused:
        assert "root:" not in str(refused.refusals)
    assert files_in(nowhere) == before


@pytest.mark.parametrize(
    "name", ["../../text.docx", "/etc/passwd", "x" * 5000, "a\x00b.docx", "\u202ecod.docx", ""]
)
def test_the_name_of_a_file_opens_nothing(nowhere: Path, name: str) -> None:
    before = files_in(nowhere)
    try:
        read_document(docx(WORDS), name)
    except Refused as refused:
        assert refused.refusals
    assert files_in(nowhere) == before
