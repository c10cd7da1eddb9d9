"""The mediators' page about packages: the answer first, every figure with its table, nothing that could run or load."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from detente.analysis.packages import EXACT, Certainty, Outcome, Package, Problem
from detente.analysis.packages.answering import Answer, answer
from detente.analysis.packages.problem_file import read_problem
from detente.web.languages import languages
from detente.web.package_figures import plots
from detente.web.package_page import Tabling, packages_page, render_packages
from detente.web.package_trades import Labels
from detente.web.package_words import sure_words
from detente.wording.language import Language, speaking

SPEC = Path(__file__).parents[2] / "docs" / "specs" / "packages.md"
EXAMPLE = json.loads(SPEC.read_text("utf-8").partition("```json\n")[2].partition("```")[0])


def asked(**members: object) -> tuple[Problem, Package | None]:
    return read_problem(json.dumps({**EXAMPLE, **members}).encode())


@cache
def answered(problem: Problem, standing: Package | None) -> Answer:
    return answer(problem, standing, seconds=10)


def page_of(**members: object) -> str:
    problem, standing = asked(**members)
    return render_packages(packages_page(answered(problem, standing), Labels.plain(problem)))


def words(html: str) -> str:
    """What is read aloud, with one space between words; of a style sheet nothing."""
    found: list[str] = []

    class Reader(HTMLParser):
        skipping = False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.skipping = tag == "style"

        def handle_endtag(self, tag: str) -> None:
            self.skipping = False

        def handle_data(self, data: str) -> None:
            if not self.skipping:
                found.append(data)

    Reader().feed(html)
    return " ".join(" ".join(found).split())


def with_reservations(*points: int) -> list[object]:
    return [{**party, "reservation": least} for party, least in zip(EXAMPLE["parties"], points, strict=True)]


def test_the_answer_comes_first_in_one_sentence() -> None:
    said = words(page_of())
    assert "A deal exists: 3 packages give every party at least what it has without one" in said
    assert (
        said.index("A deal exists")
        < said.index("Packages to look at")
        < said.index("What no one can improve on")
    )


def test_where_there_is_no_deal_it_says_what_contradicts_what_and_what_would_open_one() -> None:
    said = words(page_of(parties=with_reservations(800, 800), standing=None))
    assert "No package is one that all could sign" in said
    assert "A signs nothing that is worth less to it than what it has without a deal" in said
    assert "Would open a deal" in said and "points less than it has without a deal" in said
    assert "There is no package that all could sign. Next:" in said


def test_each_issue_says_who_gives_and_who_gains_against_the_text_as_it_stands() -> None:
    problem, standing = asked()
    page = packages_page(answered(problem, standing), Labels.plain(problem))
    for one in page.suggestions:
        package = answered(problem, standing).shortlist[int(one.number) - 1].outcome.package
        for issue, (trade, option) in enumerate(zip(one.trades, package, strict=True)):
            for party, cell in zip(problem.parties, trade.cells, strict=True):
                more = party.points[issue][option] - party.points[issue][(standing or package)[issue]]
                assert cell.arrow == ("gains" if more > 0 else "gives" if more < 0 else "between")
                assert (str(abs(more)) in cell.words) is bool(more)


def test_without_a_text_as_it_stands_each_issue_is_set_against_what_each_wants_most() -> None:
    said = words(page_of(standing=None))
    assert "gets what it wants most: 300 of 300 points" in said
    assert "What the text says as it stands was not given" in said


def test_figures_have_reservations_numbers_and_a_table() -> None:
    html = page_of()
    assert html.count('class="agreed"') >= 2 and 'class="zone"' in html
    assert re.search(r'class="dot-word"[^>]*>1<', html)
    assert "The same as a table" in html and '<th scope="row">' in html
    assert "a distance along one says nothing about the other" in html


def test_packages_that_lie_close_have_their_numbers_in_one_place_and_each_its_own_square() -> None:
    problem, standing = asked()
    page = packages_page(answered(problem, standing), Labels.plain(problem))
    near = {
        "1": Outcome((500, 500), (0, 0, 0)),
        "2": Outcome((501, 499), (0, 0, 1)),
        "3": Outcome((800, 300), (0, 1, 0)),
    }
    (plot,) = plots(problem, (), near, page.parties)
    assert [dot.label for dot in plot.labelled] == ["1, 2", "", "3"]
    assert len({(dot.across, dot.down) for dot in plot.labelled}) == len(near)


def test_an_estimate_is_called_one_wherever_it_stands_and_pairs_are_told_of() -> None:
    first, second = EXAMPLE["parties"]
    pair = {"first": {"issue": 0, "option": 0}, "second": {"issue": 1, "option": 1}, "points": 40}
    html = page_of(parties=[{**first, "estimate": True}, {**second, "pairs": [pair]}])
    assert "A (estimate)" in html and "B (estimate)" not in html
    assert "worth more, or less, together" in html and "worth more, or less, together" not in page_of()


def test_three_parties_have_a_figure_for_each_pair() -> None:
    third = {"party": "C", "points": [[10, 0], [0, 5, 0], [1, 2]]}
    html = page_of(parties=[*EXAMPLE["parties"], third])
    assert html.count('<figure class="plot">') == 3


def test_reservations_are_drawn_wherever_a_package_could_be_worth_them_and_else_told() -> None:
    """Both of A's reservations lie further from the frontier than the frontier is wide."""
    assert page_of(parties=with_reservations(0, 0)).count('class="agreed"') == 3  # two, and the key
    html = page_of(parties=with_reservations(-5, 400))
    assert html.count('class="agreed"') == 2 and 'class="zone"' in html
    assert "A has -5 points without a deal, less than any package could give it: to the left" in words(html)
    html = page_of(parties=with_reservations(450, 5_000))
    assert html.count('class="agreed"') == 2 and 'class="zone"' not in html
    assert "B has 5,000 points without a deal, more than any package could give it: above" in words(html)


def test_each_package_says_what_improves_on_it_or_that_nothing_does() -> None:
    problem, standing = asked()
    found = answered(problem, standing)
    page = packages_page(found, Labels.plain(problem))
    for one, shown in zip(found.suggested, page.suggestions, strict=True):
        judged = found.assessed(one.outcome.package)
        assert judged is not None and len(shown.better) > 1
        nothing = "Nothing is better for all" in shown.better[0]
        assert nothing is judged.is_efficient
        assert nothing or re.search(r"Better for all is package \d+: [AB] gains \d+", shown.better[0])
    said = words(render_packages(page))
    assert "Better for all is package 1: A gains 100." in said and "within the ranges" in said
    assert "Any number changed Better for all is package 2: A gains 100." in said


def test_an_answer_that_is_not_exact_says_why_in_its_own_words_and_in_the_language_spoken() -> None:
    least = Certainty("within", why="The least is proved; whether somebody could have more beside it is not.")
    assert sure_words(least) == least.why
    assert "at most 2 % better" in sure_words(Certainty("within", 0.02, "Something."))
    assert "less than a millionth" in sure_words(Certainty("within", 1e-10, "Something."))
    assert sure_words(EXACT).startswith("Exact")
    known = Language("ur", "Urdu", "rtl", sentences={least.why: "x"})
    with speaking(known):
        assert sure_words(least) == "x"


def test_it_can_run_nothing_and_load_nothing_and_shows_what_others_wrote_as_it_is() -> None:
    issues = [
        {"name": '<script>alert("1")</script>', "options": ["</style><img src=x onerror=y>", "b"]},
        *EXAMPLE["domain"]["issues"][1:],
    ]
    html = page_of(domain={"issues": issues})
    tags: list[tuple[str, list[str]]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, [name for name, _value in attrs]))

    Tags().feed(html)
    assert {tag for tag, _names in tags}.isdisjoint({"script", "img", "link", "iframe", "form", "object"})
    assert not [
        name for _tag, names in tags for name in names if name.startswith("on") or name in ("src", "style")
    ]
    assert "default-src &#39;none&#39;" in html and "unsafe" not in html
    assert html.count("<style>") == html.count("</style>") == 1


def test_tabling_stands_below_the_warning_and_names_no_rule() -> None:
    problem, standing = asked()
    made = packages_page(
        answered(problem, standing),
        Labels.plain(problem),
        tabling=lambda number, _package: Tabling(
            "https://host.example/sign?kind=propose_package", f"--table {number}"
        ),
    )
    html = render_packages(made)
    assert html.index("a proposal shows what matters to whom") < html.index("https://host.example/sign")
    assert 'rel="noreferrer"' in html
    assert all("Nash" not in one.tabling + one.command for one in made.suggestions)


@pytest.mark.parametrize("tag", ["en", "ur"])
def test_it_says_which_way_it_is_written(tag: str) -> None:
    with speaking(languages()[tag]):
        html = page_of()
    assert f'<html lang="{tag}" dir="{languages()[tag].direction}">' in html
    assert "{" not in words(html)
