"""The incidents that stand below a report in a script: read as a feed is, and written as the file that the act names."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.codec.base64url import encode_base64url
from detente.codec.refusal import Refusal, Refused
from detente.interchange.incidents.importing import import_incidents
from detente.interchange.incidents.remarks import Remark
from detente.interchange.minutes.layout import RawField


def write_batch(raw: RawField) -> tuple[Mapping[str, Any], Mapping[str, bytes]]:
    """The fields that name the file, and the file by its SHA-256, base64url. A script is somebody's own words: no row of
    it is kept out in silence.

    Raises `Refused`: `minutes.value` for every row that would be kept out, or as `import_incidents`."""
    kept_out: list[Remark] = []
    with tempfile.TemporaryDirectory() as folder:
        table, batch = Path(folder) / "incidents.csv", Path(folder) / "incidents.parquet"
        table.write_text("\n".join((*raw.block, "")), encoding="utf-8")
        found = import_incidents(
            table, batch, lambda remark: kept_out.append(remark) if remark.kept_out else None
        )
        if kept_out:
            raise Refused(*(_refused(remark, raw) for remark in kept_out))
        digest = encode_base64url(found.digest)
        return {"file": digest, "size": found.size, "rows": found.kept}, {digest: batch.read_bytes()}


def _refused(remark: Remark, raw: RawField) -> Refusal:
    return Refusal(
        "minutes.value", f"Line {raw.line + remark.line}: {remark.sentence}", instead="Write the row anew."
    )
