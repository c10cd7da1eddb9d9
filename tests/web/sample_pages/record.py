"""One act, and the record as such."""

from __future__ import annotations

from dataclasses import replace

from detente.views.act import ActField, ActPage, ExhibitFile, ExhibitKey
from detente.views.building.record import SECOND_KEY
from detente.views.marks import Link, prose, strong
from detente.views.record import (
    ChamberLog,
    CheckpointRow,
    Copy,
    Cosigner,
    LateCosigner,
    RecordPage,
    Stamped,
    Trusted,
    Witnessing,
)
from detente.wording.host import host_said
from tests.web.sample_pages.around import SAME_NIGHT, A, B, M, N, act, at, cite, digits, shell


def act_page() -> ActPage:
    return ActPage(
        shell=shell(SAME_NIGHT, "Timeline", 87, "M", phase=prose("Concluded")),
        number=72,
        kind="Assent",
        mark=B,
        author="Head of Delegation B",
        sentence="Delegation B assents, ad referendum, to edition 3 of the Understanding on border security and "
        "verification.",
        recorded=at("28 Oct 2025, 02:58:04"),
        standing="effective",
        standing_glyph="done",
        standing_words="Within the powers of #15. Not adopted with this act: the assent of Delegation A was missing.",
        fields=(
            ActField(label="Terms", value=prose("ad referendum")),
            ActField(label="Edition", value=prose("3, ", *cite(SAME_NIGHT, 63))),
            ActField(
                label="Remark",
                quoted=True,
                value=prose("In the light of the readings declared on Article 3."),
            ),
            ActField(label="Note to the mediators", value=(), sealed="sealed; readable by the mediators"),
        ),
        readers="Everyone in this process; and the host. Hidden in the log, disclosed to them: remark.",
        seen=prose("The record up to act 71, root 8e5a 92f0"),
        under=prose("Full powers given by Kabul, ", *cite(SAME_NIGHT, 15)),
        basis=prose("Edition 3, ", *cite(SAME_NIGHT, 63)),
        key="harbour violin maple seven",
        leaf=digits("72", 16),
        previous_leaf=digits("68", 16),
        log="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe",
        prove=Link(text="Prove this act to somebody", href=f"{SAME_NIGHT}/acts/72/prove"),
        receipt=Link(text="Download the receipt, 2 kB", href=f"{SAME_NIGHT}/acts/72/receipt"),
        wire="eyJhbGciOiJFZERTQSIsInR5cCI6ImRldGVudGUrYWN0In0."
        + "eyJ2IjoxLCJwcm9jIjoiZGV0ZW50ZS9rNXcydnEzbjdoejRjNm0yIn0" * 4,
        wire_size=1204,
        as_of=f"{SAME_NIGHT}?at=72",
        before=Link(text="Act 71: a minute of the Secretariat", href=act(SAME_NIGHT, 71)),
        after=Link(text="Act 73: Delegation A assents", href=act(SAME_NIGHT, 73)),
        related=(Link(text="Act 74: Delegation B initials edition 3", href=act(SAME_NIGHT, 74)),),
    )


def exhibit_act_page() -> ActPage:
    """An exhibit whose title was erased; a colleague lacks its key, and somebody has left with it."""
    file = ExhibitFile(
        href=f"{SAME_NIGHT}/files/abc", digest="abc", size=2_500_000, name="Bridge at dawn, 3 May.jpg",
        content="def", author="ghi", process="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe",
    )  # fmt: skip
    key = ExhibitKey(
        process="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe", boxes="[]", number=72, lacking="{}", recovery="{}", readers="B",
        people="Deputy head of Delegation B", left="Legal adviser of Delegation A", sign=f"{SAME_NIGHT}/sign",
    )  # fmt: skip
    return replace(
        act_page(),
        kind="Exhibit",
        sentence="Delegation A presented an exhibit, sealed to Head of Delegation A and Head of Delegation B.",
        fields=(
            ActField(label="File", value=prose("Bridge at dawn, 3 May.jpg, 2.5 MB sealed"), file=file),
            ActField(
                label="Erased",
                value=prose(
                    "Title, by Head of Delegation A in act 80, on the ground of an error. The act and its proof "
                    "stand; what was read or copied before cannot be recalled."
                ),
            ),
            ActField(
                label="Erased in others’ copies",
                value=prose("Head of Delegation B confirmed it; nobody can check that."),
            ),
        ),
        exhibit=key,
    )


def record_page() -> RecordPage:
    return RecordPage(
        shell=shell(SAME_NIGHT, "Record", 82, "A", phase=prose("Adjourned")),
        headline="82 acts, seen by two of three cosigners",
        lead=prose(
            "The neutral cosigner has seen 81. The rule of this process asks for both sides and one neutral: ",
            strong("met up to act 81"),
            ".",
        ),
        size=82,
        last=at("28 Oct 2025, 04:06:02"),
        root=digits("root", 16),
        origin="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe",
        signed=at("04:06:02"),
        signer="by the host’s log key, detente/k5w2…",
        second_key=SECOND_KEY,
        irregular="None",
        checkpoint="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe\n82\nwR0Hvlqj8+hZQ0m4=\n\n"
        "— detente/k5w2vq3n7hz4c6m2a7d5x3b2qe Az3grl\n",
        checkpoint_href=f"{SAME_NIGHT}/log/checkpoint",
        cosigners=(
            Cosigner(
                mark=A,
                name="Cosigner of A",
                run_by="this demonstration",
                seen=82,
                signed=at("04:06:03"),
                glyph="done",
                state="Up to date",
            ),
            Cosigner(
                mark=B,
                name="Cosigner of B",
                run_by="this demonstration",
                seen=82,
                signed=at("04:06:05"),
                glyph="done",
                state="Up to date",
            ),
            Cosigner(
                mark=N,
                name="Neutral cosigner",
                run_by="this demonstration",
                seen=58,
                signed=at("27 Oct 23:51:09"),
                glyph="awaited",
                state="24 acts behind, asked 04:06:02",
            ),
            Cosigner(
                mark=M,
                name="Secretariat’s cosigner",
                run_by="Mediators, second machine",
                seen=0,
                signed=None,
                glyph="gap",
                state="No answer in the record",
            ),
        ),
        cosigners_empty="",
        late=(
            LateCosigner(
                name="A.browser-5f3c9a21",
                vkey="A.browser-5f3c9a21+00000000+BAAA",
                number="#31",
                by=prose("Delegation A, ", *cite(SAME_NIGHT, 31)),
                seen=82,
                signed=at("04:06:04"),
                glyph="done",
                state="Up to date",
                own=True,
                drop=f"{SAME_NIGHT}/sign?kind=drop_cosigner&cosigner=%2331",
            ),
            LateCosigner(
                name="B.browser-03d1e77c",
                vkey="B.browser-03d1e77c+00000000+BAAA",
                number="#33",
                by=prose("Delegation B, ", *cite(SAME_NIGHT, 33)),
                seen=40,
                signed=at("27 Oct 22:10:09"),
                glyph="gap",
                state="Dropped by act #40",
                own=False,
                drop="",
            ),
        ),
        witnessing=Witnessing(
            process="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe",
            person="A",
            sign=f"{SAME_NIGHT}/sign",
            machine=f"{SAME_NIGHT}/sign?kind=name_cosigner",
        ),
        stamped=Stamped(
            authority="Stamp Office",
            number=80,
            time=at("28 Oct 2025, 04:06:02"),
            href=f"{SAME_NIGHT}/log/stamps",
        ),
        copies=(
            Copy(
                link=Link(text="Certified copy, as Delegation A may see it", href=f"{SAME_NIGHT}/copy"),
                text="Acts, what is disclosed to you, keys, checkpoints, cosignatures. One file, checked with no line "
                "to this host.",
            ),
            Copy(
                link=Link(text="The checkpoint", href=f"{SAME_NIGHT}/log/checkpoint"),
                text="Size and root, signed. Keep it: a later one must extend it.",
            ),
        ),
        tiles=(Link(text="tile/0/000.p/82", href=f"{SAME_NIGHT}/log/tile/0/000.p/82"),),
        command="detente verify istanbul-82.detente",
        checkpoints=(
            CheckpointRow(size=82, time=at("04:06:02"), root=digits("82", 2), cosigned=(A, B)),
            CheckpointRow(size=81, time=at("04:00:12"), root=digits("81", 2), cosigned=(A, B, N)),
            CheckpointRow(size=80, time=at("03:54:40"), root=digits("80", 2), cosigned=()),
        ),
        chambers=(
            ChamberLog(
                name="Side A",
                origin="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe/side-A",
                size="6 acts",
                readers="Delegation A and Islamabad. Not yet encrypted: readable by the host.",
            ),
            ChamberLog(
                name="Side B",
                origin="detente/k5w2vq3n7hz4c6m2a7d5x3b2qe/side-B",
                size="not shown to you",
                readers="Delegation B and Kabul. Not yet encrypted: readable by the host.",
            ),
        ),
        trust=(
            Trusted(whom="The host", text=", to keep this running."),
            Trusted(whom="Your device", text=", to show you what you sign."),
            Trusted(whom="Nobody", text=", for whether an act is in the record: your receipts prove it."),
        ),
        host=host_said(),
    )
