"""Your keys: the viewer's own, everybody else's, and what the record shows of how each came and went."""

from __future__ import annotations

from typing import Final

from detente.acts.act import MEDIATION, PRINCIPALS
from detente.codec.base64url import decode_base64url
from detente.keys.thumbprint import fingerprint_words
from detente.procedure.disclosure import VisibleRecord
from detente.state.records import Key, Person
from detente.views.building.around import drawn_around
from detente.views.building.form import key_name
from detente.views.building.sight import Sight
from detente.views.building.waiting import Brought, waiting_keys, working_keys
from detente.views.keys import KeyLine, KeysPage
from detente.views.marks import Prose, Run, prose, strong, worded
from detente.wording.language import N_
from detente.wording.language import gettext as _

NOT_YOURS: Final = N_(
    "You are looking as the public: the keys below are those by which the record's acts are signed."
)
UNCONFIRMED: Final = N_(
    "Nobody yet. Mandates and steps under this key do not count before another side or the convenor has heard "
    "its words."
)


def keys_page(
    record: VisibleRecord,
    *,
    waiting: Brought = (),
    behind: tuple[str, ...] = (),
    asking: tuple[str, ...] = (),
    viewers: tuple[str, ...] = (),
) -> KeysPage:
    """waiting: as it was handed in, of anybody; only what the viewer may enrol is shown. behind: ids of the viewer's own
    keys that are kept behind a passkey; asking: of those that ask for a passkey when they sign in."""
    sight = Sight(record, viewers, "keys")
    held = working_keys(sight, sight.viewer)
    keys = sorted(sight.state.keys.items(), key=lambda item: -item[1].enrolled)
    there = {person.id for person in sight.names.people}
    others = [one for one in keys if one[1].person != sight.viewer and one[1].person in there]
    others.sort(key=lambda item: sight.state.people[item[1].person].role not in PRINCIPALS)
    return KeysPage(
        process=sight.state.convened.origin,
        person=(sight.viewer or "") if held and sight.now_shown else "",
        entrance=sight.viewer is None and sight.now_shown,
        sign_out=sight.place.page("session/end").without_query,
        lead=_lead(sight, len(held)),
        own=tuple(
            _line(sight, *one, behind=one[0] in behind, asks=one[0] in asking)
            for one in keys
            if one[1].person == sight.viewer
        ),
        waiting=waiting_keys(sight, waiting) if sight.now_shown else (),
        others=tuple(_line(sight, *one) for one in others),
        advice=_advice(sight) if sight.viewer in sight.state.people else (),  # not yet, at an earlier moment
        shell=drawn_around(sight, _("Your keys")),
    )


def _lead(sight: Sight, held: int) -> Prose:
    if sight.viewer is None:
        return prose(_(NOT_YOURS))
    if held == 1:
        return prose(_leading(_("You have one key.")), _(
            "A browser can lose what it keeps. Enrol a second key, in another browser, behind a passkey or on the "
            "command line: with it you can revoke the first, and go on, without asking anybody."))  # fmt: skip
    if not held:
        return prose(_leading(_("You have no key in force.")), _("Ask a mediator for a link."))
    return worded("Each of these signs as you. Losing one is routine: revoke it with another.")


def _leading(words: str) -> Run:
    """The strong words before what is said about them."""
    return strong(f"{words} ")


def _line(sight: Sight, key_id: str, key: Key, *, behind: bool = False, asks: bool = False) -> KeyLine:
    in_force = key.revoked is None
    return KeyLine(
        key_id=key_id,
        mark=sight.person(key.person),
        who=sight.names.person(key.person),
        words=" ".join(fingerprint_words(decode_base64url(key.public))),
        glyph="done" if in_force else "gap",
        state=_("In force") if in_force else _("Revoked"),
        enrolled=_act(sight, key.enrolled),
        confirmed=_confirmed(sight, key),
        ended=_ended(sight, key),
        note=_note(sight, key),
        behind=behind and in_force,
        asks=asks and in_force,
        revoke=_revoke(sight, key_id) if in_force and _may_revoke(sight, key) else "",
    )


def _act(sight: Sight, index: int) -> Prose:
    """“#14, 28 Oct 02:34, by the Secretariat”."""
    author = _author(sight, index)
    if not author:
        return sight.cited(index)
    return worded("{act}, by {person}", act=sight.cited(index), person=sight.names.person(author))


def _author(sight: Sight, index: int) -> str:
    act = sight.record.act(index)
    return act.act.author if act is not None else ""


def _confirmed(sight: Sight, key: Key) -> Prose:
    if key.confirmed is not None:
        return _act(sight, key.confirmed)
    principal = sight.state.people[key.person].role in PRINCIPALS
    return prose(_(UNCONFIRMED)) if principal and key.revoked is None else ()


def _ended(sight: Sight, key: Key) -> Prose:
    if key.revoked is None:
        return ()
    said = _act(sight, key.revoked)
    if key.compromised_since is None:
        return said
    return worded(
        "{act}, as perhaps in other hands since {since}: steps signed with it from there on are flagged, and none is "
        "erased", act=said, since=sight.cite(key.compromised_since),
    )  # fmt: skip


def _note(sight: Sight, key: Key) -> Prose:
    """Where nobody but one other person acted for a principal's key: the record asks for no second act (ADR 10)."""
    if sight.state.people[key.person].role not in PRINCIPALS or key.confirmed is None:
        return ()
    before = _predecessor(sight, key)
    deeds = (key.enrolled, key.confirmed, before.revoked if before else None)
    authors = {_author(sight, index) for index in deeds if index is not None}
    if len(authors) > 1 or key.person in authors:
        return ()
    alone, holder = sight.names.person(authors.pop()), sight.names.person(key.person)
    if before is not None:
        return worded(
            "{alone} alone revoked the key before it, enrolled this one and confirmed it. No act of {holder} or of "
            "another side stands beside that: compare the words yourself where it matters.",
            alone=alone, holder=holder)  # fmt: skip
    return worded(
        "{alone} alone enrolled and confirmed it. No act of {holder} or of another side stands beside that: compare "
        "the words yourself where it matters.", alone=alone, holder=holder)  # fmt: skip


def _predecessor(sight: Sight, key: Key) -> Key | None:
    """The key of the same person that this one came after: revoked before or by its enrolment."""
    earlier = (
        k for k in sight.state.keys.values()
        if k.person == key.person and k.revoked is not None and k.enrolled < key.enrolled and k.revoked <= key.enrolled
    )  # fmt: skip
    return max(earlier, key=lambda k: k.enrolled, default=None)


def _may_revoke(sight: Sight, key: Key) -> bool:
    viewer, owner = sight.state.people.get(sight.viewer or ""), sight.state.people[key.person]
    if viewer is None or viewer.left is not None or not sight.now_shown:
        return False
    if owner.id == sight.state.convened.keeper:
        return False  # the keeper's key ends with the record
    return viewer.id == owner.id or viewer.role in MEDIATION or _is_principal_of(viewer, owner)


def _is_principal_of(viewer: Person, owner: Person) -> bool:
    return viewer.role in PRINCIPALS and owner.role == "delegate" and viewer.side == owner.side


def _revoke(sight: Sight, key_id: str) -> str:
    return sight.place.page("sign", kind="revoke_key", key=key_name(sight, key_id)).address


def _advice(sight: Sight) -> tuple[Prose, ...]:
    viewer = sight.state.people[sight.viewer or ""]
    if viewer.role in PRINCIPALS:
        again = _("mandates and steps under your new key count once its words are confirmed again, by another side or "
                  "the convenor.")  # fmt: skip
    else:
        again = _("you go on where you were. Nothing that you signed has to be signed again.")
    return (
        prose(_leading(_("Lost, and you have another key:")),
              _("open this page where the other key is, and revoke the lost one.")),
        prose(_leading(_("Lost, and it was the only one:")), _only_one_lost(sight, viewer)),
        prose(_leading(_("Stolen, or used by somebody else:")),
              _("say so at once, and name the first act that may not be yours. Steps signed with the key from there on "
                "are flagged for everybody; none is erased, and what was signed before stays as it is.")),
        prose(_leading(_("Afterwards:")), again),
    )  # fmt: skip


def _only_one_lost(sight: Sight, viewer: Person) -> str:
    principal = sight.names.principal_of(viewer.side or "") if viewer.role == "delegate" else None
    if principal is None:
        return _("telephone a mediator. They revoke it, a mediator sends you a link, and the browser in which you open "
                 "it makes a new key.")  # fmt: skip
    return _("telephone a mediator or {principal}. They revoke it, a mediator sends you a link, and the browser in which "
             "you open it makes a new key.", principal=sight.names.person(principal))  # fmt: skip
