"""The page of keys: one in force and one stolen, one that waits, and a principal's that one person alone enrolled.

For the public, nothing but the way in.
"""

from __future__ import annotations

from detente.views.keys import KeyLine, KeysPage
from detente.views.marks import prose, strong
from detente.views.signing import WaitingKey
from tests.web.sample_pages.around import SAME_NIGHT, B, M, cite, shell

ORIGIN = "detente/k5w2vq3n7hz4c6m2a7d5x3b2qe"


def keys_page(*, public: bool = False) -> KeysPage:
    root = SAME_NIGHT
    if public:
        return KeysPage(
            shell=shell(root, "Your keys", 87), process=ORIGIN, person="", own=(), waiting=(), others=(), advice=(),
            lead=prose("You are looking as the public."), entrance=True,
        )  # fmt: skip
    return KeysPage(
        shell=shell(root, "Your keys", 87, "M"),
        process=ORIGIN,
        person="M",
        lead=prose(strong("You have one key. "), "A browser can lose what it keeps."),
        own=(
            KeyLine(
                key_id="k" * 43, mark=M, who="Secretariat", words="amber anchor basin candle delta", glyph="done",
                state="In force", enrolled=prose(*cite(root, 40), ", by Secretariat"), confirmed=(), ended=(), note=(),
                revoke=f"{root}/sign?kind=revoke_key&key=M", behind=True,
            ),
            KeyLine(
                key_id="l" * 43, mark=M, who="Secretariat", words="ember amber anchor basin candle", glyph="gap",
                state="Revoked", enrolled=prose(*cite(root, 1), ", by Secretariat"), confirmed=(), note=(), revoke="",
                ended=prose(*cite(root, 41), ", by Secretariat, as perhaps in other hands since ", *cite(root, 30)),
            ),
        ),
        waiting=(
            WaitingKey(who="Secretariat", words="candle delta ember amber anchor", href=f"{root}/sign?kind=enrol"),
        ),
        others=(
            KeyLine(
                key_id="m" * 43, mark=B, who="Command of B", words="basin candle delta ember amber", glyph="done",
                state="In force", enrolled=prose(*cite(root, 9), ", by Secretariat"), ended=(), revoke="",
                confirmed=prose(*cite(root, 10), ", by Secretariat"),
                note=prose("Secretariat alone enrolled and confirmed it."),
            ),
        ),
        advice=(prose(strong("Lost: "), "revoke it with the other one."),),
        sign_out=f"{root}/session/end",
    )  # fmt: skip
