"""What the check knows of one language: patterns, and nothing else. Another language is one more table of these."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct


class Patterns(Struct, frozen=True):
    """Regular expressions over the words of a provision, and lists of words. Groups by name where a rule reads a part.

    obliges: what makes a sentence a duty (shall, undertakes to), in `weak` where it does so only for somebody who can owe
    one (will); constitutive: after it, what is a rule and no duty where nobody owes it (shall enter into force);
    passive: after it, an action without who does it; by_whom: who does it all the same, in `who`; aside: words between
    commas; opening: the beginning of a clause that stands before who owes it; turns_on: what ends the noun that the
    words turn on;
    sides, bodies, outsiders, itself: nouns by which a sentence names the sides, bodies of the text, anybody else, and
    the text itself or a rule about it; pronouns: who was named before.
    not_doing, influence, ensuring: by which a duty is to refrain, to use influence, to ensure.
    vague_time, vague_duty: words that fix no moment, and no result.
    contested: nouns that two sides have been known to read differently; defined: a term, in `term`, with its meaning.
    place, precise_place: where, and what fixes it. period: what fixes a time. measured: by what one can tell.
    verified: by whom; method: how; consequence: what if not; entry: when the text enters into force.
    date: `day`, `month`, `year`; months: their names, lower-case, to their numbers; span: from one date to another.
    bare_number: a number that wants a unit, in `number`. article, paragraph: references, in `number`; elsewhere: what
    follows a reference to another text.
    """

    sentence_end: re.Pattern[str]
    obliges: re.Pattern[str]
    constitutive: re.Pattern[str]
    passive: re.Pattern[str]
    by_whom: re.Pattern[str]
    opening: re.Pattern[str]
    aside: re.Pattern[str]
    turns_on: re.Pattern[str]
    sides: re.Pattern[str]
    bodies: re.Pattern[str]
    outsiders: re.Pattern[str]
    itself: re.Pattern[str]
    pronouns: re.Pattern[str]
    not_doing: re.Pattern[str]
    influence: re.Pattern[str]
    ensuring: re.Pattern[str]
    vague_time: re.Pattern[str]
    vague_duty: re.Pattern[str]
    contested: re.Pattern[str]
    defined: re.Pattern[str]
    definitions: re.Pattern[str]
    place: re.Pattern[str]
    precise_place: re.Pattern[str]
    period: re.Pattern[str]
    measured: re.Pattern[str]
    verified: re.Pattern[str]
    method: re.Pattern[str]
    consequence: re.Pattern[str]
    entry: re.Pattern[str]
    date: re.Pattern[str]
    months: Mapping[str, int]
    span: re.Pattern[str]
    bare_number: re.Pattern[str]
    article: re.Pattern[str]
    paragraph: re.Pattern[str]
    elsewhere: re.Pattern[str]
