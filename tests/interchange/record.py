"""A small record to lean on: editions, a bracket, keys, a chamber's acts."""

from __future__ import annotations

from functools import cache

from detente.interchange.minutes.references import Ledger
from tests.interchange.player import MemoryStage, ledger_of, played

SCRIPT = """\
process harbour: Harbour talks
    zone: Europe/Istanbul
2025-10-27
09:00† M convenes the talks harbour
09:01 M admits A as delegate
    side: A
09:01 M admits PA as principal
    side: A
09:01 M enrols a key for A
09:01 M enrols a key for PA
09:02 M confirms the fingerprint of PA
09:03 M opens understanding
    basis: analogy
    languages: en authentic, ur official
10:00 M issues edition 1 of understanding
    text:
        Article 1. Peace
        1(1) There shall be peace.
          ur: امن
        1(2) Soon.
10:10 M circulates understanding to A
10:12 A receives understanding
10:15 A brackets 1(2) of understanding
    text: At once.
in side-A: 10:18 A refers understanding
in side-A: 10:19 PA instructs the delegation
    text: Ask for a date.
10:20 M issues the next edition of understanding
"""


@cache
def stage() -> MemoryStage:
    return played(SCRIPT)[0]


@cache
def ledger() -> Ledger:
    return ledger_of(stage())
