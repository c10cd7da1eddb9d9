from __future__ import annotations

import msgspec
import pytest

from detente.provisions.authentic import (
    LanguageVersion,
    coverage,
    direction,
    known_languages,
    name_in_english,
    own_name,
)
from detente.provisions.provision import Provision


@pytest.mark.parametrize("tag", ["ar", "fa", "he", "ps", "ur", "prs", "ur-PK", "az-Arab", "pa-arab-PK", "UR"])
def test_these_run_from_right_to_left(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "tr", "zh-Hant", "ur-Latn", "az", "ru-RU", "xx"])
def test_these_run_from_left_to_right(tag: str) -> None:
    assert direction(tag) == "ltr"


def test_languages_have_names_in_english_and_in_themselves() -> None:
    assert (name_in_english("ur"), own_name("ur-PK")) == ("Urdu", "اردو")
    assert (name_in_english("tlh"), own_name("tlh")) == ("tlh", "tlh")
    assert {"en", "ur", "ps", "ar", "fa", "he", "fr", "es", "tr", "de", "ru", "zh"} <= set(known_languages())
    assert list(known_languages()) == sorted(known_languages())


def test_coverage_counts_provisions_and_names_what_is_missing() -> None:
    provisions = [
        Provision("art_1", {"en": "Use", "ur": "استعمال"}, {}),
        Provision("art_1__para_1", {}, {"en": "Words.", "ur": "الفاظ۔"}),
        Provision("art_1__para_2", {}, {"en": "More."}),
        Provision("art_2", {"en": "Scope"}, {"en": "Here.", "ur": "یہاں۔"}),
        Provision("art_3", {}, {}),
    ]
    found = coverage(provisions, "ur")
    assert (found.present, found.total, found.missing) == (2, 4, ("art_1__para_2", "art_2"))
    assert coverage(provisions, "en").missing == ()


def test_a_language_version_has_one_of_three_standings() -> None:
    assert msgspec.convert({"tag": "ur", "status": "authentic"}, LanguageVersion).status == "authentic"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"tag": "ur", "status": "binding"}, LanguageVersion)
