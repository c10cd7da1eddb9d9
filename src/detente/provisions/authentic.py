"""The languages of an instrument and what each of them is worth (VCLT 10, 33, 85).

>>> direction("ur"), direction("az-Arab"), name_in_english("ps"), own_name("tr")
('rtl', 'rtl', 'Pashto', 'Türkçe')
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from detente.codec.identifier import LanguageTag
from detente.provisions.provision import Provision

VersionStatus = Literal["authentic", "official", "courtesy"]


class LanguageVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language of an instrument.

    authentic: the text as authenticated, equally authoritative with the others (VCLT 33(1)).
    official: adopted or approved by a side or body, not authenticated; a version under VCLT 33(2).
    courtesy: a help to the reader, without authority.
    """

    tag: LanguageTag
    status: VersionStatus


class Coverage(msgspec.Struct, frozen=True):
    """How much of a text exists in a language: `present` of `total` provisions with words; `missing` by id."""

    present: int
    total: int
    missing: tuple[str, ...]


# English name, own name.
_NAMES = {
    "am": ("Amharic", "አማርኛ"),
    "ar": ("Arabic", "العربية"),
    "az": ("Azerbaijani", "Azərbaycanca"),
    "bn": ("Bengali", "বাংলা"),
    "bs": ("Bosnian", "Bosanski"),
    "ckb": ("Central Kurdish", "کوردیی ناوەندی"),
    "de": ("German", "Deutsch"),
    "el": ("Greek", "Ελληνικά"),
    "en": ("English", "English"),
    "es": ("Spanish", "Español"),
    "fa": ("Persian", "فارسی"),
    "fr": ("French", "Français"),
    "he": ("Hebrew", "עברית"),
    "hi": ("Hindi", "हिन्दी"),
    "hr": ("Croatian", "Hrvatski"),
    "hy": ("Armenian", "Հայերեն"),
    "id": ("Indonesian", "Bahasa Indonesia"),
    "it": ("Italian", "Italiano"),
    "ja": ("Japanese", "日本語"),
    "ka": ("Georgian", "ქართული"),
    "km": ("Khmer", "ខ្មែរ"),
    "ko": ("Korean", "한국어"),
    "lo": ("Lao", "ລາວ"),
    "my": ("Burmese", "မြန်မာ"),
    "ne": ("Nepali", "नेपाली"),
    "prs": ("Dari", "دری"),
    "ps": ("Pashto", "پښتو"),
    "pt": ("Portuguese", "Português"),
    "ru": ("Russian", "Русский"),
    "si": ("Sinhala", "සිංහල"),
    "so": ("Somali", "Soomaali"),
    "sr": ("Serbian", "Српски"),
    "sw": ("Swahili", "Kiswahili"),
    "ta": ("Tamil", "தமிழ்"),
    "th": ("Thai", "ไทย"),
    "ti": ("Tigrinya", "ትግርኛ"),
    "tr": ("Turkish", "Türkçe"),
    "uk": ("Ukrainian", "Українська"),
    "ur": ("Urdu", "اردو"),
    "uz": ("Uzbek", "Oʻzbekcha"),
    "zh": ("Chinese", "中文"),
}
_RIGHT_TO_LEFT = frozenset(
    {
        "ar",
        "arb",
        "arc",
        "bal",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "khw",
        "ks",
        "mzn",
        "nqo",
        "pbt",
        "pes",
        "pnb",
    }
    | {"prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"})


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """The direction in which the language is written; a script subtag (`az-Arab`, `ur-Latn`) decides before it."""
    language, *subtags = tag.lower().split("-")
    script = next((s for s in subtags if len(s) == 4 and s.isalpha()), None)
    if script:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def name_in_english(tag: str) -> str:
    """The language's English name; the tag itself where the table does not know it."""
    return _NAMES.get(tag.partition("-")[0], (tag, tag))[0]


def own_name(tag: str) -> str:
    """The language's name in itself; the tag itself where the table does not know it."""
    return _NAMES.get(tag.partition("-")[0], (tag, tag))[1]


def known_languages() -> tuple[str, ...]:
    """The tags that have names here, sorted."""
    return tuple(_NAMES)


def coverage(provisions: Iterable[Provision], tag: str) -> Coverage:
    """How many provisions have words in `tag`. A provision counts in full only if its heading, too, is there."""
    written = [p for p in provisions if p.heading or p.texts]
    missing = tuple(p.id for p in written if any(part and tag not in part for part in (p.heading, p.texts)))
    return Coverage(len(written) - len(missing), len(written), missing)
