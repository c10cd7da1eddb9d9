"""Word files written by hand, part by part, for the tests to read."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OF_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = 'w:author="Delegation of A" w:date="2025-10-18T21:40:00Z"'


def word_file(body: str, **parts: str) -> bytes:
    """A .docx whose document has this body. parts: the insides of `numbering`, `styles`, `comments`, `footnotes` ..."""
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_OF_DOCUMENT}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(parts)
    )
    return archive({
        "_rels/.rels": relationships(
            f'<Relationship Id="r" Type="{_OF_DOCUMENT}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(relations),
        **{f"word/{kind}.xml": f"<w:{kind} {W}>{inside}</w:{kind}>" for kind, inside in parts.items()},
    })  # fmt: skip


def relationships(inside: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def archive(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for name, data in files.items():
            to.writestr(name, data)
    return out.getvalue()


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def replaced(data: bytes, old: str, new: str) -> bytes:
    """A Word file in whose document `old` is written over; it must stand there once."""
    files: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        for name in made.namelist():
            files[name] = made.read(name)
            if name == "word/document.xml":
                document = made.read(name).decode()
                assert document.count(old) == 1, (document.count(old), document)
                files[name] = document.replace(old, new)
    return archive(files)
