"""Refusals over HTTP: one shape for every error, and the one table of statuses.

{"errors": [{"code": ..., "sentence": ..., "clause": ..., "instead": ...}]}
"""

from __future__ import annotations

from typing import Final

import msgspec
from starlette.responses import Response

from detente.codec.refusal import Refused, refuse
from detente.wording.language import translated

STATUSES: Final[tuple[tuple[str, int], ...]] = (
    ("http.method", 405),
    ("http.address", 404),
    ("envelope.size", 413),
    ("file.size", 413),
    ("article.size", 413),
    ("article.not_yours", 403),
    ("document.size", 413),
    ("document.not_yours", 403),
    ("text.unknown", 404),
    ("text.undisclosed", 403),
    ("file.unknown", 404),
    ("cosigning.size", 413),
    ("cosigning.unknown", 403),
    ("host.stopped", 503),
    ("ready.", 503),
    ("store.", 503),
    ("note.", 400),
    ("checkpoint.", 400),
    ("http.media_type", 415),
    ("http.parameter", 400),
    ("http.form", 400),
    ("log.unknown", 404),
    ("stamp.none", 404),
    ("feed.unknown", 404),
    ("passkey.unknown", 404),
    ("log.at", 404),
    ("text.none", 404),
    ("text.not_disclosed", 403),
    ("log.not_yours", 403),
    ("log.members_only", 403),
    ("tile.", 404),
    ("token.", 401),
    ("invitation.", 403),
    ("http.cross_site", 403),
    ("key.unknown", 403),
    ("key.revoked", 403),
    ("participation.left", 403),
    ("log.audience", 403),
    ("passkey.taken", 409),
    ("act.replayed", 409),
    ("act.out_of_order", 409),
    ("act.stale", 409),
    ("act.seen_foreign", 409),
    ("passkey.malformed", 400),
    ("envelope.", 400),
    ("base64.", 400),
    ("json.", 400),
    ("disclosure.", 400),
    ("act.malformed", 400),
    ("host.too_often", 429),
    ("host.second_factor", 401),
    ("host.busy", 503),
    ("host.failed", 500),
)
"""Prefix of a refusal's code -> status; the first match counts. Everything else is 422: understood, not possible."""


def status_of(refused: Refused) -> int:
    code = refused.refusals[0].code
    return next((status for prefix, status in STATUSES if code.startswith(prefix)), 422)


def unavailable() -> Refused:
    """The database's own words are for whoever runs the host."""
    return refuse("host.busy", "The host cannot use its database now.",
                  instead="Ask again in a moment. An act that was stored gets its receipt when it is sent again.",
                  )  # fmt: skip


def error_response(refused: Refused) -> Response:
    """Every refusal at once, as JSON."""
    errors = [
        {
            "code": r.code,
            "sentence": translated(r.sentence),
            "clause": r.clause,
            "instead": translated(r.instead),
        }
        for r in refused.refusals
    ]
    return Response(
        msgspec.json.encode({"errors": errors}), status_of(refused), media_type="application/json"
    )
