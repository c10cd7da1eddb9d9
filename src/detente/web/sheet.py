"""A sheet of paper that carries a whole proof: what is proved, in words, and the proof itself in QR codes.

It is made from what the proof says when it is checked, not from the record: the sheet shows nothing that its codes do not
prove.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import segno
from markupsafe import Markup

from detente.codec.canonical_json import encode_canonical
from detente.codec.instant import LATEST_SECOND, instant_from_unix
from detente.proofs.one_act import ProvedAct, verify_proof
from detente.proofs.parts import parts_of
from detente.views.marks import worded
from detente.views.proving import ProofSheet, SheetRow
from detente.web.checker import checker_style, source_of
from detente.web.rendering import environment
from detente.wording.language import gettext as _
from detente.wording.language import spoken


def sheet_page(proof: bytes) -> bytes:
    """The sheet as one HTML file. Raises `Refused` where the proof does not hold, or is too large for a sheet."""
    sheet, style = proof_sheet(proof), checker_style()
    policy = f"default-src 'none'; style-src '{source_of(style)}'; base-uri 'none'; form-action 'none'"
    page = environment().get_template("sheet.html")
    return page.render(policy=policy, style=Markup(style), sheet=sheet).encode()


def proof_sheet(proof: bytes) -> ProofSheet:
    proved = verify_proof(io.BytesIO(proof))
    return ProofSheet(
        tag=spoken().tag,
        towards=spoken().direction,
        rows=tuple(_rows(proved)),
        how=worded(
            "Scan every code, and paste what each says, in any order, on the page /check of any host that runs detente, "
            "or into the page in one file (detente checker FILE), or write it into a file for detente verify. Compare "
            "the process id with the one that you were given: everything here rests on it."
        ),
        codes=tuple(map(_code, parts_of(proof))),
    )


def _code(part: str) -> str:
    """Error correction M: a crease or a stain is read over."""
    code = segno.make_qr(part, error="m", boost_error=False)
    return str(code.svg_inline(border=4, scale=1, omitsize=True))


def _rows(proved: ProvedAct) -> Iterator[SheetRow]:
    act, log = proved.act, proved.log
    yield SheetRow(term=_("Process id"), told=proved.process, mono=True)
    yield SheetRow(term=_("Whose words"), told=_whose(proved))
    yield SheetRow(
        term=_("What it is"),
        told=_("An act of kind “{kind}”, dated {time} by its author", kind=act.kind.replace("_", " "),
               time=_time(act.at)),
    )  # fmt: skip
    for name, value in act.opened.items():
        yield SheetRow(term=_named(name), told=_plain(value), words=True)
    for name, value in act.clear.items():
        yield SheetRow(term=_named(name), told=_plain(value))
    if proved.title:
        yield SheetRow(term=_("Talks"), told=proved.title)
    yield SheetRow(term=_("Where it stands"), told=_where(proved))
    lines = [f"{c.name} ({_time(c.time)})" if c.time else c.name for c in log.cosigners]
    lines += [
        _("{name}, named by {person} after convening ({time})", name=c.name, person=c.by, time=_time(c.time))
        for c in log.later
    ]
    names = ", ".join(lines)
    nobody = _("By nobody: that the log has no other branch rests on the host’s word.")
    yield SheetRow(term=_("Cosigned"), told=names or nobody)
    yield SheetRow(
        term=_("It does not show"),
        told=_("Whether the act kept the rules and its author was entitled to it, whether the key was revoked, what came "
               "after the act, and everything else in the record."),
    )  # fmt: skip


def _whose(proved: ProvedAct) -> str:
    who = f"{proved.office} ({proved.person})" if proved.office else proved.person
    role, side, number = proved.role.replace("_", " "), proved.side, proved.enrolled
    if not role:
        return _("{who}, whose key the convening act names", who=who)
    if not side:
        return _(
            "{who}, admitted as {role}, with the key enrolled in act {enrolled}",
            who=who,
            role=role,
            enrolled=number,
        )
    return _("{who}, admitted as {role} of side {side}, with the key enrolled in act {enrolled}", who=who, role=role,
             side=side, enrolled=number)  # fmt: skip


def _where(proved: ProvedAct) -> str:
    number, size = proved.act.number, proved.log.size
    if proved.chamber:
        return _("Act {number} of the {size} acts in the chamber {chamber}, which the log’s own key signed.",
                 number=number, size=size, chamber=proved.chamber)  # fmt: skip
    return _(
        "Act {number} of the {size} acts in the main log, which the log’s own key signed.",
        number=number,
        size=size,
    )


def _named(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else encode_canonical(value).decode()


def _time(seconds: int) -> str:
    if seconds > LATEST_SECOND:
        return str(seconds)  # a cosigner may state what it likes
    return instant_from_unix(seconds).replace("T", " ").replace("Z", " UTC")
