"""`python -m documenting`: write the reference anew. A test fails where it differs from the code."""

from __future__ import annotations

from documenting.reference import FOLDER, reference


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in reference().items():
        (FOLDER / name).write_text(content, "utf-8")
        print(f"{FOLDER.name}/{name}: {len(content.splitlines())} lines")


main()
