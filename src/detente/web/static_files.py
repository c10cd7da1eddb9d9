"""Style sheets and scripts. Their address names their content, so a browser fetches each once and never asks again.

All of them stand below one address: a script's imports are relative, and a page never mixes two versions. At any other
address they are served too (a page that was opened before the host was brought up to date imports what it needs late),
but asked for again each time.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER: Final = Path(__file__).parent / "static"
_FOR_EVER: Final = "public, max-age=31536000, immutable"


@cache
def version() -> str:
    """The first characters of the SHA-256 of every file with its name."""
    found = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found.update(f"{path.relative_to(FOLDER).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()[:16]


def address() -> str:
    """Below which the files stand, without a closing slash."""
    return f"/static-{version()}"


class _Files(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        # Small files go out whole: a part of one, or a part that cannot be had, needs no answer of its own.
        scope["headers"] = [header for header in scope["headers"] if header[0] != b"range"]
        response = await super().get_response(path, scope)
        current = scope["path_params"].get("version") == version()
        response.headers["cache-control"] = _FOR_EVER if current else "no-cache"
        return response


def routes() -> list[BaseRoute]:
    files = _Files(directory=FOLDER)
    return [Mount("/static-{version}", files), Mount("/static", files)]
