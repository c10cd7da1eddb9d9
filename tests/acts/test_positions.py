"""Positions: committed to once, revealed by the same side, and checked by every reader."""

from __future__ import annotations

import pytest

from detente.acts.positions import RevealedWords, check_words
from detente.signing.disclosure import digest_of, make_disclosure
from tests.simulator import Simulator, fake_leaf, with_text

SALT = "AAECAwQFBgcICQoLDA0ODw"
WORDS = "We can live with the fifth."


def digest(words: str = WORDS, salt: str = SALT) -> str:
    return digest_of(make_disclosure("text", words, salt))


def committed() -> tuple[Simulator, str]:
    simulator = with_text()
    return simulator, simulator.must("A", "commit_position", digest=digest())


def test_what_is_committed_to_stands_unrevealed_until_its_side_reveals_it() -> None:
    simulator, leaf = committed()
    position = simulator.state.positions[leaf]
    assert (position.by, position.group, position.revealed) == ("A", "A", None)
    simulator.must("PA", "reveal_position", position=leaf, digest=digest())
    assert simulator.state.positions[leaf].revealed == simulator.state.size - 1


def test_nobody_passes_off_another_s_commitment_as_theirs() -> None:
    simulator, leaf = committed()
    assert simulator.codes("B", "commit_position", digest=digest()) == {"position.committed"}
    assert simulator.codes("B", "reveal_position", position=leaf, digest=digest()) == {"position.not_yours"}


def test_other_words_cannot_be_revealed_and_none_twice() -> None:
    simulator, leaf = committed()
    other = digest("We cannot live with the fifth.")
    assert simulator.codes("A", "reveal_position", position=leaf, digest=other) == {"position.digest"}
    assert simulator.codes("A", "reveal_position", position=fake_leaf(0), digest=digest()) == {
        "position.unknown"
    }
    simulator.must("A", "reveal_position", position=leaf, digest=digest())
    assert simulator.codes("A", "reveal_position", position=leaf, digest=digest()) == {"position.revealed"}


def test_a_position_moves_nobody() -> None:
    simulator = with_text()
    before = simulator.state.instruments
    simulator.must("M", "commit_position", digest=digest())
    assert simulator.state.instruments is before


@pytest.mark.parametrize(
    ("text", "salt"),
    [("We cannot live with the fifth.", SALT), (WORDS, SALT[:-1] + "g"), (WORDS, "short"), (WORDS, None)],
)
def test_words_that_are_not_those_committed_to_are_found_out(text: str, salt: str | None) -> None:
    simulator, leaf = committed()
    act = simulator.act("A", "reveal_position", position=leaf, digest=digest())
    (refusal,) = check_words(act.clear, RevealedWords(text=text, salt=salt))
    assert refusal.code == "position.words"
    assert not check_words(act.clear, RevealedWords(text=WORDS, salt=SALT))
    assert not check_words(act.clear, RevealedWords())  # not shown to this reader
    assert not check_words(act.clear, RevealedWords(salt=SALT))  # the words were erased
