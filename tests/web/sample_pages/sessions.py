"""A session with minutes confirmed and not."""

from __future__ import annotations

from detente.views.marks import ActRef, Mark, prose, strong
from detente.views.sessions import AgendaItem, Minute, Session, SessionsPage
from tests.web.sample_pages.around import REPORTED, A, B, M, act, at, cite, shell
from tests.web.sample_pages.overview_parts import HOURS


def sessions_page() -> SessionsPage:
    root = REPORTED

    def minute(
        number: int, mark: Mark, speaker: str, manner: str, words: str, time: str, **state: object
    ) -> Minute:
        return Minute(
            time=at(time, illustrative=True),
            ref=ActRef(number=number, href=act(root, number)),
            mark=mark,
            speaker=speaker,
            manner=manner,
            words=words,
            **{"state": "Unconfirmed", "glyph": "spoken", "detail": (), **state},  # type: ignore[arg-type]
        )

    return SessionsPage(
        shell=shell(REPORTED, "Sessions", 24, "M", phase=prose("Session closed")),
        headline="18 h 00 in one session",
        lead=prose("Three minutes name a speaker. ", strong("None is confirmed by its speaker.")),
        sessions=(
            Session(
                title="Session 1",
                anchor="session-1",
                state="closed after 18 h 00",
                running_from="",
                opened=prose("Opened 27 Oct 2025, 10:00†, ", *cite(root, 3)),
                closed=prose("Closed 28 Oct 2025, 04:00†, ", *cite(root, 18)),
                hours=HOURS,
                agenda=(
                    AgendaItem(
                        number="1", title="Use of territory", taken_up=prose("27 Oct 10:20, ", *cite(root, 4))
                    ),
                    AgendaItem(number="2", title="Monitoring", taken_up=prose("not taken up")),
                ),
                agenda_empty="",
                minutes=(
                    minute(
                        11,
                        M,
                        "Secretariat",
                        "minute beside edition 3",
                        "Described as finalised.",
                        "02:30",
                        state="No speaker to confirm",
                        glyph="empty",
                    ),
                    minute(
                        13,
                        A,
                        "Lead of Delegation A",
                        "oral",
                        "Is edition 3 final?",
                        "02:33",
                        state="Confirmed by the speaker",
                        glyph="done",
                        detail=cite(root, 19),
                    ),
                    minute(
                        14,
                        B,
                        "Head of Delegation B",
                        "oral, in Pashto, through an interpreter",
                        "هو.",
                        "02:34",
                        detail=prose(
                            "asked to confirm at 02:36†, ", *cite(root, 15), "; silence confirms nothing"
                        ),
                        lang="ps",
                    ),
                    minute(
                        16,
                        M,
                        "Secretariat",
                        "",
                        "",
                        "02:40",
                        state="No speaker to confirm",
                        glyph="empty",
                        sealed="sealed; readable by the mediators",
                    ),
                    minute(
                        17,
                        B,
                        "Head of Delegation B",
                        "oral",
                        "Delegation B no longer assents.",
                        "02:41",
                        detail=prose("seven minutes after ", *cite(root, 14)),
                    ),
                ),
                minutes_empty="",
            ),
        ),
    )
