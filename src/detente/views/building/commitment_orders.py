"""In which order the commitments come, as each side reads the text: a figure, the same as a list, and what is at odds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from detente.procedure.sequences import Conflict, Order, Rival, Sequences, Waiting, sequences
from detente.state.records import State
from detente.state.undertakings import Commitment, Ordering
from detente.views.building.form import commitment_name
from detente.views.building.sight import Sight
from detente.views.building.text_history import one_after_another
from detente.views.marks import Link, Mark, Prose, prose, worded
from detente.views.verifiable import Box, CommitmentOrders, OrderFigure, OrderTrouble, Reading
from detente.wording.counting import capitalised
from detente.wording.language import N_
from detente.wording.language import gettext as _
from detente.wording.saying import quoted

BOX: Final = (216, 56)
GAP: Final = (48, 16)
LONGEST: Final = 28
"""Characters of a label that fit into a box."""
NO_ORDERS: Final = N_(
    "Nobody has said in which order commitments come. Draw them from the text first; then each side can say how it reads "
    "their order, and whether others read another."
)
RIVAL: Final = N_("Agree on one order in the text, or say in it that either will do.")
CIRCLE: Final = N_("Withdraw one of these orderings, or let two of the commitments come together.")
PERIOD: Final = N_("Change a period, or allow more days.")
WAITING: Final = N_("Let a side undertake it, or let the commitment begin on a date.")
_RELATIONS: Final = {
    "before": N_("{first} before {second}"), "after": N_("{first} after {second}"),
    "concurrently": N_("{first} together with {second}"),
    "within": N_("{first} within {days} days after {second}"),
}  # fmt: skip


def commitment_orders(sight: Sight, instrument: str) -> CommitmentOrders:
    found = sequences(sight.state, instrument)
    return CommitmentOrders(
        verdict=_verdict(found),
        readings=tuple(_reading(sight, order) for order in found.orders),
        troubles=tuple(_troubles(sight, found)),
        order=_link(sight, instrument),
        empty="" if found.orders else _(NO_ORDERS),
    )


def order_words(sight: Sight, instrument: str) -> Prose:
    """What whoever is about to take a step on the text is told of its orders; nothing where there is no trouble."""
    troubles = tuple(_troubles(sight, sequences(sight.state, instrument)))
    return (
        ()
        if not troubles
        else one_after_another(worded("{head}: {text}", head=t.head, text=t.text) for t in troubles)
    )


def _verdict(found: Sequences) -> str:
    if not found.orders:
        return ""
    if found.rivals:
        return _("Two readings give two orders.")
    if found.conflicts:
        return _("An order that is read here cannot be kept.")
    if found.waiting:
        return _("Something waits for what nobody has undertaken.")
    return _("No reading is at odds with another.")


def _link(sight: Sight, instrument: str) -> Link | None:
    standing = [c for c in sight.state.commitments.values() if c.stands and c.instrument == instrument]
    if sight.viewers or sight.viewer is None or len(standing) < 2 or not sight.now_shown:
        return None
    href = sight.place.page("sign", kind="order_commitments", instrument=instrument).address
    return Link(text=_("Say in which order two come"), href=href)


def _whose(sight: Sight, group: str) -> Mark:
    return sight.mediators() if group == "M" else sight.side(group)


# --- one reading


def _reading(sight: Sight, order: Order) -> Reading:
    return Reading(
        mark=_whose(sight, order.group),
        head=_("As read by {who}", who=sight.names.author_side(order.group)),
        figure=_figure(sight, order) if order.steps else None,
        steps=tuple(one_after_another(_named(sight, leaf) for leaf in step) for step in order.steps),
        orderings=tuple(_ordering(sight, ordering) for ordering in order.orderings),
    )


def _named(sight: Sight, leaf: str) -> Prose:
    commitment = _commitment(sight.state, leaf)
    return worded("{name} ({act})", name=commitment_name(sight, commitment), act=sight.cite(commitment.index))


def _commitment(state: State, leaf: str) -> Commitment:
    return state.commitments[leaf]


def _ordering(sight: Sight, ordering: Ordering) -> Prose:
    """“Withdrawal before Elections: Article 9, #60”, with the words that its author gives for it."""
    names = {name: commitment_name(sight, _commitment(sight.state, leaf))
             for name, leaf in (("first", ordering.first), ("second", ordering.second))}  # fmt: skip
    said = capitalised(_(_RELATIONS[ordering.relation], days=ordering.days, **names))
    where, act = sight.names.provision(ordering.provision), sight.cite(ordering.index)
    words = quoted(sight.names.opened(ordering.leaf).get("text") or "")
    if words:
        return worded(
            "{order}: {provision}, {act}. “{words}”", order=said, provision=where, act=act, words=words
        )
    return worded("{order}: {provision}, {act}", order=said, provision=where, act=act)


def _figure(sight: Sight, order: Order) -> OrderFigure:
    """A column for each step; boxes of one step below each other; an arrow for each ordering between two columns."""
    (width, height), (across, down) = BOX, GAP
    places = {
        leaf: (column * (width + across), row * (height + down))
        for column, step in enumerate(order.steps)
        for row, leaf in enumerate(step)
    }
    boxes = tuple(_box(sight, leaf, *place) for leaf, place in places.items())
    pairs = dict.fromkeys(
        _before(ordering) for ordering in order.orderings if ordering.relation != "concurrently"
    )
    return OrderFigure(
        width=len(order.steps) * (width + across) - across,
        height=max(len(step) for step in order.steps) * (height + down) - down,
        boxes=boxes,
        arrows=tuple(
            (places[one][0] + width, places[one][1] + height // 2, places[then][0], places[then][1] + height // 2)
            for one, then in pairs
        ),
    )  # fmt: skip


def _before(ordering: Ordering) -> tuple[str, str]:
    """The leaves of what comes earlier and what comes later."""
    return (
        (ordering.first, ordering.second)
        if ordering.relation == "before"
        else (ordering.second, ordering.first)
    )


def _box(sight: Sight, leaf: str, x: int, y: int) -> Box:
    commitment = _commitment(sight.state, leaf)
    act = sight.cite(commitment.index)
    label = quoted(commitment_name(sight, commitment), LONGEST)
    return Box(x=x, y=y, width=BOX[0], height=BOX[1], number=act.text, href=act.href, label=label,
               dashed=commitment.duty == "event")  # fmt: skip


# --- what is at odds


def _troubles(sight: Sight, found: Sequences) -> Iterable[OrderTrouble]:
    yield from (_rival(sight, rival) for rival in found.rivals)
    yield from (_conflict(sight, conflict) for conflict in found.conflicts)
    yield from (_waits(sight, waiting) for waiting in found.waiting)


def _rival(sight: Sight, rival: Rival) -> OrderTrouble:
    ones, others = (sight.names.author_side(group) for group in rival.groups)
    return OrderTrouble(
        head=_("Two readings give two orders"),
        text=worded("{one} read {first} before {second}, {acts}; {other} read otherwise, {other_acts}.",
                    one=capitalised(ones), first=_named(sight, rival.first), acts=_cited(sight, rival.by_first),
                    other=others, second=_named(sight, rival.second), other_acts=_cited(sight, rival.by_second)),
        instead=_(RIVAL),
    )  # fmt: skip


def _conflict(sight: Sight, conflict: Conflict) -> OrderTrouble:
    who = sight.names.author_side(conflict.group)
    cited = _cited(sight, conflict.orderings)
    if not conflict.periods:
        return OrderTrouble(head=_("An order goes round in a circle"), instead=_(CIRCLE),
                            text=worded("As read by {who}, {acts}.", who=who, acts=cited))  # fmt: skip
    periods = one_after_another(_named(sight, leaf) for leaf in conflict.periods)
    return OrderTrouble(
        head=_("No dates can keep this order"), instead=_(PERIOD),
        text=worded("As read by {who}, {acts}, with the periods of {commitments}.", who=who, acts=cited,
                    commitments=periods),
    )  # fmt: skip


def _waits(sight: Sight, waiting: Waiting) -> OrderTrouble:
    return OrderTrouble(
        head=_("Waits for what nobody has undertaken"),
        text=worded("{commitment} waits for {trigger}, {act}, and no side is said to bring that about.",
                    commitment=_named(sight, waiting.commitment), trigger=_named(sight, waiting.trigger),
                    act=sight.cite(waiting.ordering.index)),
        instead=_(WAITING),
    )  # fmt: skip


def _cited(sight: Sight, orderings: Iterable[Ordering]) -> Prose:
    return one_after_another(prose(sight.cite(ordering.index)) for ordering in orderings)
