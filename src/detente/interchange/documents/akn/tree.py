"""The tree that a document's blocks are: Akoma Ntoso nests what ids only name."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from detente.interchange.documents.akn import AGAIN
from detente.interchange.documents.document import Block
from detente.provisions.eid import parse_eid


class Node(Struct):
    """eid: of the provision; name: of this place of it, unlike any other's in the document."""

    eid: str
    name: str
    headings: list[Block] = []
    texts: list[Block] = []
    rows: list[list[Block]] = []
    inner: list[Node] = []

    @property
    def kind(self) -> str:
        return parse_eid(self.eid)[-1].kind


def tree_of(blocks: Iterable[Block]) -> list[Node]:
    """What stands outermost, in order. Where the parts of a provision are not all in one place it is begun again."""
    outermost: list[Node] = []
    line: list[Node] = []
    used: dict[str, int] = {}
    for block in blocks:
        steps = block.id.split("__")
        path = ["__".join(steps[: n + 1]) for n in range(len(steps))]
        while line and (len(line) > len(path) or line[-1].eid != path[len(line) - 1]):
            line.pop()
        if len(line) == len(path) and (line[-1].inner or not _goes_on(line[-1], block)):
            line.pop()
        for eid in path[len(line) :]:
            node = Node(eid, _name(eid, used))
            (line[-1].inner if line else outermost).append(node)
            line.append(node)
        _put(line[-1], block)
    return outermost


def _name(eid: str, used: dict[str, int]) -> str:
    used[eid] = used.get(eid, 0) + 1
    return eid if used[eid] == 1 else f"{eid}{AGAIN}{used[eid]}"


def _goes_on(node: Node, block: Block) -> bool:
    """Whether a block of the same provision is more of this place: another language, or after a heading the words."""
    if block.cell is not None:
        return not node.texts and not node.headings
    if node.rows:
        return False
    here = node.headings if block.kind == "heading" else node.texts
    if block.kind == "heading" and node.texts:
        return False
    return all(_language(other) != _language(block) for other in here)


def _put(node: Node, block: Block) -> None:
    if block.cell is not None:
        if node.rows and node.rows[-1][0].cell and node.rows[-1][0].cell[:2] == block.cell[:2]:
            node.rows[-1].append(block)
        else:
            node.rows.append([block])
    else:
        (node.headings if block.kind == "heading" else node.texts).append(block)


def _language(block: Block) -> str:
    return next((run.language for run in block.runs if run.language), "")
