"""Before you sign: the form of an act, and then exactly what is signed, as whom, and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from detente.views.act import ActField
from detente.views.finality_figure import QuestionKey
from detente.views.marks import Direction, Glyph, Link, Mark, Prose
from detente.views.remarks import RemarkLine
from detente.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: Annotated[str, "as the form sends it"]
    text: Annotated[str, "as people read it"]
    chosen: Annotated[bool, "true for the one now given"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of an act, as minutes write it."""

    name: Annotated[str, "as the form sends it: reply_by"]
    label: Annotated[str, "Reply by"]
    value: Annotated[str, "what is given so far"]
    help: Annotated[str, "how it is written, and what stands where it is left out; or empty"]
    options: Annotated[tuple[Option, ...], "where only some values are possible; empty: free text"] = ()
    several: Annotated[bool, "true where more than one option can be chosen"] = False
    long: Annotated[bool, "true for words of more than a line"] = False
    required: Annotated[bool, "false where it can be left out"] = False
    kept: Annotated[
        bool, "true where it is sealed: it stays in this browser and is not sent with the form"
    ] = False
    brought: Annotated[bool, "true where another page filled it in: it is sent, and not shown"] = False
    folded: Annotated[
        bool, "true where it stands behind the fold: it can be left out, and nothing led to it"
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why the act cannot stand."""

    sentence: Annotated[str, "one plain sentence"]
    clause: Annotated[str, "the rule's source, or empty"]
    instead: Annotated[str, "what is possible instead, or empty"]
    code: Annotated[str, "stable, for programs"]
    field: Annotated[str, "name of the form's field that it is about; or empty"] = ""
    way: Annotated[Link | None, "the page on which that is done; or none"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One of the four answers, as it stands and as it would stand after the act."""

    key: Annotated[QuestionKey, "which question"]
    question: Annotated[str, "Adopted?"]
    now: Annotated[str, "Yes or No"]
    now_glyph: Annotated[Glyph, "done or empty"]
    then: Annotated[str, "Yes or No"]
    then_glyph: Annotated[Glyph, "done or empty"]
    changed: Annotated[bool, "true where the act changes the answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that the author should know: head and words."""

    head: Annotated[str, "You sign as; On this text; It commits you to"]
    words: Annotated[Prose, "the answer"]
    folded: Annotated[str, "its first words, where it is long and stands behind a fold; or empty"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionRead:
    """One provision of a text as it was read, in one language."""

    number: Annotated[
        str, "Article 3; 3(1)(a); empty where it goes on from the line above in another language"
    ]
    words: Annotated[str, "its heading, or its text"]
    lang: Annotated[str, "BCP 47"]
    direction: Annotated[Direction, "of that language"]
    heading: Annotated[bool, "true for a heading"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown:
    """A file that the text was read in."""

    name: Annotated[str, "of the file"]
    said: Annotated[tuple[str, ...], "how much was read, and how its tracked changes were"]
    remarks: Annotated[tuple[RemarkLine, ...], "what the reader says of places in it"]
    rejected: Annotated[bool, "true where its tracked changes were read as rejected"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPage:
    shell: Annotated[Shell, "around the page"]
    kind: Annotated[str, "kind of act in words: Assent"]
    kind_name: Annotated[str, "as the form sends it: assent"]
    mark: Annotated[Mark, "whose act it will be"]
    fields: Annotated[tuple[FormField, ...], "the form; empty where nothing can be chosen"]
    problems: Annotated[tuple[Problem, ...], "what stands against it; empty when it can be signed"]
    sentence: Annotated[str, "what is signed, in words, with its full stop; empty while fields are missing"]
    rows: Annotated[tuple[Row, ...], "as whom, on which text, what it commits to, and what it does not"]
    effects: Annotated[
        tuple[Effect, ...], "the four answers now and after; empty where the act touches no text"
    ]
    ladder: Annotated[str, "where the author's side would stand after it, or empty"]
    draft: Annotated[str, "the act for the browser to sign, as JSON; empty where it cannot be signed"]
    process: Annotated[str, "origin of the record that it is signed for"]
    action: Annotated[str, "address that the form is sent to"]
    aside: Annotated[tuple[Link, ...], "ways not to sign: ask the principal first, back to the overview"]
    structure: Annotated[
        tuple[ProvisionRead, ...], "the text that the act brings, provision by provision"
    ] = ()
    recognised: Annotated[
        bool, "true where the text was given as it is laid out, and its structure found"
    ] = False
    file: Annotated[FileShown | None, "the file that the text was read in, or none"] = None
    upload: Annotated[str, "address that a file with the text can be sent to; or empty"] = ""
    no_upload: Annotated[str, "why no file can be sent though the act brings a text; or empty"] = ""
    readers: Annotated[
        tuple[Option, ...], "who can be named to read the words; empty where that is settled"
    ] = ()
    unfolded: Annotated[
        bool, "true where the fold of the form stands open: something in it is filled, or may be wrong"
    ] = False
    enclosed: Annotated[
        tuple[ActField, ...], "what the act rests on, which its author has to read first"
    ] = ()
    not_yours: Annotated[str, "why this person cannot do this at all; or empty"] = ""
    deed: Annotated[str, "what doing it is called: Issue an edition; or empty"] = ""
    beyond: Annotated[
        Prose, "that it is a step beyond the author's powers, and who could be asked first; or empty"
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One act that a person can do now."""

    text: Annotated[str, "Assent to edition 3, ad referendum"]
    href: Annotated[str, "address of the page on which it is signed"]
    detail: Annotated[str, "what it would commit to; or empty"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    head: Annotated[str, "Text; Sessions; Keys and people"]
    deeds: Annotated[tuple[Deed, ...], "acts of this institution that are open to the person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingKey:
    """A key whose holder has proved to have it, and which nobody has enrolled yet."""

    who: Annotated[str, "office that it was made for"]
    words: Annotated[str, "fingerprint words to compare over the telephone"]
    href: Annotated[str, "address of the page on which its enrolment is signed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Somebody admitted who has no working key."""

    person: Annotated[str, "id in the record"]
    who: Annotated[str, "office"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPage:
    """What the person looking can do now."""

    shell: Annotated[Shell, "around the page"]
    who: Annotated[str, "the person looking; empty for nobody signed in"]
    lead: Annotated[Prose, "what the page is for, or why nothing can be done"]
    asked: Annotated[tuple[Deed, ...], "what is owed by this person now"]
    institutions: Annotated[tuple[Institution, ...], "everything else that is open"]
    waiting: Annotated[tuple[WaitingKey, ...], "keys that the viewer may enrol"]
    invited: Annotated[tuple[Invited, ...], "people to be invited; for mediators"]
    process: Annotated[str, "origin of the record"]
    keys: Annotated[str, "address of the page of keys; empty for nobody signed in"] = ""
    chambers: Annotated[str, "address of the page of sealed chambers; empty for nobody signed in"] = ""
    follow: Annotated[str, "address of the page of one's own feeds; empty for nobody signed in"] = ""
    once: Annotated[
        tuple[Deed, ...], "asked quietly, each until it is done: a second key, a sealed chamber"
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPage:
    """Where an invited person makes a key in their own browser. It says nothing of the process."""

    shell: Annotated[Shell, "around the page"]
    process: Annotated[str, "origin of the record, as the address has it"]
    host: Annotated[str, "what the host can and cannot do: `wording.host`"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvenePage:
    """Where a mediator opens a process."""

    shell: Annotated[Shell, "around the page"]
    zones: Annotated[tuple[str, ...], "time zones to choose from, IANA names"]
    host: Annotated[str, "what the host can and cannot do: `wording.host`"]
