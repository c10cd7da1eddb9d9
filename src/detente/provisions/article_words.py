"""How articles and preambles are headed in languages other than English, with numbers in digits, letters or words."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ARTICLE: Final = (
    "article", "artículo", "articulo", "artigo", "articolo", "artikel", "madde", "статья", "стаття", "член", "المادة",
    "مادة", "ماده", "مادهٔ", "مادهء", "آرٹیکل", "دفعہ", "شق", "סעיף", "kifungu", "pasal", "अनुच्छेद",
)  # fmt: skip
_PREAMBLE: Final = frozenset({
    "preamble", "préambule", "preámbulo", "preambolo", "preâmbulo", "präambel", "önsöz", "başlangıç", "преамбула",
    "الديباجة", "ديباجة", "تمہید", "دیباچہ", "مقدمه", "سریزه", "הקדמה", "מבוא", "序言", "前言",
})  # fmt: skip
_FIRST: Final = frozenset({"premier", "première", "primero", "primo", "الأولى", "اول", "نخست"})
_PERSIAN: Final = (
    "یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم", "یازدهم", "دوازدهم", "سیزدهم", "چهاردهم",
    "پانزدهم", "شانزدهم", "هفدهم", "هجدهم", "نوزدهم", "بیستم",
)  # fmt: skip
_HEBREW: Final = {letter: value for value, letter in enumerate("אבגדהוזחטי", 1)} | {"כ": 20, "ל": 30, "מ": 40}
_HAN: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_HEAD: Final = re.compile(
    rf"(?P<word>{'|'.join(sorted(_ARTICLE, key=len, reverse=True))})\s+"
    r"(?P<number>\d{1,3}(?:[-.]?[a-z])?|(?:بیست|سی|چهل) و \w+|سی\u200cام|[א-ת]{1,2}[״\"]?[א-ת]?|[^\W\d_]+)"
    r"\s*[.:۔–—-]*\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_HAN_HEAD: Final = re.compile(r"第(?P<number>[〇一二三四五六七八九十百\d]{1,6})[條条]\s*(?P<rest>.*)")


def article_in(line: str) -> tuple[str, str] | None:
    """The number of the article that a line heads, in ASCII digits, and the words after it; None where it heads none.

    >>> article_in("المادة ٣: السلام"), article_in("مادهٔ بیست و یکم"), article_in("第十二條")
    (('3', 'السلام'), ('21', ''), ('12', ''))
    """
    if found := _HAN_HEAD.fullmatch(line):
        value = _han(found["number"])
        return (str(value), found["rest"].strip()) if value else None
    found = _HEAD.fullmatch(line)
    number = _number(found["number"]) if found else ""
    return (number, found["rest"].strip()) if found and number else None


def is_preamble(line: str) -> bool:
    """Whether a line is nothing but the word for a preamble."""
    return line.rstrip(" .:۔").lower() in _PREAMBLE


def _number(written: str) -> str:
    word = {"هیجدهم": "هجدهم"}.get(written, written.lower())
    if word[0].isdecimal():
        return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in word).replace(
            ".", "-"
        )
    if word in _FIRST:
        return "1"
    if word in _PERSIAN:
        return str(_PERSIAN.index(word) + 1)
    tens, _, ones = word.partition(" و ")
    if ones in _PERSIAN[:9] and tens in ("بیست", "سی", "چهل"):
        return str({"بیست": 20, "سی": 30, "چهل": 40}[tens] + _PERSIAN.index(ones) + 1)
    if word == "سی\u200cام":
        return "30"
    letters = word.replace("״", "").replace('"', "")
    if all(letter in _HEBREW for letter in letters):
        return str(sum(_HEBREW[letter] for letter in letters))
    return ""


def _han(written: str) -> int:
    """Numbers below a thousand as Chinese writes them."""
    if written.isdecimal():
        return int(written)
    value = digit = 0
    for sign in written:
        if sign in _HAN:
            digit = _HAN[sign]
        else:
            value += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
    return value + digit
