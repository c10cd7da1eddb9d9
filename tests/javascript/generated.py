"""The two modules that are written from Python: the words of fingerprints, and the fields of every kind of act.

python -m tests.javascript.generated        writes them again
"""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import wrap
from typing import Any

from msgspec import NODEFAULT
from msgspec.structs import FieldInfo, fields

import detente.web
from detente.acts.act import Clear, Kind
from detente.acts.kinds import KINDS
from detente.keys.word_list import WORDS

SCRIPTS = Path(detente.web.__file__).parent / "static" / "js"
_WRITTEN = "// Written by tests/javascript/generated.py from {source}; do not edit by hand.\n"


def word_list() -> str:
    lines = wrap(", ".join(json.dumps(word) for word in WORDS), 104)
    return (
        _WRITTEN.format(source="detente.keys.word_list")
        + "// The 256 words of a fingerprint, one for each value of a byte.\n\n"
        + "/** @type {readonly string[]} */\n"
        + "export const WORDS = Object.freeze([\n"
        + "".join(f"  {line}\n" for line in lines[:-1])
        + f"  {lines[-1]},\n]);\n"
    )


def _default(field: FieldInfo) -> Any:
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def _kind(kind: Kind) -> str:
    own = [field for field in fields(kind.clear) if field.name not in Clear.__struct_fields__]
    shape = {
        "required": [field.encode_name for field in own if field.required],
        "defaults": {field.encode_name: _default(field) for field in own if not field.required},
        "hidden": kind.hidden_fields,
    }
    members = ", ".join(f"{name}: {json.dumps(value)}" for name, value in shape.items())
    return "\n".join(
        wrap(f"{kind.name}: {{ {members} }},", 116, initial_indent="  ", subsequent_indent="    ")
    )


def kinds() -> str:
    return (
        _WRITTEN.format(source="detente.acts.kinds")
        + "// The fields of every kind of act, in their order.\n\n"
        + "/**\n"
        + " * required, defaults: the clear fields that must be there, and those that may be left out.\n"
        + " * @typedef {{ required: string[], defaults: Record<string, any>, hidden: string[] }} Kind\n"
        + " */\n\n"
        + "/** @type {Readonly<Record<string, Kind>>} */\n"
        + f"export const KINDS = Object.freeze({{\n{chr(10).join(map(_kind, KINDS))}\n}});\n"
    )


MODULES = {SCRIPTS / "keys" / "word_list.js": word_list, SCRIPTS / "acts" / "kinds.js": kinds}


if __name__ == "__main__":
    for path, text in MODULES.items():
        path.write_text(text(), encoding="utf-8")
