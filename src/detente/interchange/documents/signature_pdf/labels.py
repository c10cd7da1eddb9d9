"""The words around a text on its pages, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from detente.interchange.documents.signature_pdf.sheet import Position, Sheet, Signing
from detente.wording.counting import language_name, listed
from detente.wording.language import gettext as _
from detente.wording.language import ngettext, pgettext
from detente.wording.saying import status_words


def origin(sheet: Sheet) -> str:
    """Which text it is: its edition, the act, the root of the log up to it."""
    at = sheet.position
    if at is None:
        return _("Typeset from a file, not from a record")
    words = _(
        "Edition {number}, act #{act}, log root {root}", number=at.edition, act=at.number, root=at.root[:16]
    )
    if not at.corrections:
        return words
    acts = listed(f"#{number}" for number in at.corrections)
    return _("{origin}, corrected by {acts}", origin=words, acts=acts)


def counted() -> str:
    """With its places left for the page to fill."""
    return _("Page {page} of {pages}")


def draft(sheet: Sheet, tag: str) -> str:
    """Why the pages cannot be signed, or "". tag: of the language printed."""
    reasons = []
    if sheet.open_brackets:
        reasons.append(ngettext("{count} bracket open", "{count} brackets open", sheet.open_brackets))
    if sheet.lacking(tag):
        reasons.append(
            ngettext(
                "{count} provision without words in this language",
                "{count} provisions without words in this language",
                sheet.lacking(tag),
            )
        )
    if sheet.position is not None and sheet.position.replaced_by:
        reasons.append(_("replaced by edition {number}", number=sheet.position.replaced_by))
    return _("DRAFT, not for signature: {reasons}", reasons=listed(reasons)) if reasons else ""


def named(sheet: Sheet, tag: str) -> str:
    """Which language follows, and what it is worth."""
    status = dict(sheet.languages)[tag]
    language = language_name(tag)
    if not status:
        return _("Text in {language}", language=language)
    return _("Text in {language} ({status})", language=language, status=status_words(status))


def missing(tag: str) -> str:
    return _("There are no words in {language} here.", language=language_name(tag))


def proof(at: Position) -> str:
    """What the QR code is, for whoever hears the page read."""
    return _("QR code: where act #{act}, which issued this edition, can be proved", act=at.number)


def proof_briefly(at: Position) -> str:
    return _("Proof: act #{act}", act=at.number)


def signatures(sheet: Sheet) -> str:
    if not sheet.signing.signed:
        return _("The text is adopted by agreed means: it is certified here and not signed")
    return _("Signatures")


def steps(signing: Signing) -> Iterator[Callable[[], str]]:
    """The steps of which whoever signs marks one (VCLT 10, 12, 14)."""
    if signing.initialled:
        yield lambda: _("Initials")
    yield lambda: _("Signature ad referendum")
    yield (
        signature
        if not signing.ratified
        else lambda: _("Signature, subject to ratification, acceptance or approval")
    )


def for_side(side: str) -> str:
    return _("For {side}", side=_("Delegation {side}", side=side)) if side else _("For the delegation of:")


def certification(at: Position) -> str:
    return _("Certified by the keeper as a true copy of edition {number} (Vienna Convention, article 77(1)(b))",
             number=at.edition)  # fmt: skip


def signature() -> str:
    return _("Signature")


def capacity() -> str:
    return pgettext("signature block", "Capacity")


def place() -> str:
    return pgettext("signature block", "Place")


def date() -> str:
    return pgettext("signature block", "Date")
