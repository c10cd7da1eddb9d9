"""The duty that a provision states: who owes what, found by the word that obliges and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

from detente.procedure.verifiability.language import Patterns
from detente.state.undertakings import Duty

Obligor = Literal["side", "body", "outsider", "nobody"]
"""Who is said to owe it. body: one that the text sets up or names, such as a commission; nobody: no one is."""


class StatedDuty(Struct, frozen=True):
    """One sentence that obliges. actor: the words for who owes it, or ""; subject: what stands before the word that
    obliges; obliges: that word with its verb; action: the rest of the sentence; duty: its type."""

    sentence: str
    subject: str
    actor: str
    obligor: Obligor
    obliges: str
    action: str
    duty: Duty


def sentences_of(words: str, patterns: Patterns) -> tuple[str, ...]:
    """The sentences, and the parts between semicolons."""
    return tuple(part for part in (p.strip() for p in patterns.sentence_end.split(words)) if part)


def stated_duties(words: str, patterns: Patterns, is_named: Callable[[str], bool]) -> Iterator[StatedDuty]:
    """The duties that the words state, in order; none where they state a fact, a definition, or a rule on the text
    itself. is_named: whether words are the name of somebody who can owe one."""
    for sentence in sentences_of(words, patterns):
        found = _duty(sentence, patterns, is_named)
        if found is not None:
            yield found


def _duty(sentence: str, patterns: Patterns, is_named: Callable[[str], bool]) -> StatedDuty | None:
    found = patterns.obliges.search(sentence)
    if found is None:
        return None
    subject = _subject(sentence[: found.start()], patterns)
    if not subject or patterns.itself.match(subject):
        return None
    after = sentence[found.end() :]
    passive = patterns.passive.match(after)
    by_whom = patterns.by_whom.search(after)
    if passive is not None:
        actor = by_whom["who"] if by_whom else ""
        verb, action = passive[0], subject + after[passive.end() :]
    else:
        actor = subject
        aside = patterns.aside.match(after)
        rest = after[aside.end() :] if aside else after
        verb = f" {rest.split()[0]}" if rest.split() else ""
        action = rest.strip()[len(verb) - 1 :].strip(" ,:") if verb else ""
    obligor = _obligor(actor, patterns, is_named)
    if obligor == "nobody" and (found["weak"] or patterns.constitutive.match(after)):
        return None
    return StatedDuty(
        sentence=sentence,
        subject=subject,
        actor=actor.strip() if obligor != "nobody" else "",
        obligor=obligor,
        obliges=f"{found[0]}{verb}".strip(" ,:"),
        action=action.strip(" ,:"),
        duty=_type(sentence[found.start() :], subject, obligor, patterns),
    )


def _subject(before: str, patterns: Patterns) -> str:
    """The words for whoever owes it: the first part between commas that opens no clause of another kind."""
    parts = [part.strip() for part in before.split(",")]
    named = [part for part in parts if part and not patterns.opening.match(part)]
    if named:
        return named[0] if parts[0] == named[0] else named[-1]
    return parts[-1] if parts else ""


def _obligor(actor: str, patterns: Patterns, is_named: Callable[[str], bool]) -> Obligor:
    """By the noun that the words turn on: what follows “of” or “which” says more of it, and not who it is."""
    head = patterns.turns_on.split(actor)[0]
    if patterns.opening.match(actor):  # “During the truce the parties”
        head = " ".join(actor.split()[-5:])
    if patterns.outsiders.search(head):
        return "outsider"
    if patterns.sides.search(head) or is_named(head):
        return "side"
    if patterns.bodies.search(head):
        return "body"
    return "side" if patterns.pronouns.search(head) else "nobody"


def _type(rest: str, subject: str, obligor: Obligor, patterns: Patterns) -> Duty:
    """The type of a duty by its first words; one that nobody owes is an event."""
    if obligor == "nobody":
        return "event"
    if patterns.influence.search(rest):
        return "use_influence"
    first = " ".join(rest.split()[:4])
    if patterns.not_doing.search(first) or patterns.not_doing.match(subject):
        return "refrain"
    return "ensure" if patterns.ensuring.search(first) else "deliver"
