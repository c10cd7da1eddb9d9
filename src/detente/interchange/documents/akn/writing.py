"""A document written as Akoma Ntoso, valid against the official schema: one file for all its languages.

Provisions are elements with their ids; languages stand beside each other under `xml:lang`. What is tracked is said twice:
in the words, as `ins` and `del`, and in the analysis, as a `textualMod` for every provision that is put in, left out or
changed. Only documents whose blocks carry ids can be written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from lxml import etree
from msgspec import Struct

from detente.interchange.documents.akn import AGAIN, ELEMENTS, NAMESPACE, OURS
from detente.interchange.documents.akn.tree import Node, tree_of
from detente.interchange.documents.document import Block, Document, Mark, Run
from detente.interchange.documents.xml import Element
from detente.provisions.eid import parse_eid
from detente.provisions.numbering import number_of

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_ISO: Final = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb", "it": "ita", "ps": "pus",
    "pt": "por", "ru": "rus", "tr": "tur", "ur": "urd", "zh": "zho",
}  # fmt: skip


class Identity(Struct, frozen=True):
    """What the file says it is. number: of the edition; date: its day, ISO 8601; author: who issued it."""

    name: str = "text"
    date: str = "1970-01-01"
    author: str = "detente"


def write_akn(document: Document, identity: Identity = Identity()) -> bytes:  # noqa: B008  frozen
    """Raises ValueError where a block carries no id."""
    if not all(block.id for block in document.blocks):
        raise ValueError("every block has to carry its provision's id")
    return _Writer(document, identity).file()


class _Writer:
    def __init__(self, document: Document, identity: Identity) -> None:
        self._document, self._identity = document, identity
        self._notes = {note.id: note for note in document.notes}
        self._authors: dict[tuple[str, str], str] = {}
        self._changed: dict[str, tuple[str, Mark]] = {}
        self._count: dict[str, int] = {}

    def file(self) -> bytes:
        root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
        act = _sub(root, "act", name="agreement")
        body = etree.Element(f"{{{NAMESPACE}}}body", eId="body")
        nodes = tree_of(self._document.blocks)
        recitals = 0
        while recitals < len(nodes) and nodes[recitals].kind == "preamble" and not nodes[recitals].headings:
            recitals += 1
        preamble = self._preamble(nodes[:recitals]) if recitals else None
        self._inner(body, nodes[recitals:])
        act.append(self._meta())
        if self._document.title:
            preface = _sub(act, "preface", eId="preface")
            title = _sub(_sub(preface, "longTitle", eId="preface__title"), "p")
            _sub(title, "docTitle").text = self._document.title
        if preamble is not None:
            act.append(preamble)
        if len(body):
            act.append(body)
        else:
            _sub(_sub(act, "body", eId="body"), "hcontainer", name="empty", eId="empty")
        written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return written

    # --- provisions

    def _preamble(self, nodes: Sequence[Node]) -> Element:
        preamble = etree.Element(f"{{{NAMESPACE}}}preamble", eId="preamble")
        recitals = _sub(preamble, "recitals", eId="preamble__recitals")
        for node in nodes:
            recital = _sub(recitals, "recital", eId=node.name)
            self._said(recital, node.texts)
            self._rows(recital, node.name, node.rows)
            self._inner_of_recital(recitals, node)
            self._track(node)
        return preamble

    def _inner_of_recital(self, recitals: Element, node: Node) -> None:
        """Notes and rows that stand apart: recitals of their own, since one holds no others."""
        for inner in node.inner:
            recital = _sub(recitals, "recital", eId=inner.name)
            self._said(recital, inner.texts)
            if inner.rows:
                self._rows(recital, inner.name, inner.rows)
            self._track(inner)
            self._inner_of_recital(recitals, inner)

    def _inner(self, container: Element, nodes: Sequence[Node]) -> None:
        for node in nodes:
            name = ELEMENTS.get(node.kind, "hcontainer")
            e = _sub(container, name, **({"name": node.kind} if name == "hcontainer" else {}), eId=node.name)
            self._node(e, node)

    def _node(self, e: Element, node: Node) -> None:
        if AGAIN not in node.name and (node.headings or node.texts):
            _sub(e, "num").text = _own_number(node.eid)
        if node.headings:
            heading = _sub(e, "heading")
            for block in node.headings:
                self._words(_sub(heading, "span"), block)
        self._track(node)
        if not node.inner:
            content = _sub(e, "content", eId=f"{node.name}__content")
            self._said(content, node.texts)
            self._rows(content, node.name, node.rows)
            if not len(content):
                _sub(content, "p")
            return
        inner = list(node.inner)
        if node.texts:
            self._said(_sub(e, "intro", eId=f"{node.name}__intro"), node.texts)
        if node.rows:
            own = _sub(e, "hcontainer", name="rows", eId=f"{node.name}__rows")
            self._rows(_sub(own, "content", eId=f"{node.name}__rows__content"), node.name, node.rows)
        self._inner(e, inner)

    def _said(self, container: Element, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._words(_sub(container, "p"), block)

    def _rows(self, container: Element, name: str, rows: Sequence[Sequence[Block]]) -> None:
        if not rows:
            return
        table = _sub(container, "table", eId=f"{name}__table")
        for row in rows:
            tr = _sub(table, "tr")
            for block in row:
                self._words(_sub(_sub(tr, "td"), "p"), block)

    # --- words

    def _words(self, e: Element, block: Block) -> None:
        language = next((run.language for run in block.runs if run.language), "")
        if language:
            e.set(_LANG, language)
        for run in block.runs:
            self._run(e, run)

    def _run(self, e: Element, run: Run) -> None:
        if run.mark is not None:
            e = _sub(e, "ins" if run.mark.comes else "del", refersTo=self._author(run.mark))
        note = self._notes.pop(run.note, None) if run.note else None
        if note is not None:
            self._count["note"] = self._count.get("note", 0) + 1
            of = _sub(
                e, "authorialNote", marker=run.text, placement="bottom", eId=f"note_{self._count['note']}"
            )
            self._said(of, note.blocks)
        elif len(e):
            e[-1].tail = (e[-1].tail or "") + run.text
        else:
            e.text = (e.text or "") + run.text

    # --- what is tracked

    def _author(self, mark: Mark) -> str:
        key = (mark.author, mark.at)
        return "#" + self._authors.setdefault(key, f"author_{len(self._authors) + 1}")

    def _track(self, node: Node) -> None:
        blocks = [*node.headings, *node.texts, *(block for row in node.rows for block in row)]
        ends = {block.end for block in blocks}
        whole = ends.pop() if len(ends) == 1 else None
        marks = [mark for block in blocks for mark in (*(run.mark for run in block.runs), block.end) if mark]
        if whole is not None:
            self._changed[node.name] = ("insertion" if whole.comes else "repeal", whole)
        elif marks:
            self._changed[node.name] = ("substitution", marks[0])

    def _meta(self) -> Element:
        meta = etree.Element(f"{{{NAMESPACE}}}meta")
        self._identification(meta)
        if self._authors or self._changed:
            for _change, mark in self._changed.values():
                self._author(mark)
            lifecycle = _sub(meta, "lifecycle", source=OURS)
            for (_name, at), key in self._authors.items():
                _sub(lifecycle, "eventRef", date=at or self._identity.date, source=f"#{key}", type="amendment",
                     eId=f"event_{key}", refersTo=f"#{key}")  # fmt: skip
            modified = _sub(_sub(meta, "analysis", source=OURS), "passiveModifications")
            for nth, (name, (change, mark)) in enumerate(self._changed.items(), 1):
                mod = _sub(modified, "textualMod", type=change, eId=f"mod_{nth}", refersTo=self._author(mark))
                _sub(mod, "source", href=self._author(mark))
                _sub(mod, "destination", href=f"#{name}")
        references = _sub(meta, "references", source=OURS)
        _sub(
            references,
            "TLCOrganization",
            eId="detente",
            href="/ontology/organization/detente",
            showAs="detente",
        )
        for (name, _at), key in self._authors.items():
            _sub(
                references,
                "TLCOrganization",
                eId=key,
                href=f"/ontology/organization/{key}",
                showAs=name or "not named",
            )
        return meta

    def _identification(self, meta: Element) -> None:
        uri, day = f"/akn/un/act/agreement/{self._identity.date}/{self._identity.name}", self._identity.date
        languages = list(
            dict.fromkeys(r.language for b in self._document.blocks for r in b.runs if r.language)
        ) or ["en"]
        of = _sub(meta, "identification", source=OURS)
        for level, at in (("Work", uri), ("Expression", f"{uri}/{_iso(languages[0])}@{day}"),
                          ("Manifestation", f"{uri}/{_iso(languages[0])}@{day}/main.xml")):  # fmt: skip
            e = _sub(of, f"FRBR{level}")
            _sub(e, "FRBRthis", value=f"{at}/!main")
            _sub(e, "FRBRuri", value=at)
            _sub(e, "FRBRdate", date=day, name="edition")
            _sub(e, "FRBRauthor", href=OURS)
            if level == "Work":
                _sub(e, "FRBRcountry", value="un")
            if level == "Expression":
                for tag in languages:
                    _sub(e, "FRBRlanguage", language=_iso(tag))


def _sub(e: Element, element: str, /, **attributes: str) -> Element:
    return etree.SubElement(e, f"{{{NAMESPACE}}}{element}", **attributes)


def _iso(tag: str) -> str:
    """ISO 639-3 of the languages that are named here; of others the tag, which the schema takes too."""
    return _ISO.get(tag.partition("-")[0], tag)


def _own_number(eid: str) -> str:
    """`(2)` of 3(2): what stands before the provision in a printed text."""
    part = parse_eid(eid)[-1]
    return f"({part.number})" if part.kind in ("para", "point") and "__" in eid else number_of(eid, full=True)
