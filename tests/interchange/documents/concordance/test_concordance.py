"""Numbers and dates that disagree between languages are found, between calendars too, and those that agree are not."""

from datetime import date
from fractions import Fraction

import pytest

from detente.interchange.documents.concordance.checking import discordances
from detente.interchange.documents.concordance.dates import dates_in
from detente.interchange.documents.concordance.numbers import numbers_in
from detente.provisions.provision import Provision


@pytest.mark.parametrize(
    ("words", "language", "numbers"),
    [
        ("within thirty (30) days", "en", [30, 30]),
        ("forty-eight hours", "en", [48]),
        ("two hundred and fifty persons", "en", [250]),
        ("three thousand five hundred", "en", [3500]),
        ("1,500.5 and 2 000 metres", "en", [Fraction(3001, 2), 2000]),
        ("3,50 couronnes, de 12,00 à 1 500,25", "fr", [Fraction(7, 2), 12, Fraction(6001, 4)]),
        ("كل يوم اثنين", "ar", []),
        ("سه شنبه", "fa", []),
        ("one person", "en", []),
        ("۷۲ گھنٹوں میں", "ur", [72]),
        ("بہتر گھنٹوں کے اندر", "ur", [72]),
        ("خلال ثلاثين يوما", "ar", [30]),
        ("三十日內", "zh", [30]),
        ("二十一人", "zh", [21]),
        ("vingt-cinq jours", "fr", [25]),
        ("the Sides¹² report", "en", []),
        ("in 2025 100 people", "en", [100, 2025]),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(words: str, language: str, numbers: list[Fraction]) -> None:
    assert sorted(numbers_in(words, language).elements()) == sorted(map(Fraction, numbers))


@pytest.mark.parametrize(
    ("words", "day", "calendar"),
    [
        ("signed on 19 October 2025 at noon", date(2025, 10, 19), "gregorian"),
        ("October 19, 2025", date(2025, 10, 19), "gregorian"),
        ("le 19 octobre 2025", date(2025, 10, 19), "gregorian"),
        ("el 19 de octubre de 2025", date(2025, 10, 19), "gregorian"),
        ("۱۹ اکتوبر ۲۰۲۵", date(2025, 10, 19), "gregorian"),
        ("19 EKİM 2025", date(2025, 10, 19), "gregorian"),
        ("19 MAYIS 2025", date(2025, 5, 19), "gregorian"),
        ("2025年10月19日", date(2025, 10, 19), "gregorian"),
        ("2025-10-19", date(2025, 10, 19), "gregorian"),
        ("۲۷ میزان ۱۴۰۴", date(2025, 10, 19), "jalali"),
        ("27 Mehr 1404", date(2025, 10, 19), "jalali"),
        ("15 Ramadan 1446", date(2025, 3, 15), "hijri"),
        ("١٥ رمضان ١٤٤٦", date(2025, 3, 15), "hijri"),
    ],
)
def test_dates_are_read_in_three_calendars(words: str, day: date, calendar: str) -> None:
    ((stated,), rest) = dates_in(words)
    assert (stated.day, stated.calendar) == (day, calendar)
    assert not any(char.isdecimal() for char in rest)


@pytest.mark.parametrize(
    "words", ["31 February 2025", "19 October", "40 Mehr 1404", "15 Ramadan 2025", "Article 3 May 2"]
)
def test_what_is_no_day_of_a_calendar_is_no_date(words: str) -> None:
    assert dates_in(words) == ((), words)


def found(**texts: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(d.kind, d.languages, d.said) for d in discordances([Provision("art_1", {}, texts)])]


def test_languages_that_say_the_same_are_not_asked_about() -> None:
    assert found(en="Within 72 hours of 19 October 2025.", ur="۲۷ میزان ۱۴۰۴ سے ۷۲ گھنٹوں میں۔") == []
    assert found(en="By 15 March 2025, thirty persons.", ar="ثلاثين شخصا في ١٥ رمضان ١٤٤٦") == []
    assert found(en="By 16 March 2025.", ar="في ١٥ رمضان ١٤٤٦") == [], "a month begins by sighting"


def test_numbers_dates_and_brackets_that_disagree_are_found() -> None:
    assert found(en="Within 72 hours.", ur="۴۸ گھنٹوں میں۔") == [("number", ("en", "ur"), ("72", "48"))]
    assert found(en="Within thirty days.", fr="Dans les vingt jours.") == [
        ("number", ("en", "fr"), ("30", "20"))
    ]
    assert found(en="On 19 October 2025.", fa="۲۸ مهر ۱۴۰۴") == [
        ("date", ("en", "fa"), ("19 October 2025", "۲۸ مهر ۱۴۰۴ (2025-10-20)"))
    ]  # fmt: skip
    assert found(en="[No] report.", fr="Aucun rapport.") == [("brackets", ("en", "fr"), ("2", "0"))]


def test_a_number_in_words_of_a_language_without_a_table_is_not_held_against_it() -> None:
    assert found(en="Within 30 days.", sw="Ndani ya siku thelathini.") == []
    assert found(en="Within 30 days.", sw="Ndani ya siku 20.") == [("number", ("en", "sw"), ("30", "20"))]


def test_a_provision_without_a_language_is_found() -> None:
    text = [Provision("art_1", {}, {"en": "One.", "ur": "ایک۔"}), Provision("art_2", {}, {"en": "Two."})]
    assert [(d.kind, d.provision, d.languages) for d in discordances(text)] == [("missing", "art_2", ("ur",))]
