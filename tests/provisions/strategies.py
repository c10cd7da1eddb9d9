"""Random ids, texts and provisions for the property tests of this room."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from detente.provisions.provision import TEXT_PATTERN

NUMBERS = st.sampled_from(
    [
        "1",
        "2",
        "3",
        "10",
        "12",
        "3-bis",
        "2-ter",
        "3A",
        "a",
        "b",
        "i",
        "ii",
        "iv",
        "z",
        "aa",
        "I",
        "IV",
        "C",
        "-",
    ]
)
KINDS = st.sampled_from(
    [
        "preamble",
        "part",
        "chp",
        "sec",
        "annex",
        "art",
        "para",
        "point",
        "chapeau",
        "wrapup",
        "row",
        "note",
        "foo",
    ]
)
EIDS = st.lists(st.tuples(KINDS, NUMBERS), min_size=1, max_size=5).map(
    lambda parts: "__".join(f"{kind}_{number}" for kind, number in parts)
)

# Words and signs that have meaning in the plain form stand beside real text in several scripts.
PIECES = st.sampled_from(
    [
        "the", "Side", "shall", "within", "thirty", "forty-eight", "hours", "3(1)", "(2)", "Article", "3.", "ur:",
        "bis", ",", ".", ";", "[", "]", "[the", "A]", "1,000.50", "chapeau", ", chapeau", "  ", "\u00a0", "é", "e\u0301",
        "جس", "فریق", "کو", "می\u200cرود", "۷۲", "گھنٹوں", "۔", "שָׁלוֹם", 'ארה"ב', "各方應", "ไม่",
        "ک\u0650تاب", "\u200f", "’s",
    ]
)  # fmt: skip
RAW_TEXTS = st.lists(st.one_of(PIECES, st.just(" "), st.text(max_size=3)), max_size=14).map("".join)
SPACED_TEXTS = st.lists(PIECES, max_size=14).map(" ".join)
TEXTS = st.one_of(RAW_TEXTS, SPACED_TEXTS)
VALID_TEXTS = TEXTS.map(str.strip).filter(lambda text: re.search(TEXT_PATTERN, text) is not None)
VERSIONS = st.dictionaries(st.sampled_from(["en", "ur", "ps", "zh-Hant"]), VALID_TEXTS, max_size=3)
