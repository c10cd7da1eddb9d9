from __future__ import annotations

import json
import sys

from translating.finding import found
from translating.keeping import files_of, is_translated, kept, renewed, tags


def main(asked: list[str]) -> None:
    if asked:
        missing = [m for m in kept(asked[0]) if m.id and not is_translated(m)]
        print(json.dumps([{"id": m.id, "context": m.context} for m in missing], ensure_ascii=False, indent=1))
        return
    messages = found()
    for tag in tags():
        catalog = renewed(tag, messages)
        for path, content in files_of(tag, catalog).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        translated = sum(1 for m in catalog if m.id and is_translated(m))
        print(f"{tag}: {translated} of {len(catalog)} messages translated")


main(sys.argv[1:])
