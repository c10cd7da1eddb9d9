"""An article that was read, one in which nothing was found, and the form before."""

from __future__ import annotations

from detente.views.article import ArticlePage, Attributed
from detente.views.marks import Link, prose
from tests.web.sample_pages.around import SAME_NIGHT, shell


def article_page(read: str = "") -> ArticlePage:
    """read: "found", "nothing", "problem", or "" for the form alone."""
    around = shell(SAME_NIGHT, "Public record", 82, "A", phase=prose("Adjourned"))
    action = f"{SAME_NIGHT}/statements/read"
    if read in ("", "problem"):
        problem = "The file holds no words that can be read. A scanned page has none." if read else ""
        return ArticlePage(shell=around, action=action, largest="8 MB", problem=problem)
    found = (
        Attributed(
            paragraph=1, sentence="“Four days of dialogue brought nothing,” said the minister.", speaker="the minister",
            said="Quoted", words="“Four days of dialogue brought nothing”", claims=("The talks lasted 96 hours",),
            caution="", confirm=Link(text="Confirm, and read what you would sign", href=f"{SAME_NIGHT}/sign"),
        ),
        Attributed(
            paragraph=2, sentence="He added that evidence had been acknowledged by the other side.",
            speaker="the minister", said="Paraphrased, to reporters",
            words="Evidence had been acknowledged by the other side", claims=("Delegation B acknowledged the evidence",),
            caution="The article names the speaker only before this sentence.",
            confirm=Link(text="Confirm, and read what you would sign", href=f"{SAME_NIGHT}/sign"),
        ),
    )  # fmt: skip
    return ArticlePage(
        shell=around,
        action=action,
        largest="8 MB",
        title="Talks in the harbour city end without result",
        about="Harbour Post, 2 April 2031, 9 paragraphs",
        digest="5f2a9c01b7d4",
        register=Link(text="Register the article itself", href=f"{SAME_NIGHT}/sign?kind=register_article"),
        found=found if read == "found" else (),
        empty="No statement was found that the article attributes to anybody.",
    )
