"""Akoma Ntoso (OASIS LegalDocML 1.0, namespace akn/3.0): what parliaments and the United Nations keep texts in."""

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "#detente"
"""Source of the identification in files that were written here: only of those are the ids taken to be a text's own."""
AGAIN = "__again_"
"""In an id: the provision begun again, where what stands in it is not all in one place."""
ELEMENTS = {
    "part": "part",
    "chp": "chapter",
    "sec": "section",
    "art": "article",
    "para": "paragraph",
    "point": "point",
}
"""Kinds of provisions that have an element of their own; the others are `hcontainer`s of their name."""
