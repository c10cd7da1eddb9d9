"""The room, the page before signing, and the two pages with which somebody enters."""

from __future__ import annotations

from detente.views.act import ActField
from detente.views.marks import Link, Prose, SealedFile, prose, strong
from detente.views.outbox import OutboxPage
from detente.views.signing import (
    ConvenePage,
    Deed,
    Effect,
    FormField,
    Institution,
    Invited,
    JoinPage,
    Option,
    Problem,
    RoomPage,
    Row,
    SigningPage,
    WaitingKey,
)
from detente.wording.host import host_said
from tests.web.sample_pages.around import SAME_NIGHT, B, M, cite, plain_shell, shell

ORIGIN = "detente/k5w2vq3n7hz4c6m2a7d5x3b2qe"


def room_page(*, public: bool = False) -> RoomPage:
    root = SAME_NIGHT
    if public:
        return RoomPage(
            shell=shell(root, "Act", 87), who="", lead=prose("You are looking as the public."), asked=(),
            institutions=(), waiting=(), invited=(), process=ORIGIN,
        )  # fmt: skip
    return RoomPage(
        shell=shell(root, "Act", 87, "M"),
        who="Secretariat",
        lead=prose("Each of these opens a page that shows exactly what you would sign."),
        asked=(Deed(text="Open the answers to a bridge", href=f"{root}/sign?kind=open_bridge"),),
        institutions=(
            Institution(
                head="Texts",
                deeds=(
                    Deed(text="Issue an edition", href=f"{root}/sign?kind=issue", detail="Sides act on it by number."),
                    Deed(text="Circulate an edition", href=f"{root}/sign?kind=circulate"),
                ),
            ),
        ),
        waiting=(
            WaitingKey(
                who="Observer of the harbour", words="amber anchor basin candle delta ember",
                href=f"{root}/sign?kind=enrol&person=C",
            ),
        ),
        invited=(Invited(person="C", who="Observer of the harbour"),),
        process=ORIGIN,
        keys=f"{root}/keys",
        chambers=f"{root}/chambers",
        follow=f"{root}/follow",
        once=(Deed(text="Enrol a second key", href=f"{root}/keys", detail="A browser can lose what it keeps."),),
    )  # fmt: skip


FIELDS = (
    FormField(
        name="instrument", label="Which text", value="understanding", help="", required=True,
        options=(
            Option(value="understanding", text="Understanding on border security", chosen=True),
            Option(value="annex-1", text="Annex I"),
        ),
    ),
    FormField(
        name="to", label="To whom", value="A", help="", several=True, required=True,
        options=(Option(value="A", text="Head of Delegation A", chosen=True), Option(value="B", text="Delegation B")),
    ),
    FormField(name="reply_by", label="Reply by", value="", help="A time today, 14:30."),
    FormField(name="remark", label="Remark", value="", help="", long=True),
)  # fmt: skip


def signing_page(state: str = "ready") -> SigningPage:
    """state: ready, refused, or not yours."""
    ready, root = state == "ready", SAME_NIGHT
    under: Prose = prose(
        strong("Beyond your mandate: "), "no powers to assent are granted. It would stand as unauthorised."
    )
    warning = "You can still sign: it is seen by everybody as a step beyond them. Ask Kabul first."
    return SigningPage(
        shell=shell(root, "Before you sign", 87, "B"),
        kind="Assent",
        kind_name="assent",
        mark=M if state == "not yours" else B,
        fields=FIELDS,
        problems=(
            Problem(
                sentence="The act does not name the version that now stands.",
                clause="VCLT art. 9",
                instead="Read edition 3 and sign on it.",
                code="act.stale",
            ),
            Problem(sentence="Reply by: “soon” is not a time.", clause="", instead="", code="minutes.time"),
        )
        if state == "refused"
        else (),
        sentence="Head of Delegation B assents to edition 3, ad referendum." if ready else "",
        enclosed=(
            ActField(label="Answer of Delegation A", value=prose("yes")),
            ActField(
                label="Answer of Delegation B",
                value=(),
                content=SealedFile(
                    log=f"{ORIGIN}/mediators-B",
                    epoch="e" * 43,
                    file="c2VhbGVk",
                    digests="d" * 43,
                    labels="{}",
                    words="sealed; readable by the mediators",
                ),
            ),
        ),
        rows=(
            Row(head="You sign as", words=prose(strong("Head of Delegation B"))),
            Row(head="Words", words=prose("The road stays open. " * 70), folded="The road stays open. …"),
            Row(head="Under", words=under),
            Row(head="On this text", words=prose("Edition 3, ", *cite(root, 31))),
        )
        if ready
        else (),
        effects=(
            Effect(
                key="adopted",
                question="Adopted?",
                now="No",
                now_glyph="empty",
                then="Yes",
                then_glyph="done",
                changed=True,
            ),
            Effect(
                key="binding",
                question="Binding?",
                now="No",
                now_glyph="empty",
                then="No",
                then_glyph="empty",
                changed=False,
            ),
        )
        if ready
        else (),
        ladder="Kabul: no step, then assented ad referendum." if ready else "",
        draft='{"kind":"assent","log":"detente/x","person":"B"}' if ready else "",
        process=ORIGIN,
        action=f"{root}/sign?kind=assent",
        aside=(
            Link(text="Ask Kabul first", href=f"{root}/sign?kind=refer&log=side-B"),
            Link(text="Do not sign", href=f"{root}/"),
        ),
        beyond=prose(strong("Not within your powers."), f" {warning}") if ready else (),
        not_yours="An act of this kind is not for a mediator; it is for: delegate."
        if state == "not yours"
        else "",
    )


def join_page() -> JoinPage:
    return JoinPage(shell=plain_shell("Your key"), process=ORIGIN, host=host_said())


def outbox_page() -> OutboxPage:
    root = SAME_NIGHT
    return OutboxPage(
        shell=plain_shell("Signed here"),
        process=ORIGIN,
        overview=Link(text="To the process", href=f"{root}/"),
    )


def convene_page() -> ConvenePage:
    return ConvenePage(shell=plain_shell("Convene"), zones=("UTC", "Europe/Istanbul"), host=host_said())
