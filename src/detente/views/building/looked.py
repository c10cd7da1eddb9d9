"""What came since one last looked is reckoned in the browser; here stands what it reckons from."""

from __future__ import annotations

from typing import Literal

from detente.views.building.sight import Sight
from detente.views.looked import CurrentEdition, Looked
from detente.views.marks import Link
from detente.wording.language import gettext as _


def looked(
    sight: Sight, *, page: Literal["overview", "timeline", "selection", "text"], text_read: str = ""
) -> Looked | None:
    """page: a selection is the timeline with something left out. None where an earlier moment is shown, of which nothing
    is new."""
    if not sight.now_shown:
        return None
    return Looked(
        process=sight.state.convened.origin,
        size=sight.record.size,
        zone=str(sight.names.zone.tz),
        timeline=Link(text=_("Timeline"), href=sight.place.page("timeline").address),
        editions=tuple(
            CurrentEdition(
                instrument=text.id,
                title=sight.names.instrument_title(text.id),
                edition=text.edition.number,
                redline=sight.place.page(
                    "text", instrument=text.id, edition=str(text.edition.number), show="marked"
                ).address,
            )
            for text in sight.names.instruments
            if text.edition is not None
        ),
        page=page,
        text_read=text_read,
    )
