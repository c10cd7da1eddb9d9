"""One act: what was said and signed, by whom, having seen what, and how to prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.act_line import Standing
from detente.views.marks import Direction, Glyph, Link, Mark, Moment, Prose, SealedFile
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitFile:
    """A file of an exhibit, as the reader's browser fetches, checks and opens it."""

    href: Annotated[str, "where the sealed file is"]
    digest: Annotated[str, "its SHA-256, base64url"]
    size: Annotated[int, "its bytes"]
    name: Annotated[str, "as its author called it"]
    content: Annotated[str, "SHA-256 of what is inside, base64url"]
    author: Annotated[str, "id of the key that presented it"]
    process: Annotated[str, "origin of the record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitKey:
    """The key that opens the files of an exhibit: the boxes it stands in, and the colleagues who lack it."""

    process: Annotated[str, "origin of the record"]
    boxes: Annotated[
        str, "JSON: each box, or null where files are sealed to the keys themselves, with the ids of its keys"
    ]
    number: Annotated[int, "of the act that presents it"]
    lacking: Annotated[str, "JSON: the key to read with of each colleague's key that lacks it, by its id"]
    recovery: Annotated[str, "JSON: the recovery key of each group that lacks it, by the group"]
    readers: Annotated[str, "the groups of those, with commas between"]
    people: Annotated[str, "Office of A, Office of B; empty where nobody lacks it"]
    left: Annotated[str, "who was given it and has left; or empty"]
    sign: Annotated[str, "address of the page on which acts are signed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActField:
    label: Annotated[str, "Terms; Words; Reason"]
    value: Annotated[Prose, "empty when sealed"]
    sealed: Annotated[str, "sealed; readable by the mediators. Or empty"] = ""
    content: Annotated[SealedFile | None, "what the reader's browser can open here"] = None
    file: Annotated[ExhibitFile | None, "a file of an exhibit"] = None
    quoted: Annotated[bool, "true sets it in the serif: negotiated or spoken words"] = False
    lang: Annotated[str, "language of the value if not the page's"] = ""
    direction: Annotated[Direction, "direction of the value"] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedWords:
    """What can be done with words that stand sealed in a chamber: commit to them in the main log, and reveal them."""

    committed: Annotated[
        str, "JSON: by digest, address of the page to reveal it, or empty where it is revealed"
    ]
    sign: Annotated[str, "address of the page on which the commitment is signed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    shell: Annotated[Shell, "around the page"]
    exhibit: Annotated[ExhibitKey | None, "of an act that presents one"] = None
    number: Annotated[int, "1 for the first act"]
    kind: Annotated[str, "kind of act in words: Assent"]
    mark: Annotated[Mark, "whose act"]
    author: Annotated[str, "Head of Delegation B"]
    sentence: Annotated[str, "what was signed, in words"]
    recorded: Annotated[Moment, "when the record took it"]
    standing: Annotated[Standing, "effective, unauthorised or irregular"]
    standing_glyph: Annotated[Glyph, "done when effective, gap otherwise"]
    standing_words: Annotated[str, "what that means here: Within the mandate of #14. Adopted with this act."]
    fields: Annotated[tuple[ActField, ...], "what the act says, clear and disclosed and sealed"]
    readers: Annotated[str, "who can read it, and which of its fields the log hides"]
    seen: Annotated[Prose, "The record up to act 71, root 8e5a 92f0"]
    under: Annotated[Prose, "the mandate it was weighed against; or: needs none; or: none in the record"]
    basis: Annotated[Prose, "the version of text it acted on (on); or empty"]
    key: Annotated[str, "fingerprint of the key in words, or its first digits"]
    leaf: Annotated[str, "leaf hash, 64 hexadecimal digits, grouped by four"]
    previous_leaf: Annotated[str, "leaf of the same key's act before, grouped; or: first of this key"]
    log: Annotated[str, "origin of the log it stands in"]
    prove: Annotated[Link, "to prove it to somebody outside"]
    receipt: Annotated[Link | None, "download: Receipt of act 72 (tlog-proof), 2 kB"]
    wire: Annotated[str, "the entry's bytes as signed, ASCII; or empty"]
    wire_size: Annotated[int, "their number"]
    as_of: Annotated[str, "the overview as of this act"]
    before: Annotated[Link | None, "act before it in the record"]
    after: Annotated[Link | None, "act after it"]
    words: Annotated[SealedWords | None, "of a sealed act of the reader's own chamber"] = None
    related: Annotated[tuple[Link, ...], "acts that answer, confirm or take back this one"] = ()
