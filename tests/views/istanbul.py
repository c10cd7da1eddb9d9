"""The two Istanbul processes, shortened to what the pages must show. Times of the first are illustrative."""

from __future__ import annotations

from typing import Any

from detente.provisions.edition import content_digest
from detente.provisions.plain_text import parse_text
from detente.provisions.provision import Provision
from tests.views.played import Play

NONCE = "AAAAAAAAAAAAAAAAAAAAAA"
ROUGH = {"remark": "illustrative time"}
NAMES = {"A": "Islamabad", "B": "Kabul"}
MEDIATORS = {
    "convenor_title": "Secretariat",
    "keeper_title": "Keeper",
    "names": NAMES,
    "zone": "Europe/Istanbul",
}

DRAFT = """
Article 1. Purpose
1(1) The Sides shall prevent the use of territory for attacks.
"""
UNDERSTANDING = """
Article 3. Use of territory
  ur: علاقے کا استعمال
3(1) Each Side shall prevent the use of territory under its control for attacks against the other Side.
3(2) Each Side shall give the Joint Commission a written account of the measures taken within {time}.

Article 4. Notified incidents
4(1) A Side that is notified of an incident shall answer in writing within seventy-two hours.
  ur: جس فریق کو کسی واقعے کی اطلاع دی جائے وہ بہتّر گھنٹوں کے اندر تحریری جواب دے گا۔
  ps: هغه لوری چې د یوې پېښې خبر ورکړل شي، په دوه اویا ساعتونو کې به لیکلی ځواب ورکوي.

Article 5. Monitoring
5(1) The measures taken under Article 3 shall be observed by {observers}.
5(2) Each report shall be given to both Sides on the same day.
"""
LATE, SOON = "a reasonable time", "thirty days of the date in Article 8, place by place"
TEAMS = "joint teams of the Sides, with an observer of each Mediator"
OFFICERS = "liaison officers of the Sides, each Side observing on its own side"
BRIDGE = "joint teams of the Sides, by arrangement with the Side concerned"


def observed(by: str) -> str:
    return f"The measures taken under Article 3 shall be observed by {by}."


def issue(play: Play, name: str, text: str, aud: tuple[str, ...] = ("all",), **hidden: Any) -> str:
    provisions: tuple[Provision, ...] = parse_text(text)
    fields = play.issue_fields(
        name,
        content=content_digest(provisions, NONCE),
        provisions=tuple(p.id for p in provisions),
    )
    return play.must("M", "issue", **fields, aud=aud, hidden={"text": provisions, "nonce": NONCE, **hidden})


def seat(play: Play) -> None:
    titles = {"A": "Head of Delegation A", "PA": "Islamabad", "B": "Head of Delegation B", "PB": "Kabul"}
    for side in ("A", "B"):
        for person, role in ((side, "delegate"), (f"P{side}", "principal")):
            play.must("M", "admit", person=person, role=role, side=side, hidden={"title": titles[person]})
            play.enrol(person)
        play.must("M", "confirm_fingerprint", key=play.key_of(f"P{side}"))
        play.must("M", "designate_head", person=side)


def as_reported() -> Play:
    """Only M and A act. `play.marks` names the sizes at which the pages are looked at."""
    play = Play(
        open_to="public",
        hidden={
            "title": "Istanbul round, October 2025", "subtitle": "the talks as reported", **MEDIATORS, **ROUGH,
            "notice": "Demonstration. Rebuilt from one press article with demonstration keys; it proves nothing "
            "about the real talks.",
        },
    )  # fmt: skip
    seat(play)
    play.at("2025-10-27T07:00:00Z").must(
        "M", "open_session", number=1, at="2025-10-27T07:00:00Z", hidden=ROUGH
    )
    title = {"title": "Draft understanding", "short_title": "the draft understanding"}
    terms = {"sides": ("A", "B"), "basis": "analogy", "languages": (("en", "authentic"),)}
    play.must("M", "open_instrument", instrument="draft", **terms, hidden={**title, **ROUGH})
    for number, instant in (
        (1, "2025-10-27T18:00:00Z"),
        (2, "2025-10-27T21:30:00Z"),
        (3, "2025-10-27T23:30:00Z"),
    ):
        play.at(instant)
        issue(play, "draft", DRAFT, **ROUGH)
        if number < 3:
            about = {"instrument": "draft", "edition": play.edition("draft").leaf}
            said = {"text": "Described as finalised.", **ROUGH}
            play.must("M", "minute", speaker="M", sense="statement", said_at=instant, **about, hidden=said)
    third = play.edition("draft").leaf
    play.at("2025-10-27T23:31:00Z").must(
        "M", "circulate", instrument="draft", edition=third, to=("A", "B"), hidden=ROUGH
    )
    play.marks = {"before": play.state.size}
    _the_question(play, third)
    play.at("2025-10-28T01:00:00Z").must(
        "M", "close_session", number=1, at="2025-10-28T01:00:00Z", hidden=ROUGH
    )
    _press(play)
    return play


def _the_question(play: Play, third: str) -> None:
    def minute(instant: str, speaker: str, sense: str, text: str, **hidden: str) -> str:
        about = {} if sense == "consultation" else {"instrument": "draft", "edition": third}
        return play.at(instant).must("M", "minute", speaker=speaker, sense=sense, said_at=instant, **about,
                                     hidden={"text": text, **hidden, **ROUGH})  # fmt: skip

    minute("2025-10-27T23:33:00Z", "A", "question", "Is edition 3 final?")
    play.marks["question"] = play.state.size
    yes = minute(
        "2025-10-27T23:34:00Z", "B", "oral_assent", "Yes.", language="ps", interpreter="of the Secretariat"
    )
    play.at("2025-10-27T23:36:00Z").must("M", "ask_to_confirm", minute=yes, hidden=ROUGH)
    play.marks["yes"] = play.state.size
    minute("2025-10-27T23:40:00Z", "B", "consultation", "A telephone call is reported; no referral act.")
    minute("2025-10-27T23:41:00Z", "B", "oral_withdrawal", "We no longer assent.")


def _press(play: Play) -> None:
    for instant, claim, text, speaker in (
        (
            "2025-10-28T17:00:00Z",
            ("withdrew", "B"),
            "Withdrew from a nearly finalised draft",
            "security officials",
        ),
        ("2025-10-29T09:00:00Z", ("acknowledged", "B"), "The evidence was acknowledged", "a minister"),
        ("2025-10-29T14:00:00Z", ("duration", "50"), "Three days, nearly 50 hours in total", "a source"),
        ("2025-10-29T15:00:00Z", ("duration", "96"), "Four days of dialogue", "a minister"),
        (
            "2025-10-29T15:10:00Z",
            ("broke_off", "B"),
            "Failed to bring about any workable solution",
            "a minister",
        ),
    ):
        hidden = {"text": text, "speaker": speaker, **ROUGH}
        play.at(instant).must("A", "register_statement", claims=(claim,), hidden=hidden)


def same_night(until: str = "in force") -> Play:
    """Both sides ask their principals first. until: a key of `play.marks` at which to stop."""
    play = Play(
        open_to="public",
        hidden={
            "title": "Istanbul round, October 2025", "subtitle": "the same night, asking the principal first",
            **MEDIATORS, "notice": "Demonstration. This process did not take place.",
        },
    )  # fmt: skip
    play.marks = {}
    seat(play)
    for step in (
        _rules,
        _first_text,
        _bridge,
        _answers,
        _referral,
        _adoption,
        _initials,
        _signature,
        _confirmation,
        _entry,
    ):
        step(play)
        if until in play.marks:
            break
    return play


def _rules(play: Play) -> None:
    play.at("2025-10-27T06:00:00Z")
    play.must("M", "table_rules", decision="unanimity", hidden={"text": "Unanimity of sides."})
    for side in ("A", "B"):
        play.must(side, "adopt_rules")
        play.must(f"P{side}", "grant_mandate", holder=side, capacities=("assent", "initial", "sign_ad_referendum"),
                  terms="ad_referendum", hidden={"text": "To assent, initial and sign ad referendum."})  # fmt: skip


def _first_text(play: Play) -> None:
    play.at("2025-10-27T07:00:00Z").must("M", "open_session", number=1, at="2025-10-27T07:00:00Z")
    titles = {"territory": "Use of territory", "monitoring": "Monitoring"}
    play.must("M", "set_agenda", items=tuple(titles), hidden={"titles": titles})
    play.must("M", "take_up", item="territory", at="2025-10-27T07:20:00Z")
    terms = {
        "sides": ("A", "B"), "basis": "analogy", "entry": "date", "entry_date": "2025-11-29T21:00:00Z",
        "languages": (("en", "authentic"), ("ur", "authentic"), ("ps", "authentic")),
    }  # fmt: skip
    title = {"title": "Understanding on border security and verification", "short_title": "the Understanding"}
    play.must("M", "open_instrument", instrument="understanding", **terms, hidden=title)
    issue(play, "understanding", UNDERSTANDING.format(time=LATE, observers=TEAMS))
    play.at("2025-10-27T16:12:00Z").must("M", "take_up", item="monitoring", at="2025-10-27T16:12:00Z")
    for side, text in (("A", TEAMS), ("B", OFFICERS)):
        play.must(side, "propose_alternative", instrument="understanding", provision="art_5__para_1",
                  hidden={"text": observed(text)})  # fmt: skip
    play.at("2025-10-27T21:05:00Z")
    issue(play, "understanding", UNDERSTANDING.format(time=SOON, observers=TEAMS))
    play.marks["bracket"] = play.state.size


def _bridge(play: Play) -> None:
    play.at("2025-10-27T21:22:00Z")
    where = {"instrument": "understanding", "provision": "art_5__para_1"}
    text = observed(BRIDGE)
    play.must("M", "propose_bridge", **where, expires="2025-10-27T23:30:00Z", hidden={"text": text})
    play.marks["bridge"] = play.state.size


def _answers(play: Play) -> None:
    (bridge,) = play.moments_of("propose_bridge")
    cited = []
    for side in ("B", "A"):
        leaf = play.at("2025-10-27T21:41:00Z").must(side, "answer_bridge", f"mediators-{side}", bridge=bridge)
        cited.append((f"{play.origin}/mediators-{side}", 0, leaf))
    play.must("M", "open_bridge", bridge=bridge, answers=tuple(cited))
    play.at("2025-10-27T22:10:00Z")
    issue(play, "understanding", UNDERSTANDING.format(time=SOON, observers=BRIDGE))
    play.marks["edition 3"] = play.state.size


def _referral(play: Play) -> None:
    edition = play.edition("understanding").leaf
    play.must("M", "circulate", instrument="understanding", edition=edition, to=("A", "B"))
    for side in ("A", "B"):
        play.must(side, "receive", instrument="understanding", edition=edition)
        referral = play.must(side, "refer", f"side-{side}", instrument="understanding", edition=edition,
                             reply_by="2025-10-27T23:40:00Z", hidden={"question": f"May {side} assent?"})  # fmt: skip
        play.must(
            side,
            "announce_referral",
            instrument="understanding",
            edition=edition,
            reply_by="2025-10-27T23:40:00Z",
        )
        play.must(
            f"P{side}", "instruct", f"side-{side}", referral=referral, hidden={"text": f"{side} may assent."}
        )
    play.at("2025-10-27T23:52:00Z").must(
        "M", "minute", speaker="A", sense="question", said_at="2025-10-27T23:52:00Z", instrument="understanding",
        edition=edition, hidden={"text": "Is edition 3 final?"},
    )  # fmt: skip
    play.marks["question"] = play.state.size


def _adoption(play: Play) -> None:
    for side, instant in (("B", "2025-10-27T23:58:00Z"), ("A", "2025-10-28T00:04:00Z")):
        assert not play.at(instant).step(side, "assent", "understanding", terms="ad_referendum")
        play.marks[f"assent {side}"] = play.state.size
    play.marks["adopted"] = play.state.size


def _initials(play: Play) -> None:
    _both(play, "initial")
    play.marks["authentic"] = play.state.size


def _signature(play: Play) -> None:
    _both(play, "sign_ad_referendum")
    play.marks["signed"] = play.state.size
    play.at("2025-10-28T01:00:00Z").must("M", "close_session", number=1, at="2025-10-28T01:00:00Z")


def _both(play: Play, kind: str) -> None:
    for side in ("B", "A"):
        play.time += 180
        assert not play.step(side, kind, "understanding")


def _confirmation(play: Play) -> None:
    for person, instant in (("PB", "2025-10-30T08:00:00Z"), ("PA", "2025-10-31T08:20:00Z")):
        play.at(instant).must(person, "confirm_signature", instrument="understanding")
    assert not play.mark("2025-10-31T09:00:00Z")
    play.marks["binding"] = play.state.size


def _entry(play: Play) -> None:
    assert not play.at("2025-11-30T06:00:00Z").mark("2025-11-30T06:00:00Z")
    play.must("K", "note_entry", instrument="understanding")
    play.marks["in force"] = play.state.size


def retreat() -> Play:
    """B assents, and takes it back eight minutes later, with a reason."""
    play = same_night(until="question")
    assert not play.at("2025-10-27T23:58:00Z").step("B", "assent", "understanding", terms="ad_referendum")
    reason = {"reason": "The principal has asked for more time."}
    play.at("2025-10-28T00:06:00Z").must("B", "take_back", instrument="understanding", hidden=reason)
    return play
