"""Presenting an exhibit: the files, what they are, and who can open them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """A group, or somebody of none, to whom files can be sealed."""

    value: Annotated[str, "as the act's audience names them: a side, M, or a person's id"]
    text: Annotated[str, "as people read it: delegation and principal of a side"]
    keys: Annotated[str, "JSON: the key to read with (base64url) of each working key, by its id"]
    recovery: Annotated[str, "the group's recovery key, base64url; or empty"]
    lacking: Annotated[str, "who of them has no key to read with yet; or empty"]
    chosen: Annotated[bool, "true for one's own"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentPage:
    shell: Annotated[Shell, "around the page"]
    process: Annotated[str, "origin of the record"]
    who: Annotated[str, "whoever presents; empty for the public"]
    own: Annotated[str, "JSON, as of an opener: the keys of whoever presents, who can always open the files"]
    openers: Annotated[tuple[Opener, ...], "who can be chosen"]
    largest: Annotated[int, "bytes of the largest sealed file that the host keeps; 0 where it keeps none"]
    sign: Annotated[str, "address of the page on which acts are signed"]
