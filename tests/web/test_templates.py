"""The templates: they draw every page, ask only for declared fields, and keep the words and the policy."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import UndefinedError, nodes

import detente.views
import detente.web
from detente.views.marks import Link
from detente.views.pages import Page
from detente.web.rendering import TEMPLATES, environment, render
from tests.web.sample_pages import samples
from tests.web.sample_pages.processes import error_page

WEB = Path(detente.web.__file__).parent
SAMPLES = samples()
PAGES = {name: render(page, nonce="n0nce", address="http://localhost/x") for name, page in SAMPLES.items()}
JINJA_OWN = {"index", "index0", "first", "last", "previtem", "columns", "split"}
OF_A_LANGUAGE = {"tag"}
MAY_SAY_FINAL = re.compile(
    r"is it final\?|final text|final commitment|(whether|is) edition \d is final|is edition \d final\?", re.I
)


def view_types() -> Iterator[type]:
    for module in pkgutil.iter_modules(detente.views.__path__):
        loaded = importlib.import_module(f"detente.views.{module.name}")
        for value in vars(loaded).values():
            if dataclasses.is_dataclass(value) and value.__module__ == loaded.__name__:
                yield typing.cast(type, value)


def declared() -> set[str]:
    return {field.name for view in view_types() for field in dataclasses.fields(view)}


def asked_for() -> set[str]:
    """Every attribute that some template reads, by `a.b`, `selectattr("b")` or `map(attribute="b")`."""
    names: set[str] = set()
    for template in environment().list_templates(extensions=["html"]):
        source = (WEB / "templates" / template).read_text()
        tree = environment().parse(source)
        names |= {node.attr for node in tree.find_all(nodes.Getattr)}
        names |= set(re.findall(r'(?:selectattr\(|attribute=)"(\w+)"', source))
    return names


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_every_page_type_has_a_template_and_a_sample() -> None:
    types = set(typing.get_args(Page))
    assert types == set(TEMPLATES)
    assert types == {type(page) for page in SAMPLES.values()}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_is_one_whole_document(name: str) -> None:
    html = PAGES[name]
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert html.rstrip().endswith("</html>")
    anchors = re.findall(r'\sid="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(anchors)


def test_templates_ask_only_for_declared_fields() -> None:
    assert asked_for() - declared() - JINJA_OWN - OF_A_LANGUAGE == set()


def test_every_declared_field_is_shown_somewhere() -> None:
    assert declared() - asked_for() == set()


def test_a_field_that_does_not_exist_stops_the_rendering() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ page.beauty }}").render(page=Link(text="", href=""))


def test_every_field_says_what_it_holds() -> None:
    for view in view_types():
        hints = typing.get_type_hints(view, include_extras=True)
        for field in dataclasses.fields(view):
            assert typing.get_origin(hints[field.name]) is typing.Annotated, f"{view.__name__}.{field.name}"


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_needs_an_exception_from_the_content_security_policy(name: str) -> None:
    html = PAGES[name]
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all('nonce="n0nce"' in script for script in re.findall(r"<script[^>]*>", html))
    addresses = re.findall(r'(?:href|src|action)="([^"]+)"', html)
    assert all(address.startswith(("/", "#")) for address in addresses)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_word_final_never_stands_alone(name: str) -> None:
    assert not re.search(r"\bfinal\b", MAY_SAY_FINAL.sub("", words_of(PAGES[name])), re.I)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_page_judges_a_side(name: str) -> None:
    assert not re.search(r"\b(failed|violated|refused to)\b", words_of(PAGES[name]), re.I)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_page_says_what_it_does_not_affect_and_who_can_read_it(name: str) -> None:
    said = words_of(PAGES[name])
    assert "Nothing on this page affects the legal status of any side." in said
    assert "readable by the host" in said


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.startswith("overview")])
def test_the_question_is_the_heading_and_an_answer_follows(name: str) -> None:
    heading = re.search(r"<h1>(.*?)</h1>", PAGES[name], re.S)
    assert heading is not None
    assert re.match(r"\s*Is it final\?\s+(Yes|No)\. \S", words_of(heading[1]))


def test_what_is_sealed_is_named_by_its_readers_alone() -> None:
    said = words_of(PAGES["act"])
    assert "Note to the mediators sealed; readable by the mediators" in said


def test_words_are_escaped() -> None:
    page = dataclasses.replace(error_page(), sentence="<script>alert(1)</script>")
    assert "<script>alert" not in render(page)


def test_a_page_in_a_right_to_left_language_says_so() -> None:
    page = error_page()
    mirrored = dataclasses.replace(page, shell=dataclasses.replace(page.shell, lang="ur", direction="rtl"))
    assert '<html lang="ur" dir="rtl">' in render(mirrored)


def test_each_language_stands_in_its_own_direction() -> None:
    html = PAGES["text-side"]
    assert 'lang="ur" dir="rtl"' in html
    assert 'lang="en" dir="ltr"' in html


def test_brackets_survive_copying() -> None:
    said = words_of(PAGES["text-clean"])
    assert re.search(r"\[ *joint teams of the Sides.*hours *A *\]", said)


def test_the_filter_and_the_slider_work_without_a_script() -> None:
    html = PAGES["timeline"]
    assert html.count('method="get"') == 2
    assert 'type="range"' in html
    assert html.count('type="submit"') == 2


def test_pages_to_read_hold_no_form_that_writes() -> None:
    choosing = re.compile(
        r'<form method="post" action="/language/[a-z]+">'
    )  # of a cookie: nothing is recorded
    written = {name for name, html in PAGES.items() if 'method="post"' in choosing.sub("", html.lower())}
    # What these send is only read: tests/web/test_room.py.
    assert written >= {"signing", "signing-refused", "keys"}
    assert not written & {
        "overview-bracket",
        "text-clean",
        "sessions",
        "undertakings",
        "verifiable",
        "observance",
        "keeping",
        "public-record",
        "powers",
        "timeline",
        "act",
        "record",
    }


def test_style_sheets_know_no_left_and_no_right() -> None:
    for sheet in (WEB / "static/css").glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
        assert not re.search(r"[\w-]*\b(left|right)\b[\w-]*\s*:|:\s*(left|right)\b", text), sheet.name
        assert not re.search(r"@import|url\((?!#)", text), sheet.name


def test_linked_style_sheets_exist() -> None:
    for html in PAGES.values():
        for sheet in re.findall(r'"/static/([^"]+)"', html):
            assert (WEB / "static" / sheet).is_file()
