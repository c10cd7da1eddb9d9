"""What a PDF for signature is made from: a text, where it comes from, and who signs it.

The text goes into the file as it was hashed: the SHA-256 of the attached file is the digest printed on every page.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from detente.codec.canonical_json import encode_canonical
from detente.provisions.authentic import coverage
from detente.provisions.bracket import find_brackets
from detente.provisions.provision import Provision

ATTACHED: Final = "text.json"
"""Name of the attached file: canonical JSON, `provisions` and, where the text is an edition, its `nonce`."""
AROUND: Final = "around.json"
"""Name of the other one: all else that the pages are made of, so that whoever has the program can make them again."""


class Position(Struct, frozen=True):
    """Where an edition stands in its log. number, corrections: of acts, from 1. root: the root of the log up to the last
    of these, hexadecimal. proof: what the QR code says: where the act can be proved, or which one it is. replaced_by: the
    number of the last edition where it is a later one, else 0."""

    edition: int
    number: int
    root: str
    proof: str
    corrections: tuple[int, ...] = ()
    replaced_by: int = 0


class Signing(Struct, frozen=True):
    """How a text is signed. sides: their letters, "" for one that the file does not name. ratified: whether consent to be
    bound follows the signature (VCLT 14)."""

    sides: tuple[str, ...] = ("", "")
    initialled: bool = True
    signed: bool = True
    ratified: bool = False


class Sheet(Struct, frozen=True):
    """title: in the words of the text's author. languages: (tag, status), in the order printed. bracketed: by provision,
    its alternatives as one line by language, where the record holds them; bracketed_headings: its heading
    likewise, if it has one. position: None for a text of no record."""

    title: str
    provisions: tuple[Provision, ...]
    languages: tuple[tuple[str, str], ...]
    nonce: str = ""
    position: Position | None = None
    signing: Signing = Signing()
    bracketed: dict[str, dict[str, str]] = {}
    bracketed_headings: dict[str, dict[str, str]] = {}

    @property
    def attached(self) -> bytes:
        whole = {"nonce": self.nonce, "provisions": self.provisions}
        return encode_canonical(whole if self.nonce else {"provisions": self.provisions})

    @property
    def around(self) -> bytes:
        return encode_canonical(replace(self, provisions=(), nonce=""))

    @property
    def digest(self) -> str:
        """64 hexadecimal digits."""
        return sha256(self.attached).hexdigest()

    @property
    def open_brackets(self) -> int:
        """Provisions with alternatives, and pairs of square brackets in the words of others. In several languages the
        one with most counts: they are the same brackets."""
        others = [p for p in self.provisions if p.id not in self.bracketed]
        pairs = (_pairs(others, tag) for tag, _status in self.languages)
        return len(self.bracketed) + max(pairs, default=0)

    def lacking(self, tag: str) -> int:
        """Provisions without words in a language."""
        return len(coverage(self.provisions, tag).missing)


def _pairs(provisions: list[Provision], tag: str) -> int:
    texts = (words[tag] for p in provisions for words in (p.heading, p.texts) if tag in words)
    return sum(run.kind == "open" for text in texts for run in find_brackets(text).runs)
