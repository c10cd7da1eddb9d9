"""The implementation matrix of one register as a workbook (ISO/IEC 29500, spreadsheets).

Four sheets: the matrix, a stipulation a row and a month a column; every score by whom, with its grounds; the months
counted; and what the workbook is. Nothing that people wrote is ever a formula: words are written as words, and those that
begin like a formula carry the mark of a quoted text, so that they stay words where somebody edits them. The same record
gives the same bytes for the same reader in the same language.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from detente.acts.matrix import registers_of
from detente.codec.refusal import refuse
from detente.procedure.disclosure import VisibleRecord
from detente.procedure.matrix import LEVELS, Matrix, matrix, scorer_of
from detente.state.observance import Register
from detente.state.records import in_order
from detente.views.building.matrix import LEVEL_WORDS, chosen_register, stipulation_number
from detente.views.building.sight import Sight
from detente.wording.language import gettext as _
from detente.wording.language import spoken
from detente.wording.moments import month_words

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SCORES: Final = 1_000_000
"""Rows of a sheet are 1,048,576."""
MOST_MONTHS: Final = 1_200
_LONGEST: Final = 32_000
"""Characters of a cell are 32,767."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_GROUNDS: Final = ("F3D9D3", "F7E8C8", "DDE9F3", "D5E8D4")
"""Of a cell, by score; the number and its word say the same without colour."""


def matrix_workbook(record: VisibleRecord, *, register: int = 0) -> bytes:
    """register: number of the act that registers it, 0 for the latest.

    Raises `Refused`: `workbook.extra`, `workbook.register`, `workbook.size`."""
    sight = Sight(record, ())
    chosen = chosen_register(sight, register)
    if chosen is None:
        raise refuse("workbook.register", "The record holds no register of stipulations.", "",
                     "A mediator or a verifier lists first what is counted.")  # fmt: skip
    reckoned = matrix(sight.state, chosen)
    of_register = (one for one in sight.state.scores.values() if one.register == chosen.leaf)
    if sum(len(one.scores) for one in of_register) > MOST_SCORES or len(reckoned.months) > MOST_MONTHS:
        raise refuse("workbook.size", "A workbook holds at most 1,000,000 scores of 1,200 months.", "",
                     "Take all scores as a table (CSV) instead.")  # fmt: skip
    return _Workbook(sight, chosen, reckoned).written()


class _Workbook:
    def __init__(self, sight: Sight, register: Register, reckoned: Matrix) -> None:
        try:
            import xlsxwriter
        except ImportError as error:
            raise refuse("workbook.extra", "Workbooks cannot be written here.", "",
                         "Install detente with the extra “documents”, or take the table (CSV).") from error  # fmt: skip
        self._sight, self._register, self._reckoned = sight, register, reckoned
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        })  # fmt: skip
        last = sight.last_act()
        made = datetime.fromtimestamp(last.act.clear.iat if last else 0, UTC)
        # What a program would note of the moment and the machine it was made on is that of the record instead.
        self._book.set_properties({"title": sight.names.title, "author": "detente", "created": made})
        self._head = self._form(bold=True, bottom=1, text_wrap=True, valign="top")
        self._words, self._quoted = self._form(text_wrap=True), self._form(text_wrap=True, quote_prefix=True)
        self._month = self._form(num_format="yyyy-mm")
        self._levels = [
            self._form(bg_color=f"#{_GROUNDS[n]}", num_format=f'0 "{_plain(_(LEVEL_WORDS[n]))}"')
            for n in LEVELS
        ]

    def written(self) -> bytes:
        self._matrix(self._sheet(_("Matrix"), landscape=True))
        self._scores(self._sheet(_("Scores"), landscape=True))
        self._months(self._sheet(_("Months"), landscape=False))
        self._about(self._sheet(_("About this workbook"), landscape=False))
        self._book.close()
        return self._out.getvalue()

    # --- the four sheets

    def _matrix(self, sheet: Any) -> None:
        months = self._reckoned.months
        self._heads(
            sheet, ((_("Number"), 14), (_("Stipulation"), 40), *((month_words(m), 13) for m in months))
        )
        sheet.freeze_panes(1, 2)
        for row, stipulation in enumerate(self._register.stipulations, 1):
            self._say(sheet, row, 0, stipulation_number(stipulation))
            self._say(sheet, row, 1, self._title(stipulation))
            for column, month in enumerate(months, 2):
                said = self._reckoned.cell(stipulation, month)
                scores = set(said.values())
                if len(scores) == 1:
                    self._score(sheet, row, column, scores.pop())
                elif scores:
                    self._say(sheet, row, column, ", ".join(f"{who} {score}" for who, score in said.items()))
        sheet.autofilter(0, 0, len(self._register.stipulations), 1 + len(months))

    def _scores(self, sheet: Any) -> None:
        self._heads(sheet, (
            (_("Month"), 10), (_("Number"), 14), (_("Stipulation"), 40), (_("Scored by"), 24), (_("Score"), 16),
            (_("Act"), 8), (_("Later score by the same"), 12), (_("Grounds"), 60),
        ))  # fmt: skip
        sheet.freeze_panes(1, 0)
        row = 0
        of_register = (s for s in self._sight.state.scores.values() if s.register == self._register.leaf)
        acts = sorted(in_order(of_register), key=lambda score: score.month)
        last = {(s.month, scorer_of(s), name): s.index for s in acts for name, _score in s.scores}
        for act in acts:
            grounds = str(self._sight.names.opened(act.leaf).get("text") or "")
            for stipulation, score in act.scores:
                row += 1
                sheet.write_datetime(row, 0, datetime.strptime(act.month, "%Y-%m"), self._month)
                self._say(sheet, row, 1, stipulation_number(stipulation))
                self._say(sheet, row, 2, self._title(stipulation))
                self._say(sheet, row, 3, self._sight.names.whose(scorer_of(act)))
                self._score(sheet, row, 4, score)
                sheet.write_number(row, 5, act.index + 1)
                later = last[act.month, scorer_of(act), stipulation]
                if later != act.index:
                    sheet.write_number(row, 6, later + 1)
                self._say(sheet, row, 7, grounds)
        sheet.autofilter(0, 0, max(row, 1), 7)

    def _months(self, sheet: Any) -> None:
        words = [_("{score}, {level}", score=n, level=_(LEVEL_WORDS[n])) for n in reversed(LEVELS)]
        heads = (_("Month"), *words, _("Scores differ"), _("Not scored"))
        self._heads(sheet, [(head, 16) for head in heads])
        sheet.freeze_panes(1, 1)
        for row, month in enumerate(self._reckoned.months, 1):
            tally = self._reckoned.tally(month)
            sheet.write_datetime(row, 0, datetime.strptime(month, "%Y-%m"), self._month)
            counts = (*(tally.levels[n] for n in reversed(LEVELS)), tally.differing, tally.unscored)
            for column, count in enumerate(counts, 1):
                sheet.write_number(row, column, count)

    def _about(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 90)
        names, register = self._sight.names, self._register
        versions = len(registers_of(self._sight.state, register.instrument))
        lines = (
            (_("Process"), names.title),
            (_("Instrument"), names.instrument_title(register.instrument)),
            (_("Register"), _("version {version} of {versions}, act #{number}", version=register.version,
                              versions=versions, number=register.index + 1)),
            (_("As of"), _("act #{number} of the record", number=self._sight.record.as_of)),
            (_("What a score is"), _("Its author’s word for one month. None is averaged or carried over from another "
                                     "month, and where scorers differ each stands with its author’s letter.")),
            (_("Versions"), _("Figures of two versions are not compared: the unit of count changed between them.")),
        )  # fmt: skip
        for row, (head, words) in enumerate(lines):
            sheet.write_string(row, 0, head, self._head)
            self._say(sheet, row, 1, words)

    # --- cells

    def _sheet(self, name: str, *, landscape: bool) -> Any:
        sheet = self._book.add_worksheet(name[:31])
        if spoken().direction == "rtl":
            sheet.right_to_left()
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def _heads(self, sheet: Any, heads: Sequence[tuple[str, int]]) -> None:
        for column, (words, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, self._head)
        sheet.repeat_rows(0)

    def _form(self, **properties: Any) -> Any:
        return self._book.add_format({"valign": "top", **properties})

    def _title(self, stipulation: str) -> str:
        titles = self._sight.names.opened(self._register.leaf).get("titles") or {}
        return str(titles.get(stipulation, ""))

    def _say(self, sheet: Any, row: int, column: int, words: str) -> None:
        if len(words) > _LONGEST:
            words = _("{words} (cut; the act has the rest)", words=words[:_LONGEST])
        if words:
            quoted = words.startswith(_FORMULA)
            sheet.write_string(row, column, words, self._quoted if quoted else self._words)

    def _score(self, sheet: Any, row: int, column: int, score: int) -> None:
        sheet.write_number(row, column, score, self._levels[score])


def _plain(words: str) -> str:
    """Words that can stand in the form of a number."""
    return words.replace('"', "”")
