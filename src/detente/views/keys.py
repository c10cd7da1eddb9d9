"""Your keys: by which keys one acts, how to have a second one, and what to do when one is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.marks import Glyph, Mark, Prose
from detente.views.shell import Shell
from detente.views.signing import WaitingKey


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """One key of somebody, with every act that the record holds about it."""

    key_id: Annotated[str, "thumbprint, by which a browser knows a key that it holds"]
    mark: Annotated[Mark, "whose it is"]
    who: Annotated[str, "office"]
    words: Annotated[str, "fingerprint words to compare over the telephone"]
    glyph: Annotated[Glyph, "done: in force; gap: revoked"]
    state: Annotated[str, "In force; Revoked"]
    enrolled: Annotated[Prose, "#12, 28 Oct 02:34, by the Secretariat"]
    confirmed: Annotated[Prose, "#14, by Delegation B; or that nobody has, where it matters; or empty"]
    ended: Annotated[Prose, "#20, by the Secretariat, as in other hands since #15; or empty"]
    note: Annotated[Prose, "where one person's acts alone stand behind a principal's key; or empty"]
    revoke: Annotated[str, "address of the form that revokes it; empty where the viewer cannot"]
    behind: Annotated[bool, "of one's own: whether the host keeps it wrapped, behind a passkey"] = False
    asks: Annotated[bool, "of one's own: whether it signs in only together with a passkey"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysPage:
    shell: Annotated[Shell, "around the page"]
    process: Annotated[str, "origin of the record"]
    person: Annotated[str, "id of the person looking, for a link of their own; empty where they hold no key"]
    lead: Annotated[Prose, "how many keys one has, and what is asked"]
    own: Annotated[tuple[KeyLine, ...], "the viewer's keys, newest first"]
    waiting: Annotated[tuple[WaitingKey, ...], "keys that the viewer may enrol"]
    others: Annotated[tuple[KeyLine, ...], "everybody else's, principals' first"]
    advice: Annotated[tuple[Prose, ...], "what to do when a key is lost or stolen, for this person"]
    entrance: Annotated[bool, "whether nobody is signed in, and may come in by a passkey"] = False
    sign_out: Annotated[str, "address to which ending all of one's sessions is posted"] = ""
