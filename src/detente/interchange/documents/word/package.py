"""The parts of a Word file: a zip archive of XML, opened within limits.

What is refused: files in the old format or under a password, macros, archives that unpack to more than
`LARGEST_TOTAL`, parts that declare entities. Sizes are those that come out, not those that the archive states.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from detente.codec.refusal import Refused, refuse
from detente.interchange.documents.xml import Element, attribute, child, local_name, parse_xml

LARGEST_FILE: Final = 64_000_000
LARGEST_PART: Final = 64_000_000
LARGEST_TOTAL: Final = 128_000_000
MOST_PARTS: Final = 4_000
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class WordPackage:
    """A Word file's parts by what they are to the document (`footnotes`, `numbering`, `styles`, ...)."""

    def __init__(self, data: bytes) -> None:
        """Raises `Refused`: `document.size`, `.old_format`, `.malformed`, `.macros`."""
        if len(data) > LARGEST_FILE:
            raise _too_large()
        if data.startswith(_OLD):
            raise refuse(
                "document.old_format",
                "The file is in Word's format of before 2007, or is protected by a password.",
                "ISO/IEC 29500-2",
                "Open it in Word, take the password off and save it as .docx.",
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise _malformed("The file is no Word document: it is not a zip archive.") from error
        names = self._archive.namelist()
        if len(names) > MOST_PARTS:
            raise _too_large()
        if any(name.rpartition("/")[2].lower() in ("vbaproject.bin", "vbadata.xml") for name in names):
            raise refuse(
                "document.macros",
                "The file carries macros: programs that run when it is opened.",
                "",
                "Save it as .docx, which holds none.",
            )
        self._unpacked = 0
        self._names = frozenset(names)
        self._relations: dict[str, list[tuple[str, str]]] = {}
        self.main = self._target("", "officeDocument")
        if not self.main:
            raise _malformed("The archive holds no Word document.")

    def document(self) -> Element:
        return self._parsed(self.main)

    def title(self) -> str:
        """That of the file's properties, where its writer puts a text's title."""
        name = self._target("", "core-properties")
        title = child(self._parsed(name), "title") if name else None
        return " ".join((title.text or "").split()) if title is not None else ""

    def part(self, kind: str) -> Element | None:
        """The first part that stands in this relation to the document, or None."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> list[Element]:
        """Every part in this relation to the document (`header`, `footer`), in the order of their names."""
        return [self._parsed(name) for name in sorted(self._targets(self.main, kind)) if name in self._names]

    def _target(self, source: str, kind: str) -> str:
        return next(iter(n for n in self._targets(source, kind) if n in self._names), "")

    def _targets(self, source: str, kind: str) -> list[str]:
        """What `source` (a part; empty for the archive itself) points to. External targets are never followed."""
        if source not in self._relations:
            self._relations[source] = list(self._related(source))
        return list(dict.fromkeys(target for of, target in self._relations[source] if of == kind))

    def _related(self, source: str) -> Iterator[tuple[str, str]]:
        folder, name = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        for relation in self._parsed(relations) if relations in self._names else ():
            if local_name(relation) == "Relationship" and attribute(relation, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attribute(relation, "Target")))
                yield attribute(relation, "Type").rpartition("/")[2], target.lstrip("/")

    def _parsed(self, name: str) -> Element:
        return parse_xml(self._bytes(name), f"The part {name} of the file")

    def _bytes(self, name: str) -> bytes:
        left = min(LARGEST_PART, LARGEST_TOTAL - self._unpacked)
        try:
            with self._archive.open(name) as part:
                data = part.read(left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
        ) as error:
            raise _malformed(f"The part {name} of the file cannot be unpacked.") from error
        if len(data) > left:
            raise _too_large()
        self._unpacked += len(data)
        return data


def _malformed(sentence: str) -> Refused:
    return refuse(
        "document.malformed",
        sentence,
        "ISO/IEC 29500-2",
        "Open it in the program that made it and save it as .docx.",
    )


def _too_large() -> Refused:
    return refuse(
        "document.size",
        f"The file is larger than {LARGEST_FILE // 1_000_000} MB, or unpacks to more than "
        f"{LARGEST_TOTAL // 1_000_000} MB.",
        "",
        "Take pictures and attachments out of it; the text of a treaty needs a small part of that.",
    )
