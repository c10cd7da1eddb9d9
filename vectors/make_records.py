"""Write the frozen records: `python vectors/make_records.py [folder]`.

A record that is there already is left alone: a frozen record and its answers are never made again, because old
records must be read by new programs. Only a record that is new is written, from the minutes as they are now.

Each is two files: `NAME.copy`, a certified copy of all that the host holds (docs/specs/certified-copy.md), and
`NAME.answers.json`: what the record answers, at every size at which an answer changes (vectors/README.md).
Keys, salts and times are fixed, so that the same minutes make the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from host_parts import Table, draws_from, host_of, later_act, whole_copy

from detente.cli.playing import Playing
from detente.depositary.host import Depositary
from detente.interchange.cases import read_case
from detente.interchange.minutes.demonstration import demonstration_key
from detente.procedure.chambers import chamber_names
from detente.procedure.finality import Answer, Finality, finality
from detente.state.records import Chamber, Irregular, State

SCRIPTS = Path(__file__).parents[1] / "tests" / "scripts"

PLAYED = {
    "istanbul-as-reported": "istanbul/as-reported",
    "istanbul-asking-first": "istanbul/asking-first",
    **{
        name: str(SCRIPTS / f"{name}.txt")
        for name in (
            "accession", "broken-off", "colombia-2016", "delay", "kozak-2003", "no", "one-text", "restriction", "retreat",
            "revoked-key", "unauthorised",
        )
    },
}  # fmt: skip

TALKS = """\
process {label}: {title}
2026-03-02
09:00 M convenes the talks {label}
09:01 M admits A as delegate
    side: A
09:01 M admits PA as principal
    side: A
09:02 M admits B as delegate
    side: B
09:02 M admits PB as principal
    side: B
09:03 M enrols a key for A
09:03 M enrols a key for PA
09:04 M enrols a key for B
09:04 M enrols a key for PB
09:05 M confirms the fingerprint of PA
09:05 M confirms the fingerprint of PB
09:10 PA grants a mandate to A
    capacities: assent, initial
    terms: ad referendum
09:11 PB grants a mandate to B
    capacities: assent, initial
    terms: ad referendum
09:20 M opens understanding
    title: Understanding
    basis: analogy
    languages: en authentic
09:30 M issues edition 1 of understanding
    text:
        1(1) Each Side shall keep the crossing open.
in side-A: 09:40 A notes
    text: We can live with it.
10:00 A assents to understanding, ad referendum
"""

WENT_ON = """\
10:30 B assents to understanding, ad referendum
10:40 A initials understanding
"""


def play(depositary: Depositary, text: str, before: Callable[[Playing, int], None]) -> str:
    """Play minutes; `before` is called before each act with the number of acts played. The origin."""
    playing = Playing(depositary, text)
    steps = playing.steps()
    for number in range(len(playing)):
        before(playing, number)
        next(steps)
    before(playing, len(playing))
    return playing.origin


def play_case(depositary: Depositary, name: str) -> str:
    ((_title, text),) = read_case(PLAYED[name])
    return play(depositary, text, lambda _playing, _number: None)


def play_irregular(depositary: Depositary) -> str:
    """After the first assent the host lets in what its door refuses; the talks go on."""
    text = TALKS.format(label="irregular", title="A host that let in what its rules refuse")
    talks = len(re.findall(r"^(?:in \S+ )?\d\d:\d\d ", text, re.MULTILINE))

    def before(playing: Playing, number: int) -> None:
        if number == talks:
            table = _table(playing, "irregular")
            sent = next(table.depositary.store.entries(table.origin, 13, 14))
            table.force(table.raw("B", "assent", instrument="understanding", terms="ad_referendum", on=None))
            table.force(table.raw("B", "break_off"))
            table.force(b"~".join((sent.entry, *(d.encode() for d in sent.disclosures), b"")))
            table.force(table.raw("PA", "enrol", person="PB", public="A" * 43, possession=""))
            table.force(table.raw("B", "note", {"text": "Overheard."}, chamber="side-A"), "side-A")

    return play(depositary, text + WENT_ON, before)


def play_unknown(depositary: Depositary) -> str:
    """After the first assent stand acts of a later edition: of an unknown kind, and of an unknown version."""
    text = TALKS.format(label="unknown-kind", title="Acts of a later edition of the program")

    def before(playing: Playing, number: int) -> None:
        if number == len(playing):
            table = _table(playing, "unknown-kind")
            table.force(later_act(table, "M", "mediators", kind="note", v=2), "mediators")
            table.force(later_act(table, "M", kind="levitate"))
            table.force(table.raw("B", "assent", instrument="understanding", terms="ad_referendum"))

    return play(depositary, text, before)


def _table(playing: Playing, label: str) -> Table:
    return Table.of(playing._depositary, playing.origin, lambda person: demonstration_key(label, person))


RECORDS: dict[str, Callable[[Depositary], str]] = {
    **{name: lambda depositary, name=name: play_case(depositary, name) for name in PLAYED},  # type: ignore[misc]
    "irregular": play_irregular,
    "unknown-kind": play_unknown,
}


# -- the answers ------------------------------------------------------------------------------------------------


def _since(answer: Answer) -> int | bool | None:
    return answer.since if answer.yes and answer.since is not None else answer.yes


def _instrument(found: Finality) -> dict[str, Any]:
    return {
        "edition": found.edition,
        "adopted": _since(found.adopted),
        "authentic": _since(found.authentic),
        "binding": _since(found.binding),
        "in_force": _since(found.in_force),
        "ladder": {side: step.value for side, step in found.ladder.items()},
        "missing": [f"{missing.whose} {missing.act}" for missing in found.missing],
    }


def answer_of(state: State) -> dict[str, Any]:
    return {
        "phase": state.phase.value,
        "instruments": {name: _instrument(finality(state, name)) for name in state.instrument_order},
        "unauthorised": sorted([step.index, step.confirmed] for step in state.unauthorised.values()),
    }


def _irregular(found: Iterable[Irregular]) -> list[Any]:
    return [[irregular.index, list(irregular.codes)] for irregular in found]


def _chamber(chamber: Chamber) -> dict[str, Any]:
    return {
        "size": chamber.size,
        "unknown_from": chamber.unknown_from,
        "irregular": _irregular(chamber.irregular),
    }


def answers_of(depositary: Depositary, origin: str, about: str) -> dict[str, Any]:
    main = depositary.main(origin)
    head = depositary.store.head(origin)
    assert head is not None
    end, answers = main.state(), [{"at": 1, **answer_of(main.state_at(1))}]
    for size in range(2, head.size + 1):
        found = answer_of(main.state_at(size))
        if found != {name: value for name, value in answers[-1].items() if name != "at"}:
            answers.append({"at": size, **found})
    names = chamber_names(end.convened.sides)
    return {
        "about": about,
        "process": origin,
        "procedure": end.convened.edition,
        "size": head.size,
        "unknown_from": end.unknown_from,
        "irregular": _irregular(end.irregular),
        "chambers": {name: _chamber(depositary.chamber(f"{origin}/{name}").chamber()) for name in names},
        "answers": answers,
    }


def written(answers: dict[str, Any]) -> str:
    """As JSON, with each answer on a line of its own."""
    lines = ",\n".join("  " + json.dumps(answer) for answer in answers["answers"])
    rest = [
        f" {json.dumps(name)}: {json.dumps(value)}" for name, value in answers.items() if name != "answers"
    ]
    return "{\n" + ",\n".join(rest) + ',\n "answers": [\n' + lines + "\n ]\n}\n"


def make_record(name: str) -> tuple[bytes, dict[str, Any]]:
    """The copy and the answers of one record."""
    with draws_from(name):
        depositary = host_of(name)
        origin = RECORDS[name](depositary)
        about = f"{name}: played from minutes with demonstration keys; it proves nothing."
        return whole_copy(depositary, origin), answers_of(depositary, origin, about)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in RECORDS:
        if not (folder / f"{name}.copy").exists():
            copy, answers = make_record(name)
            (folder / f"{name}.copy").write_bytes(copy)
            (folder / f"{name}.answers.json").write_text(written(answers), encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "records")
