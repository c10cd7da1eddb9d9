"""The files that a script encloses with an exhibit: sealed here, as a browser or the command line seals them.

Each is a short text, named in the script and sealed to the keys that its line names, so that the demonstration's exhibits
are opened in the same way as real ones. Sealing draws random numbers: played twice, a script gives other files.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, NamedTuple

from detente.codec.base64url import decode_base64url, encode_base64url
from detente.interchange.minutes.demonstration import signing_key
from detente.interchange.minutes.fields import read_field
from detente.interchange.minutes.forms import Around
from detente.interchange.minutes.layout import RawField
from detente.interchange.minutes.scene import Draft
from detente.interchange.minutes.schema import ENCLOSED
from detente.sealing.streaming import line_of, seal_stream


class Enclosed(NamedTuple):
    """values: of the fields that name the files; sealed: the files themselves, by SHA-256, base64url."""

    values: Mapping[str, Any]
    sealed: Mapping[str, bytes]


def enclose(draft: Draft, raw: RawField) -> Enclosed:
    """Raises `Refused` as sealing does, or where the files cannot be read."""
    around = Around(draft.scene.references, draft.scripted.day, draft.scripted.zone)
    origin = draft.state.process.origin if draft.state.process else ""
    key = signing_key(draft.state, draft.scene.header.label, draft.scripted.author)
    readers = [draft.state.keys[k].sealing for k in draft.values["keys"] if k in draft.state.keys]
    recipients = [decode_base64url(sealing) for sealing in readers if sealing]
    names: dict[str, str] = {}
    contents: dict[str, str] = {}
    sealed: dict[str, bytes] = {}
    for title, words in read_field(ENCLOSED, raw, around).items():
        name, out = f"{title}.txt", BytesIO()
        done = seal_stream(BytesIO(f"{words}\n".encode()), out, recipients, line_of(origin, key.key_id, name))
        digest = encode_base64url(done.digest)
        names[digest], contents[digest], sealed[digest] = name, encode_base64url(done.content), out.getvalue()
    files = tuple((digest, len(file)) for digest, file in sealed.items())
    # In a script nobody changes a file on its way: what was hashed at its source is what is inside.
    at_source = contents if draft.values.get("taken_at") else None
    return Enclosed({"files": files, "names": names, "contents": contents, "at_source": at_source}, sealed)
