"""An invented article, as text, HTML and PDF. Its town, its sides and its talks are nobody's."""

from __future__ import annotations

from typing import Final

TITLE: Final = "Talks in the harbour city end without result"
PARAGRAPHS: Final = (
    "NORTHPORT: The second round ended on Tuesday without a result, the minister said. “Four days of dialogue brought no "
    "workable solution,” said the information minister of the northern side. He added that evidence had been presented "
    "and acknowledged by the southern delegation and by the mediators, but that no assurance followed.",
    "According to security officials, the southern delegation withdrew from a nearly finalised draft. “We were asked "
    "whether it was final. We said yes,” a southern delegate told reporters. A source who was present, speaking on "
    "condition of anonymity, said the talks lasted three days, nearly 50 hours in total.",
    "The southern delegation denied that it had given an assurance. The weather in the harbour was fine.",
)
TEXT: Final = "\n\n".join((TITLE, *PARAGRAPHS))
NAMES: Final = {"the southern delegation": "B", "the northern side": "A", "the mediators": "M"}
HTML: Final = (
    "<!doctype html><html lang='en'><head><title>Harbour Post</title><meta charset='utf-8'>"
    f"<meta property='og:title' content='{TITLE}'><meta property='og:site_name' content='Harbour Post'>"
    "<meta property='article:published_time' content='2031-04-02'><script>let p = '<p>no</p>'</script></head>"
    "<body><nav><p>Menu</p></nav><aside><p>Buy this, the seller said.</p></aside><article>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + "</article><footer><p>All rights</p></footer></body></html>"
)


def pdf(*lines: str) -> bytes:
    """A small PDF with one line of text under another (ISO 32000-1, 7.5), written by hand."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 40 780 Td {shown}ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
