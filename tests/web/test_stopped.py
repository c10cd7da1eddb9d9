"""A host that has stopped signing for a process says so at the top of each of its pages, and of no other's."""

from __future__ import annotations

from typing import Any

import pytest

from detente.codec.refusal import Refused
from detente.depositary.fork_guard import check_held
from tests.depositary.forking import branch, note_of
from tests.depositary.talks import Talks
from tests.web.hosting import PAGE, address, as_person

SAID = "This host signs nothing now, and takes no act."
PAGES = ("", "text", "timeline", "record", "acts/1", "acts/1/prove", "room", "keys", "nowhere")


@pytest.fixture
def ahead(talks: Talks) -> bytes:
    """A checkpoint that the log's key signed elsewhere, over one act more."""
    other = branch(talks)
    other.say("A", "The road is open.")
    return note_of(other)


def top_of(client: Any, talks: Talks, path: str) -> str:
    """What stands before the subject of a page."""
    shown = client.get(address(talks, path), headers={**as_person(talks, "A"), **PAGE}).text
    return str(shown.partition("<main")[0])


def test_each_page_of_the_process_says_so_first_with_what_it_means_and_what_to_do(
    client: Any, talks: Talks, ahead: bytes
) -> None:
    assert all(SAID not in top_of(client, talks, path) for path in PAGES)
    with pytest.raises(Refused):
        check_held(talks.depositary, ahead)
    for path in PAGES[:-1]:
        top = top_of(client, talks, path)
        assert SAID in top and f"This host holds {talks.size} acts here" in top
        assert "detente mirror" in top and "detente recover" in top
    assert SAID not in client.get("/", headers=PAGE).text


def test_another_process_of_the_same_host_goes_on(
    client: Any, talks: Talks, closed: Talks, ahead: bytes
) -> None:
    with pytest.raises(Refused):
        check_held(talks.depositary, ahead)
    assert SAID not in top_of(client, closed, "")
    closed.say("A", "We go on.")


def test_while_a_named_cosigner_is_ahead_the_pages_say_that_too(client: Any, talks: Talks) -> None:
    talks.depositary.ahead.add((talks.origin, "harbour.example"))
    top = top_of(client, talks, "")
    assert SAID in top and "The cosigner harbour.example has signed more of this record" in top
    talks.depositary.ahead.clear()
    assert SAID not in top_of(client, talks, "")
