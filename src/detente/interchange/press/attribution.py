"""Which statements an article attributes to somebody, and what each claims: proposals, for a person to confirm.

English is read so far: the verbs and the words of claims stand in tables, and another language is another table. What is
not found here is not said to be absent: a person reads the article, and can register what this did not find.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from detente.interchange.press.article import Article

Manner = Literal["quote", "paraphrase"]


class Proposal(Struct, frozen=True):
    """One statement that an article attributes. paragraph: from 1; speaker: as the article calls them, or the last one
    named where it says only “he” or “they” (`inferred`); to: to whom it is said to have been said, or ""; claims:
    (predicate, its words) as far as they can be guessed; sentence: what it was read in."""

    paragraph: int
    speaker: str
    text: str
    manner: Manner
    sentence: str
    to: str = ""
    inferred: bool = False
    claims: tuple[tuple[str, str], ...] = (("other", ""),)


_VERBS: Final = (
    "said", "says", "told", "announced", "stated", "added", "claimed", "claims", "declared", "confirmed", "denied",
    "reiterated", "reaffirmed", "stressed", "noted", "warned", "insisted", "maintained", "wrote", "posted",
    "acknowledged that", "alleged", "argued", "explained", "emphasised", "emphasized", "pointed out",
)  # fmt: skip
_DATELINE: Final = re.compile(r"^[A-Z][A-Z .,()/'-]{2,60}(?::| [—–-]) ")
_DENIED: Final = re.compile(r"\bden(?:ied|ies) (?:that|having)\b", re.IGNORECASE)
_PRONOUNS: Final = frozenset({"he", "she", "they", "it", "who", "the latter"})
_VERB: Final = "(?:" + "|".join(_VERBS) + ")"
_QUOTE: Final = r"[“\"«„](?P<quote>[^”\"»“]{8,1500})[”\"»]"
_NAME: Final = r"(?P<speaker>[^,;:.“”\"«»()]{2,90}?)"
_APPOSITION: Final = r"(?:,[^,“”\"]{1,90},)?"
_TO: Final = r"(?: (?P<to>(?:the |a )?[^,“”\":;]{3,60}?))?"
_PATTERNS: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_QUOTE},? {_VERB} {_NAME}(?:[,.;]|$| in | on | after | during | while )",
        rf"{_QUOTE},? {_NAME}{_APPOSITION} {_VERB}\b",
        rf"^(?:.*?[.;] )?{_NAME}{_APPOSITION} {_VERB}{_TO}[,:]? ?(?:that )?{_QUOTE}",
        rf"^according to {_NAME}, (?P<text>[^“”\"]{{12,}}?)[.]?$",
        rf"^(?P<text>[^“”\"]{{12,}}?), according to {_NAME}[.]?$",
        rf"^(?P<text>[^“”\"]{{12,}}?), {_NAME}{_APPOSITION} {_VERB}[.]?$",
        rf"^{_NAME}{_APPOSITION} {_VERB}{_TO},? that (?P<text>.{{12,}}?)[.]?$",
        rf"^{_NAME}{_APPOSITION} {_VERB} (?P<text>(?!to )[^“”\"]{{20,}}?)[.]?$",
    )
)
"""From the surest to the widest; the first that fits a sentence is taken."""
_BETWEEN: Final = re.compile(r"(?<=[.!?”\"»]) +(?=[A-Z“\"«])")
_NO_END: Final = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Gen|Col|Lt|Art)|\b[A-Z])\.$")
"""Before a full stop that ends nothing: “Mr. ”, “U. ”."""
_MARKS: Final = frozenset('“”«»"')
LONGEST: Final = 1500
"""Characters of a sentence that is looked at: a longer one is a page without full stops."""

MEDIATORS: Final = "M"
Names = Mapping[str, str]
"""What somebody is called, in small letters -> the letter of a side, or “M”."""


def proposals(article: Article, names: Names | None = None) -> Iterator[Proposal]:
    """Every statement found, in the order of the article. names: of the sides and mediators, by which claims can say
    whom they are about."""
    last = ""
    for number, paragraph in enumerate(article.paragraphs, 1):
        for sentence in sentences(_DATELINE.sub("", paragraph)):
            found = _attributed(sentence, number)
            if found is None:
                continue
            if found.speaker.lower() in _PRONOUNS:
                found = replace(found, speaker=last, inferred=True)
            last = found.speaker
            denied = bool(_DENIED.search(sentence))
            yield replace(
                found, claims=claims_in(found.text, names or {}, speaker=found.speaker, denied=denied)
            )


def first_proposals(article: Article, names: dict[str, str], most: int) -> tuple[Proposal, ...]:
    """At most so many of them."""
    return tuple(islice(proposals(article, names), most))


def sentences(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph; what stands between quotation marks is not taken apart.

    >>> list(sentences("“It is final. It is done,” the lead said. Mr. B left."))
    ['“It is final. It is done,” the lead said.', 'Mr. B left.']
    """
    start = looked_at = 0
    marks = Counter[str]()
    for space in _BETWEEN.finditer(paragraph):
        more = paragraph[looked_at : space.start()]
        looked_at = space.end()
        marks.update(sign for sign in more if sign in _MARKS)
        if not _is_inside(marks) and _ends(more):
            part = paragraph[start : space.start()]
            yield from (part,) if len(part) <= LONGEST else ()
            start = looked_at
            marks.clear()
    last = paragraph[start:].strip()
    yield from (last,) if 0 < len(last) <= LONGEST else ()


def _is_inside(marks: Counter[str]) -> bool:
    """Whether a quotation is open after these marks."""
    return marks["“"] > marks["”"] or marks["«"] > marks["»"] or marks['"'] % 2 == 1


def _ends(words: str) -> bool:
    return words.rstrip('”"»')[-1:] in (".", "!", "?") and not _NO_END.search(words)


def _attributed(sentence: str, paragraph: int) -> Proposal | None:
    for pattern in _PATTERNS:
        found = pattern.search(sentence)
        if found is None:
            continue
        parts = found.groupdict()
        speaker = _speaker(parts["speaker"])
        if not speaker:
            continue
        text = (parts.get("quote") or parts.get("text") or "").strip(" ,")
        manner: Manner = "quote" if parts.get("quote") else "paraphrase"
        return Proposal(paragraph, speaker, text, manner, sentence, to=(parts.get("to") or "").strip())
    return None


_LEADING: Final = re.compile(
    r"^(?:and|but|meanwhile|later|also|however|on [a-z]+|earlier)\b,? ?", re.IGNORECASE
)


def _speaker(words: str) -> str:
    """The speaker, without the words that lead up to them; "" where these are not a name."""
    name = _LEADING.sub("", words.strip()).strip()
    return name if len(name) >= 2 and len(name.split()) <= 12 else ""


# --- what it claims

_NUMBERS: Final = dict(zip(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"), range(1, 21), strict=True,
))  # fmt: skip
_COUNT: Final = r"\b(?P<count>\d{1,4}|" + "|".join(_NUMBERS) + r")\b"
_HOURS: Final = re.compile(_COUNT + r"[ -]hours?\b", re.IGNORECASE)
_DAYS: Final = re.compile(_COUNT + r"[ -]days?\b", re.IGNORECASE)
_ROUNDS: Final = re.compile(_COUNT + r" (?:rounds|sessions)\b", re.IGNORECASE)
_DENIES: Final = re.compile(r"\b(?:not|never|no|denied|denies|refused to|without|nor)\b", re.IGNORECASE)
_WHOSE: Final = {
    "withdrew": r"\b(?:withdr[ae]w\w*|retract\w*|(?:walked|pulled) out|backtrack\w*|took (?:it )?back)\b",
    "acknowledged": r"\backnowledg\w+|\baccepted the evidence\b",
    "assured": r"\bassur(?:ed|ance|ances)\b",
    "signed": r"\bsigned\b",
    "initialled": r"\binitial(?:l)?ed\b",
    "breached": r"\b(?:breach\w*|violat\w+)\b",
    "instructed": r"\binstruct(?:ed|ions)\b",
}
"""Predicate -> the words by which it is recognised."""
_PRONOUN: Final = re.compile(r"\b(?:it|they|we|he|she|i)\b", re.IGNORECASE)
_BROKE_OFF: Final = re.compile(r"\b(?:broke\w* off|broke down|collapsed|talks failed|ended without)\b", re.I)


def claims_in(
    text: str, names: Names, *, speaker: str = "", denied: bool = False
) -> tuple[tuple[str, str], ...]:
    """What a statement seems to claim; ("other", "") where nothing typed fits. speaker: whom “we” and “it” may mean;
    denied: whether the statement is told as a denial.

    >>> claims_in("The talks took four days, and the other side did not give assurances.", {"the other side": "B"})
    (('duration', '96'), ('assured', 'not B'))
    """
    found: list[tuple[str, str]] = []
    counted = _HOURS.search(text) or _DAYS.search(text)
    if counted:
        found.append(
            ("duration", str(_number(counted["count"]) * (24 if "day" in counted[0].lower() else 1)))
        )
    if rounds := _ROUNDS.search(text):
        found.append(("sessions", str(_number(rounds["count"]))))
    if _BROKE_OFF.search(text):
        found.append(("broke_off", ""))
    for predicate, words in _WHOSE.items():
        said = re.search(words, text, re.IGNORECASE)
        if said is None:
            continue
        known = {name: who for name, who in names.items() if who != MEDIATORS or predicate == "acknowledged"}
        clause = re.split(r"[,;.]", text[: said.start()])[-1]
        no = "not " if bool(_DENIES.search(clause)) is not denied else ""
        found += [(predicate, no + who) for who in _whose(text, said, known, speaker)]
    return tuple(dict.fromkeys(found)) or (("other", ""),)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]


def _whose(text: str, said: re.Match[str], names: Names, speaker: str) -> tuple[str, ...]:
    """Whose act a word tells of: of those it is said to be done by, else of whoever is named nearest before it, else of
    the speaker where a pronoun stands there."""
    after, before = text[said.end() :], text[: said.start()]
    if by := re.match(r"(?: [a-z]+)? by ([^,;.]{2,120})", after, re.IGNORECASE):
        done_by = sorted(
            (by[1].lower().find(name), who) for name, who in names.items() if name in by[1].lower()
        )
        return tuple(dict.fromkeys(who for _at, who in done_by))
    places = [(before.lower().rfind(name), who) for name, who in names.items()]
    at, who = max(places, default=(-1, ""))
    if at >= 0:
        return (who,)
    spoke = [who for name, who in names.items() if name in speaker.lower()]
    return (spoke[0],) if spoke and _PRONOUN.search(before) else ()
