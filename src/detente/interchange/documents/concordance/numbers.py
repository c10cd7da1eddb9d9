"""The numbers that words state, in digits of any script and in words, for comparing languages.

Number words are known for the languages of `_WORDS`; of others only digits are compared. “One” is left out in words: in
most languages it is the article as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from detente.provisions.words import cut, is_word

_WORDS: Final[dict[str, str]] = {
    "en": "two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13 fourteen "
    "14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40 fifty 50 "
    "sixty 60 seventy 70 eighty 80 ninety 90",
    "fr": "deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 douze 12 treize 13 quatorze 14 "
    "quinze 15 seize 16 vingt 20 trente 30 quarante 40 cinquante 50 soixante 60",
    "es": "dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12 trece 13 catorce 14 "
    "quince 15 veinte 20 treinta 30 cuarenta 40 cincuenta 50 sesenta 60 setenta 70 ochenta 80 noventa 90",
    "tr": "iki 2 üç 3 dört 4 beş 5 altı 6 yedi 7 sekiz 8 dokuz 9 on 10 yirmi 20 otuz 30 kırk 40 elli 50 altmış 60 "
    "yetmiş 70 seksen 80 doksan 90",
    "ar": "اثنان 2 اثنين 2 ثلاثة 3 ثلاث 3 أربعة 4 أربع 4 خمسة 5 خمس 5 ستة 6 ست 6 سبعة 7 سبع 7 ثمانية 8 ثمان 8 تسعة "
    "9 تسع 9 عشرة 10 عشر 10 عشرون 20 عشرين 20 ثلاثون 30 ثلاثين 30 أربعون 40 أربعين 40 خمسون 50 خمسين 50 ستون "
    "60 ستين 60 سبعون 70 سبعين 70 ثمانون 80 ثمانين 80 تسعون 90 تسعين 90",
    "fa": "دو 2 سه 3 چهار 4 پنج 5 شش 6 هفت 7 هشت 8 نه 9 ده 10 یازده 11 دوازده 12 پانزده 15 بیست 20 سی 30 چهل 40 "
    "پنجاه 50 شصت 60 هفتاد 70 هشتاد 80 نود 90",
    "ps": "دوه 2 درې 3 څلور 4 پنځه 5 شپږ 6 اووه 7 اته 8 نهه 9 لس 10 دولس 12 پنځلس 15 شل 20 دېرش 30 څلوېښت 40 پنځوس "
    "50 شپېته 60",
    "ur": "دو 2 تین 3 چار 4 پانچ 5 چھ 6 سات 7 آٹھ 8 نو 9 دس 10 گیارہ 11 بارہ 12 تیرہ 13 چودہ 14 پندرہ 15 سولہ 16 "
    "سترہ 17 اٹھارہ 18 انیس 19 بیس 20 اکیس 21 چوبیس 24 پچیس 25 اٹھائیس 28 تیس 30 پینتیس 35 چھتیس 36 چالیس 40 "
    "پینتالیس 45 اڑتالیس 48 پچاس 50 پچپن 55 ساٹھ 60 پینسٹھ 65 ستر 70 بہتر 72 پچھتر 75 اسی 80 نوے 90",
}  # fmt: skip
_SCALES: Final[dict[str, str]] = {
    "en": "hundred 100 thousand 1000 million 1000000",
    "fr": "cent 100 cents 100 mille 1000 million 1000000 millions 1000000",
    "es": "cien 100 ciento 100 mil 1000 millón 1000000 millones 1000000",
    "tr": "yüz 100 bin 1000 milyon 1000000",
    "ar": "مئة 100 مائة 100 ألف 1000 آلاف 1000 مليون 1000000",
    "fa": "صد 100 هزار 1000 میلیون 1000000",
    "ps": "سل 100 زره 1000",
    "ur": "سو 100 ہزار 1000 لاکھ 100000 کروڑ 10000000",
}  # fmt: skip
_HAN: Final = dict(zip("二三四五六七八九", range(2, 10), strict=True))
_SEPARATED: Final = re.compile(r"(?<!\d)\d{1,3}(?:[,٬’' \u00a0\u202f]\d{3})+(?!\d)")
_NUMBER: Final = re.compile(r"\d+(?:[.,٫]\d+)?")
_WEEKDAY: Final = re.compile("يوم اثنين|(?:دو|سه|چهار|پنج) شنبه")
"""Names of days with a number in them: Monday in Arabic, four days in Persian."""
_ARTICLE: Final = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def numbers_in(words: str, language: str) -> Counter[Fraction]:
    """Each number that the words state, with its times. Numbers of footnotes are not among them."""
    plain = _WEEKDAY.sub("", _ARTICLE.sub("", words))
    plain = _SEPARATED.sub(lambda found: re.sub(r"\D", "", found[0]), plain)
    return Counter([*_in_digits(plain), *_in_words(plain, language.partition("-")[0])])


def knows_words(language: str) -> bool:
    """Whether numbers in words are compared in this language."""
    return language.partition("-")[0] in (*_WORDS, "zh", "ja")


def _in_digits(words: str) -> Iterator[Fraction]:
    for found in _NUMBER.findall(words):
        yield Fraction("".join(_digit(char) for char in found))


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else "."


def _in_words(words: str, language: str) -> Iterator[Fraction]:
    if language in ("zh", "ja"):
        yield from (Fraction(value) for value in _in_han(words))
        return
    small, scales = _table(_WORDS.get(language, "")), _table(_SCALES.get(language, ""))
    total = group = 0
    begun = False
    for piece in (p.casefold() for p in cut(words) if is_word(p)):
        for part in re.split("[-‐‑–]", piece):
            if part in small:
                group += small[part]
                begun = True
            elif part in scales and (begun or scales[part] >= 100):
                scaled = (group or 1) * scales[part]
                group, total = (scaled, total) if scales[part] == 100 else (0, total + scaled)
                begun = True
            elif begun and part not in ("and", "et", "y", "و", "اور", "او"):
                yield Fraction(total + group)
                total, group, begun = 0, 0, False
    if begun:
        yield Fraction(total + group)


def _in_han(words: str) -> Iterator[int]:
    """Numbers below a hundred as Chinese writes them: 三十 is 30, 二十一 is 21; a lone 一 or 十 is left out."""
    for found in re.findall("[一二三四五六七八九十]{2,3}|[二三四五六七八九]", words):
        tens, ten, ones = found.partition("十")
        digits = {"一": 1, "": 0, **_HAN}
        if ten and tens in digits and ones in digits:
            yield (digits[tens] or 1) * 10 + digits[ones]
        elif found in _HAN:
            yield _HAN[found]


def _table(written: str) -> dict[str, int]:
    parts = written.split()
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))
