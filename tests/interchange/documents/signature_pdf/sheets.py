"""A text in three languages, with a footnote and a table, as an edition for signature."""

from __future__ import annotations

from detente.interchange.documents.signature_pdf.sheet import Position, Sheet, Signing
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision

TEXT = parse_text(
    """
Preamble 1 The Sides, wishing to end hostilities,
  ur: فریقین، دشمنی ختم کرنے کی خواہش کے ساتھ،
  ps: اړخونه، د دښمنیو د پای ته رسولو په هیله،
Article 3. Use of territory
  ur: علاقے کا استعمال
  ps: د خاورې کارول
3(1) Each Side shall prevent¹ it within 72 hours.
  ur: ہر فریق 72 گھنٹوں کے اندر اسے روکے گا۔¹
  ps: هر اړخ به په 72 ساعتونو کې د هغې مخه نیسي.¹
3(1), note 1 Of the notice.
  ur: نوٹس کے۔
  ps: د خبرتیا.
3(1), row 1 North | 34.1
  ur: شمال | 34.1
  ps: شمال | 34.1
3(1), row 2 South | 33.9
  ur: جنوب | 33.9
  ps: جنوب | 33.9
"""
)
LANGUAGES = (("en", "authentic"), ("ur", "authentic"), ("ps", "authentic"))
NONCE = "AAAAAAAAAAAAAAAAAAAAAA"
AT = Position(3, 47, "8f3a1c2b09de77a0" * 4, "https://records.example/processes/k5w2/acts/47/prove")


def sheet(text: tuple[Provision, ...] = TEXT, languages: tuple[tuple[str, str], ...] = LANGUAGES) -> Sheet:
    return Sheet("An understanding", text, languages, NONCE, AT, Signing(("A", "B")))
