"""A provision: one place in a text, with its words in every language of the instrument.

The id is stable and the number derived from it. Texts are single paragraphs: what negotiators number
separately is a provision of its own.

    >>> p = Provision("art_3__para_1", {}, {"en": "Each Side shall prevent it."})
    >>> p.number, p.kind
    ('3(1)', 'paragraph')
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from detente.codec.identifier import LanguageTag, ProvisionId
from detente.codec.refusal import Refusal
from detente.provisions.eid import kind_of
from detente.provisions.numbering import is_regular, number_of

# One line without control characters, beginning and ending in a visible character. The bidirectional
# embeddings, overrides and isolates are shut out: with them a text can show other words, or another order
# of numbers, than the one that is signed. Direction comes from the language tag.
_SHUT_OUT = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
TEXT_PATTERN = rf"^(?!\s)[^{_SHUT_OUT}]+$(?<!\s)(?!\n)"
Text = Annotated[
    str, msgspec.Meta(pattern=TEXT_PATTERN, max_length=20_000, description="one paragraph of text")
]
Heading = Annotated[str, msgspec.Meta(pattern=TEXT_PATTERN, max_length=300, description="a heading")]


class Provision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One provision. `heading` and `texts` hold one entry a language; either may be empty.

    The mappings are read only by agreement; canonical JSON sorts them, so the order of languages never
    changes a digest.
    """

    id: ProvisionId
    heading: dict[LanguageTag, Heading]
    texts: dict[LanguageTag, Text]

    @property
    def kind(self) -> str:
        """What it is, in words: `article`, `paragraph`, `point`, `preamble`, `annex`."""
        return kind_of(self.id)

    @property
    def number(self) -> str:
        """The displayed number: `3(1)`."""
        return number_of(self.id)

    def languages(self) -> tuple[str, ...]:
        """The tags in which it has a heading or a text, sorted."""
        return tuple(sorted({*self.heading, *self.texts}))


def _faults(provision: Provision) -> Iterable[Refusal]:
    try:
        msgspec.convert(msgspec.to_builtins(provision), Provision)
    except msgspec.ValidationError as error:
        yield Refusal(
            "provision.malformed",
            f"“{provision.id[:80]}” is not a well-formed provision: {error}.",
            "",
            "Write each text as one paragraph, without control or direction-changing characters.",
        )
        return
    if not is_regular(provision.id):
        yield Refusal(
            "provision.irregular",
            f"“{provision.id}” stands where no number can be given to it.",
            "Akoma Ntoso Naming Convention 1.0 sec. 5",
            "Use articles, numbered paragraphs in them and lettered points, like art_3__para_2__point_a.",
        )


def check_provisions(provisions: Iterable[Provision]) -> tuple[Refusal, ...]:
    """Why `provisions` cannot stand as the text of an edition: malformed, irregular or named twice.

    Codes `provision.malformed`, `provision.irregular`, `provision.twice`.
    """
    found: list[Refusal] = []
    seen: set[str] = set()
    for provision in provisions:
        found += _faults(provision)
        if provision.id in seen:
            found.append(
                Refusal("provision.twice", f"“{provision.id}” stands twice in the text.", "", "Keep one.")
            )
        seen.add(provision.id)
    return tuple(found)
