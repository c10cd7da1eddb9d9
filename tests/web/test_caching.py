"""Fragments: what changes of a page is kept for all who would be shown the same, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.procedure.disclosure import Viewer
from detente.web import fragments
from detente.web.fragments import AT_LEAST, INSIDE, SIZE, VIEWER, Fragment, Fragments, Key
from tests.depositary.talks import Talks, key_named, open_host
from tests.web.hosting import PAGE, PAGES, address, as_person, codes_of, front

ROOM = ("room", "keys")
NAMED, AUTHOR, ASKED, PLAIN, OTHER = "O1", "O2", "O3", "O4", "O5"
"""Observers: named by an act's audience, author of a limited act, asked to confirm words, and two like any other."""
OBSERVERS = (NAMED, AUTHOR, ASKED, PLAIN, OTHER)
DELEGATES = ("A2", "A3", "A4", "A5")
"""Of side A, beside their head: named by an act's audience, author of a limited act, and two like any other."""
MEDIATORS = ("M2", "M3")
VIEWERS = (PLAIN, OTHER, NAMED, AUTHOR, ASKED, "M", *MEDIATORS, "A", *DELEGATES, "PA", "B", "PB", None)
SIDE = {"A", *DELEGATES, "PA"}
WORDS = {"CANARY-FOR-SIDE": SIDE, "CANARY-FOR-A-DELEGATE": {"B", "A2"},
         "CANARY-OF-A-DELEGATE": {"A3", "M", *MEDIATORS}, "CANARY-FOR-AN-OBSERVER": {"A", NAMED},
         "CANARY-OF-AN-OBSERVER": {"M", *MEDIATORS, AUTHOR},
         "CANARY-IN-A-CHAMBER": SIDE}  # fmt: skip


def observed(talks: Talks) -> Talks:
    roles: dict[str, tuple[str, str | None]] = {
        **dict.fromkeys(OBSERVERS, ("observer", None)),
        **dict.fromkeys(DELEGATES, ("delegate", "A")),
        **dict.fromkeys(MEDIATORS, ("mediator", None)),
    }
    for person, (role, side) in roles.items():
        talks.keys[person] = key_named(person)
        talks.do("M", "admit", {"title": f"Office of {person}"}, person=person, role=role, side=side)
        talks.enrol(person, talks.keys[person])
    talks.say("B", "CANARY-FOR-A-DELEGATE", aud=("A2",))
    talks.say("A3", "CANARY-OF-A-DELEGATE", aud=("M",))
    talks.say("A", "CANARY-FOR-SIDE", aud=("A",))
    talks.say("A", "CANARY-FOR-AN-OBSERVER", aud=(NAMED,))
    said = {"sense": "statement", "said_at": "2025-10-28T02:30:00Z"}
    for observer in (AUTHOR, ASKED):
        minute = talks.do("M", "minute", {"text": "What an observer said."}, speaker=observer, **said).leaf
        talks.do("M", "ask_to_confirm", minute=minute)
        if observer == AUTHOR:
            talks.do(AUTHOR, "contest_minute", {"text": "CANARY-OF-AN-OBSERVER"}, minute=minute, aud=("M",))
    talks.do("A", "note", {"text": "CANARY-IN-A-CHAMBER"}, chamber="side-A")
    return talks


@pytest.fixture(scope="module", params=["public", "members"])
def talks(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talks]:
    depositary = open_host(tmp_path_factory.mktemp("observed") / "record.sqlite")
    talks = Talks(depositary, label=request.param, open_to=request.param).convene().seat().open_text()
    talks.issue()
    yield observed(talks)
    depositary.close()


def fragment(client: Any, talks: Talks, who: str | None, path: str = "", at_least: int | None = None) -> Any:
    wanted = {AT_LEAST: str(talks.size if at_least is None else at_least)}
    return client.get(address(talks, path), headers={**as_person(talks, who), **PAGE, **wanted})


def changing_part(html: str) -> str:
    """What of a whole page a fragment stands for."""
    size = html[html.index('<a class="size"') :]
    return size[: size.index("</a>")] + html[html.index('<section id="process"') : html.index("</footer>")]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The address of each fragment that was made rather than found."""
    found: list[str] = []
    original = fragments.render_fragment

    def noted(page: Any, *, address: str = "") -> str:
        found.append(address)
        return original(page, address=address)

    monkeypatch.setattr(fragments, "render_fragment", noted)
    return found


@pytest.mark.parametrize("path", [*PAGES, *ROOM, "timeline?words=canary", "acts/22", "acts/1?log=side-A"])
def test_everybody_is_given_what_the_whole_page_would_show_them(talks: Talks, path: str) -> None:
    """Whoever was given it before them: those who share come first and last."""
    with front(talks.depositary) as client:
        for who in (*VIEWERS, *reversed(VIEWERS)):
            whole = client.get(address(talks, path), headers={**as_person(talks, who), **PAGE})
            answer = fragment(client, talks, who, path)
            assert answer.status_code == whole.status_code, who
            if whole.status_code == 200:
                assert changing_part(answer.text) == changing_part(whole.text), who
                assert answer.headers[SIZE] == str(talks.size) and answer.headers[VIEWER] == (who or "")
                found = {words for words in WORDS if words in answer.text}
                assert found <= {words for words, readers in WORDS.items() if who in readers}, who


def test_no_fragment_is_short_of_what_somebody_may_read(talks: Talks) -> None:
    """So the sharing above is not sharing of too little."""
    with front(talks.depositary) as client:
        for words, readers in WORDS.items():
            for who in (PLAIN, *readers):
                assert (words in fragment(client, talks, who, "timeline").text) == (who in readers), (
                    words,
                    who,
                )


def test_those_who_are_like_others_share_and_nobody_else_does(talks: Talks, made: list[str]) -> None:
    with front(talks.depositary) as client:
        for group in ((PLAIN, OTHER, PLAIN), ("A4", "A5", "A4"), ("M2", "M3", "M2")):
            made.clear()
            for who in group:
                fragment(client, talks, who, "timeline")
            assert len(made) == 1, group
        made.clear()
        for count, who in enumerate((NAMED, AUTHOR, ASKED, "A", "A2", "A3", "B", "PA"), 1):
            for _ in range(2):
                fragment(client, talks, who, "timeline")
            assert len(made) == count, who
        made.clear()
        for who in (PLAIN, OTHER):
            fragment(client, talks, who, "record")
        assert len(made) == 2, "a page that says for whom it is belongs to one person"


def test_what_one_of_a_side_reads_as_a_person_is_not_handed_to_the_next(
    talks: Talks, made: list[str]
) -> None:
    """Whoever comes first: theirs is kept for them alone, and the next one's for everybody."""
    with front(talks.depositary) as client:
        for who, count in (("A3", 1), ("A4", 2), ("A5", 2), ("A2", 3)):
            fragment(client, talks, who, "timeline")
            assert len(made) == count, who


def test_a_fragment_shows_at_least_what_its_reader_has_heard_of(tmp_path: Path, made: list[str]) -> None:
    talks = observed(Talks(open_host(tmp_path / "record.sqlite")).convene().seat().open_text())
    with front(talks.depositary) as client:
        first, heard = fragment(client, talks, PLAIN), talks.size
        talks.say("A", "Later words.")
        assert fragment(client, talks, OTHER, at_least=heard).content == first.content and len(made) == 1
        later = fragment(client, talks, OTHER, at_least=heard + 1)
        assert later.headers[SIZE] == str(heard + 1) and "Later words." in later.text
        assert fragment(client, talks, PLAIN, at_least=heard).content == later.content and len(made) == 2
        assert fragment(client, talks, "A", at_least=10**14).headers[SIZE] == str(heard + 1)
    talks.depositary.close()


def test_a_fragment_shows_what_has_come_into_ones_own_chamber(tmp_path: Path, made: list[str]) -> None:
    talks = observed(Talks(open_host(tmp_path / "record.sqlite")).convene().seat().open_text())
    with front(talks.depositary) as client:

        def asked(who: str, inside: int) -> Any:
            wanted = {AT_LEAST: str(talks.size), INSIDE: str(inside)}
            return client.get(address(talks, "timeline"), headers={**as_person(talks, who), **PAGE, **wanted})

        assert asked("A4", 1).headers[INSIDE] == "1"
        made.clear()
        assert asked("A5", 1).status_code == 200 and made == []
        talks.do("A", "note", {"text": "CANARY-LATER"}, chamber="side-A")
        assert "CANARY-LATER" not in asked("A4", 1).text and made == []
        later = asked("A4", 2)
        assert "CANARY-LATER" in later.text and later.headers[INSIDE] == "2" and len(made) == 1
        assert asked("A5", 10**9).content == later.content and len(made) == 1
        assert asked("B", 10**9).headers[INSIDE] == "0" and "CANARY-LATER" not in asked("B", 2).text
    talks.depositary.close()


def test_whoever_leaves_or_loses_the_key_is_given_nothing_that_was_kept(tmp_path: Path) -> None:
    depositary = open_host(tmp_path / "record.sqlite")
    talks = observed(Talks(depositary, open_to="members").convene().seat().open_text())
    with front(depositary) as client:
        heard = talks.size
        for who in (PLAIN, OTHER, "B"):
            assert fragment(client, talks, who).status_code == 200
        for who in (PLAIN, "B"):
            talks.do("M", "leave", person=who)
        talks.do("M", "revoke_key", key=talks.keys[OTHER].key_id)
        for who, status in ((PLAIN, 403), ("B", 403), (OTHER, 401), (None, 404)):
            assert fragment(client, talks, who, at_least=heard).status_code == status, who
    depositary.close()


def test_a_demonstration_is_never_shared(talks: Talks) -> None:
    with front(talks.depositary, demonstration=True) as client:
        for who in (PLAIN, OTHER, "A"):
            headers = {**PAGE, AT_LEAST: str(talks.size)}
            answer = client.get(address(talks, f"timeline?as={who}"), headers=headers)
            assert f"as={who}" in answer.text and "as=public" not in answer.text
            assert ("CANARY-FOR-SIDE" in answer.text) == (who == "A")


def test_a_fragment_is_kept_by_no_cache_and_holds_no_script(talks: Talks) -> None:
    with front(talks.depositary) as client:
        for path in (*PAGES, *ROOM):
            answer = fragment(client, talks, "A", path)
            assert answer.headers["cache-control"] == "private, no-store"
            assert (
                answer.headers["content-encoding"] == "gzip" and "Accept-Encoding" in answer.headers["vary"]
            )
            assert "<script" not in answer.text and "nonce" not in answer.text
        plain = client.get(
            address(talks, "text"),
            headers={**as_person(talks, "A"), **PAGE, AT_LEAST: "1", "accept-encoding": "identity"},
        )
        assert (
            "content-encoding" not in plain.headers
            and plain.text == fragment(client, talks, "A", "text").text
        )


def test_a_header_that_is_no_number_asks_for_the_whole_page(talks: Talks) -> None:
    with front(talks.depositary) as client:
        for words in ("", "-1", "all", "1" * 40, "²"):
            headers = {**as_person(talks, "A"), **PAGE, AT_LEAST: words.encode()}
            assert client.get(address(talks), headers=headers).text.startswith("<!doctype html>\n<html"), (
                words
            )


def test_a_process_that_is_not_there_is_answered_as_ever(talks: Talks) -> None:
    with front(talks.depositary) as client:
        answer = client.get(f"/processes/{'a' * 26}/", headers={AT_LEAST: "1"})
        assert answer.status_code == 404 and codes_of(answer) == ["log.unknown"]
        missing = client.get(address(talks, "acts/999"), headers={AT_LEAST: "1", **as_person(talks, "A")})
        assert missing.status_code == 404 and codes_of(missing) == ["log.at"]


# --- what is kept


def kept(number: int, size: int = 5) -> tuple[Key, Fragment]:
    return Key("detente/a", f"/{number}", Viewer(None), "en"), Fragment(size, bytes(600), bytes(400))


def test_no_more_bytes_are_kept_than_allowed_and_what_is_used_stays() -> None:
    store = Fragments(3100)
    for number in range(3):
        store.keep(*kept(number))
    assert store.find(kept(0)[0], 5) is not None  # used: the one after it goes first
    store.keep(*kept(3))
    assert [store.find(kept(n)[0], 5) is not None for n in range(4)] == [True, False, True, True]
    for _ in range(10):
        store.keep(*kept(3))  # in the place of the older one
    assert [store.find(kept(n)[0], 5) is not None for n in range(4)] == [True, False, True, True]


def test_a_fragment_that_shows_too_little_is_not_found() -> None:
    store = Fragments()
    store.keep(*kept(1, size=5))
    assert store.find(kept(1)[0], 5) is not None and store.find(kept(1)[0], 6) is None


def test_what_was_erased_is_forgotten_for_its_process_alone() -> None:
    store = Fragments(2500)
    (key, fragment), other = kept(1), Key("detente/b", "/1", Viewer("A"), "en")
    store.keep(key, fragment)
    store.keep(other, fragment)
    store.forget("detente/a")
    assert store.find(key, 0) is None and store.find(other, 0) is not None
    store.keep(key, fragment)
    assert store.find(other, 0) is not None, "the bytes of what was forgotten are free again"
