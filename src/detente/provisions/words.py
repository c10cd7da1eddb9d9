"""Text cut into words, by Unicode classes, in logical order. Joining the pieces gives the text back exactly.

- A combining mark, joiner or direction mark never parts from the word it stands in.
- A number is one word with its separators (1,000.50), and so is a reference like 3(2)(a).
- A square bracket is always a word of its own; so is every other sign.
- Scripts written without spaces (Han, kana, Thai, Lao, Khmer, Burmese) are cut after each letter.

    >>> cut("The Side's 3(2) shall [cease]")
    ('The', ' ', "Side's", ' ', '3(2)', ' ', 'shall', ' ', '[', 'cease', ']')
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

_SPACE, _LETTER, _DIGIT, _MARK, _ALONE, _BRACKET, _SIGN = range(7)

_INVISIBLE = (
    "\u200c\u200d\u200e\u200f\u061c\u00ad\u2060"  # joiners, direction marks, soft hyphen, word joiner
)
_INSIDE_WORDS = "'’ʼ-‐‑·׳״"
_INSIDE_NUMBERS = ".,٫٬'’"
_WITHOUT_SPACES = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u3040", "\u30ff"),  # kana
    ("\u3400", "\u9fff"),  # Han
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
_REFERENCE = re.compile(r"(?:\([0-9A-Za-z-]{1,6}\))+")


@lru_cache(maxsize=4096)
def _class(char: str) -> int:
    if char in "[]":
        return _BRACKET
    if char.isspace():
        return _SPACE
    kind = category(char)
    if kind[0] == "M" or char in _INVISIBLE:
        return _MARK
    if kind == "Nd":
        return _DIGIT
    if kind[0] in "LN":
        return _ALONE if any(low <= char <= high for low, high in _WITHOUT_SPACES) else _LETTER
    return _SIGN


def _is_hebrew(char: str) -> bool:
    return "\u05d0" <= char <= "\u05ea"


def _joins(text: str, at: int) -> bool:
    """Whether the sign at `at` stands inside a word or number, as in o’clock, 1,000 or ארה"ב."""
    if at + 1 >= len(text):
        return False
    sign, before, after = text[at], text[at - 1], text[at + 1]
    if _class(after) not in (_LETTER, _DIGIT):
        return False
    if sign in _INSIDE_WORDS:
        return True
    if sign == '"':
        return _is_hebrew(before) and _is_hebrew(after)
    return sign in _INSIDE_NUMBERS and _class(before) == _DIGIT and _class(after) == _DIGIT


def _word_end(text: str, start: int) -> int:
    """Where the word that begins at `start` with a letter or digit ends."""
    at = start + 1
    while at < len(text) and (_class(text[at]) in (_LETTER, _DIGIT, _MARK) or _joins(text, at)):
        at += 1
    if _class(text[start]) == _DIGIT and (reference := _REFERENCE.match(text, at)):
        return reference.end()
    return at


def _end(text: str, start: int) -> int:
    kind = _class(text[start])
    if kind in (_LETTER, _DIGIT):
        return _word_end(text, start)
    at = start + 1
    if kind == _BRACKET:
        return at
    more = _SPACE if kind == _SPACE else _MARK
    while at < len(text) and _class(text[at]) == more:
        at += 1
    return at


def cut(text: str) -> tuple[str, ...]:
    """`text` in pieces: words, signs, brackets, and runs of white space between them."""
    pieces: list[str] = []
    at = 0
    while at < len(text):
        end = _end(text, at)
        pieces.append(text[at:end])
        at = end
    return tuple(pieces)


def is_word(piece: str) -> bool:
    """Whether a piece holds letters or digits, rather than white space, a sign or a bracket."""
    return bool(piece) and _class(piece[0]) in (_LETTER, _DIGIT, _ALONE)


FUNCTION_WORDS: dict[str, frozenset[str]] = {
    tag: frozenset(words.split())
    for tag, words in {
        "en": "a an the of to in on at by for from with and or as be is are its it that this which shall not under",
        "fr": "le la les l’ un une des de du d’ à au aux en et ou par pour sur dans que qui ne pas est sont se sa son",
        "es": "el la los las un una de del a al en y o por para con que se su sus no es son lo",
        "de": "der die das den dem des ein eine einer eines und oder in im zu zur zum von vom mit für auf ist nicht",
        "it": "il lo la i gli le un una di del della dei a al alla in e o per con che si non è da",
        "pt": "o a os as um uma de do da dos das em no na e ou por para com que se não é",
        "tr": "ve veya ile bir bu da de için olan her ki",
        "ru": "и в во на с со к по о об от до за из для что не или а как его их",
        "ar": "في من إلى على عن أو و أن ما لا كل هذا هذه التي الذي مع أي",
        "fa": "و در به از که را با این آن برای یا هر است تا بر",
        "ur": "اور کے کی کا کو سے میں پر نے ہے ہیں یا یہ وہ اس جو نہ گا گی گے تک",
        "ps": "او د په له ته چې کې یا دا نه به سره هر څخه",
        "he": "של את על או כל לא הוא היא זה זו עם אל כי אשר",
    }.items()
}
