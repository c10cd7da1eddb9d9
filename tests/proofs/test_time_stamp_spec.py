"""docs/specs/time-stamp.md: its example is checked, and proves what the page says."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

from detente.codec.instant import instant_from_unix, unix_from_instant
from detente.proofs.time_stamp import read_roots, verify_stamps

PAGE = Path(__file__).parents[2] / "docs" / "specs" / "time-stamp.md"


def test_the_example_proves_what_the_page_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    stamps, certificate, said = (
        re.findall(rf"```{block}\n(.*?)```", page, re.S)[0] for block in ("stamps", "certificate", "json")
    )
    proves = json.loads(said)
    now = unix_from_instant("2030-01-01T00:00:00Z")
    log = verify_stamps(io.BytesIO(stamps.encode()), read_roots(certificate.encode()), now)
    (checkpoint,) = log.checkpoints
    assert proves == {
        "process": log.origin,
        "size": checkpoint.size,
        "stamps": [instant_from_unix(stamp.at) for stamp in checkpoint.stamps],
        "authority": checkpoint.stamps[0].authority,
    }
