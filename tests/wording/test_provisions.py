"""Numbers of provisions in a language from right to left."""

from __future__ import annotations

from detente.wording.language import Language, speaking
from detente.wording.provisions import numbered


def test_a_number_within_words_from_right_to_left_keeps_its_order() -> None:
    with speaking(Language("ur", "Urdu", "rtl")):
        assert "\u20684(1)\u2069" in numbered("annex_I__art_4__para_1")
        assert numbered("art_4__para_1") == "4(1)"
