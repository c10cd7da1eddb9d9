"""From an act's sentence, as key and arguments, to words: fill the template with names and times."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from detente.acts.act import Sentence
from detente.acts.time import cosigned_time
from detente.codec.instant import unix_from_instant
from detente.codec.refusal import Refused
from detente.state.records import Process, State
from detente.wording.claims import claim_words
from detente.wording.counting import in_a_row, language_name, languages_listed, listed, number_word
from detente.wording.english import CATALOGUE, INSTEAD
from detente.wording.language import N_, ngettext
from detente.wording.language import gettext as _
from detente.wording.moments import full_moment, month_words, short_moment
from detente.wording.names import UNKNOWN_KEY, Names
from detente.wording.provisions import numbered

LONGEST_QUOTATION: Final = 160
WHOLE: Final = sys.maxsize
"""As long as any quotation can be: for whoever signs the words."""
_UNKNOWN: Final = N_("{author} did an act of kind “{kind}”")
_KIND: Final = "{kind}"

QUOTED: Final = frozenset({
    "text", "question", "reason", "title", "place", "body", "shows", "speaker", "published", "source", "language",
    "interpreter", "counterpart",
})  # fmt: skip
"""Words of somebody's own, a line at most: no end of a line in them makes another sentence of their rest."""
_IN_PART: Final = frozenset({"scores", "stipulations", "vkey", "headings"})
"""Of which a sentence says how many they are, or the name alone; or not in which language they are."""
_OPTIONAL: Final = re.compile(r"\[([^\[\]]*)\]")
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_IN_QUOTES: Final = frozenset({"text", "question", "headings"})
_AS_WRITTEN: Final = frozenset({("register_statement", "speaker")})
"""Sentence and argument: somebody's own words, where others have an id of the record. “The article, as background” is
no office to be turned around, and “A” nobody of the record."""
_CAPACITIES: Final = {
    "assent": N_("assent"), "initial": N_("initial"), "sign_ad_referendum": N_("sign ad referendum"), "sign": N_("sign"),
    "act_on_breach": N_("act on a breach"),
}  # fmt: skip
_RELATIONS: Final = {
    "integral_part_of": N_("an integral part of"), "conditional_on": N_("conditional on"), "amends": N_("amending"),
    "extends": N_("extending"), "replaces": N_("replacing"), "accompanies": N_("a side letter to"),
}  # fmt: skip
_ORIGINS: Final = {"side": N_("a text"), "mediator": N_("a mediators’ text"), "joint": N_("a joint text")}
_DECISIONS: Final = {
    "unanimity": N_("unanimity of the sides"), "n_of_m": N_("a stated number of the sides"),
    "groups": N_("a number in each group"),
}  # fmt: skip
_BASES: Final = {
    "treaty": N_("treaty"), "analogy": N_("by analogy"), "contract": N_("contract"),
    "collective": N_("collective agreement"),
}  # fmt: skip
_ROLES: Final = {
    "delegate": N_("delegate"), "principal": N_("principal"), "mediator": N_("mediator"), "observer": N_("observer"),
    "guarantor": N_("guarantor"), "witness": N_("witness to signature"), "interpreter": N_("interpreter"),
    "verifier": N_("verifier"), "secretariat": N_("secretariat"), "keeper": N_("keeper"),
}  # fmt: skip
_STATUSES: Final = {
    "authentic": N_("authentic"), "official": N_("official"), "courtesy": N_("courtesy"), "agreed": N_("agreed"),
    "unilateral": N_("unilateral"), "proposed": N_("proposed"),
}  # fmt: skip
"""Of a language version, and of an annex or side letter."""
GROUNDS: Final = {
    "consent": N_("the consent of those concerned"), "court_order": N_("an order of a court"),
    "data_protection": N_("data protection (GDPR Article 17)"),
    "rules_of_procedure": N_("the rules of procedure"), "error": N_("an error"),
    "authenticity": N_("its authenticity"), "custody": N_("its custody"),
    "completeness": N_("its completeness"), "meaning": N_("what it means"), "relevance": N_("its relevance"),
    "other": N_("another ground"),
}  # fmt: skip
"""Of an erasure, and of a challenge."""
GRADES: Final = {
    "received": N_("received"), "examined": N_("examined"), "authentic": N_("authentic"),
    "accepted": N_("accepted"),
}  # fmt: skip
FOUND: Final = {"yes": N_("yes"), "no": N_("no"), "undetermined": N_("undetermined")}
CONFIDENCE: Final = {
    "low": N_("low confidence"), "medium": N_("medium confidence"), "high": N_("high confidence"),
}  # fmt: skip
MEASURES: Final = {
    "suspend": N_("suspension of its operation"), "terminate": N_("its end"),
    "withdraw": N_("its own withdrawal"), "other": N_("a measure short of that"),
}  # fmt: skip
"""What a notice of breach proposes towards the instrument."""


def say(sentence: Sentence, names: Names, longest: int = LONGEST_QUOTATION) -> str:
    """The sentence in words, quoting at most `longest` characters of hidden text at a time.

    A kind without a wording here is called by its key: an older reader's case.
    """
    template = _(_template(sentence)).replace(_KIND, sentence.key)
    words = {name: _in_words(sentence, name, names) for name in placeholders(template)}
    words |= {name: quoted(words[name], longest) for name in words.keys() & QUOTED}

    def optional(found: re.Match[str]) -> str:
        return found[1] if all(words[name] for name in _PLACEHOLDER.findall(found[1])) else ""

    kept, sealed = _OPTIONAL.sub(optional, template), _("(sealed)")
    return _PLACEHOLDER.sub(lambda found: words[found[1]] or sealed, kept)


def _in_words(sentence: Sentence, name: str, names: Names) -> str:
    value = sentence.arguments.get(name)
    if (sentence.key, name) in _AS_WRITTEN:
        return value or ""
    return spell(name, value, names)


def _template(sentence: Sentence) -> str:
    arguments = sentence.arguments
    if arguments.get("speaker") == arguments["author"]:
        own = CATALOGUE.get(f"{sentence.key}.own")
        if own is not None:
            return own
    field, instead = INSTEAD.get(sentence.key, ("", {}))
    return instead.get(arguments.get(field)) or CATALOGUE.get(sentence.key, _UNKNOWN)


def say_unquoted(sentence: Sentence, names: Names) -> str:
    """The sentence without the words that its act quotes."""
    arguments = {name: value for name, value in sentence.arguments.items() if name not in _IN_QUOTES}
    return say(Sentence(sentence.key, arguments), names)


def is_said(sentence: Sentence, name: str, said: str, names: Names) -> bool:
    """Whether one argument stands in the words of its sentence, whole: neither counted, nor cut, nor left out."""
    value = sentence.arguments.get(name)
    chosen = sentence.key in INSTEAD and INSTEAD[sentence.key][0] == name
    own = name == "speaker" and value == sentence.arguments["author"]
    if chosen or own or sentence.key.endswith(f".{value}"):
        return True  # it chooses the wording
    if name not in placeholders(_template(sentence)) or name in _IN_PART:
        return False
    return " ".join(_in_words(sentence, name, names).split()) in said


def placeholders(template: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(template))


def capacity_words(capacities: Iterable[str]) -> str:
    """
    >>> capacity_words(("assent", "sign_ad_referendum"))
    'assent and sign ad referendum'
    """
    return listed(_(_CAPACITIES.get(c, c)) for c in capacities)


def terms_words(terms: str) -> str:
    return _("ad referendum") if terms == "ad_referendum" else _("definitive")


def basis_words(basis: str) -> str:
    return _(_BASES.get(basis, basis))


def status_words(status: str) -> str:
    return _(_STATUSES.get(status, status))


def spell(name: str, value: Any, names: Names) -> str:
    """One argument in words; empty where there is nothing, or nothing that this reader may read."""
    if value is None or (value == "" and name != "author"):
        return ""
    speller = SPELLERS.get(name)
    return speller(value, names) if speller else str(value)


def quoted(text: str, longest: int = LONGEST_QUOTATION) -> str:
    """Words quoted in one line, cut at the end of a word.

    >>> quoted("The measures taken under Article 3", 20)
    'The measures taken …'
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0] + " …"


def _language(value: Any, _names: Names) -> str:
    return language_name(value)


def _languages(value: Any, _names: Names) -> str:
    return languages_listed(tag if isinstance(tag, str) else tag[0] for tag in value)


def _instant(value: Any, names: Names) -> str:
    return short_moment(unix_from_instant(value), names.zone)


@lru_cache(maxsize=1024)
def _time_marked(process: Process, checkpoint: str) -> str | None:
    """Cached: a page of marks would check every cosignature again at each reading."""
    try:
        return cosigned_time(State(process=process), checkpoint)
    except Refused:
        return None


def _marked(checkpoint: Any, names: Names) -> str:
    instant = _time_marked(names.state.convened, checkpoint)
    return full_moment(unix_from_instant(instant), names.zone) if instant else _("not cosigned by enough")


def _version(value: Any, names: Names) -> str:
    return names.edition(value[1])


def _deadlines(until: Any, names: Names) -> str:
    """Each side's deadline; one moment where all have the same. until: (side, instant) pairs."""
    if len({at for _side, at in until}) == 1:
        return _instant(until[0][1], names)
    return listed(
        _("{time} for {side}", time=_instant(at, names), side=names.delegation(side)) for side, at in until
    )


def _actor(value: Any, names: Names) -> str:
    return _("somebody who is no side") if value == "other" else names.delegation(value)


def _month(value: Any, _names: Names) -> str:
    return month_words(value)


def _scores(value: Any, _names: Names) -> str:
    return ngettext("one stipulation", "{count} stipulations", len(value), count=number_word(len(value)))


def _open(value: Any, _names: Names) -> str:
    if not value:
        return _("no bracket open")
    return ngettext("one bracket open", "{count} brackets open", len(value), count=number_word(len(value)))


def _objections(value: Any, names: Names) -> str:
    """“Article 3(1): #12 and #14; Article 5(1): #13”. value: (provision, leaves) pairs."""
    return in_a_row(
        _("{provision}: {acts}", provision=names.provision(provision), acts=listed(map(names.act, leaves)))
        for provision, leaves in value
    )


def _people(value: Any, names: Names) -> str:
    return listed(names.briefly(p) for p in value)


def _from(words: Mapping[str, str]) -> Callable[[Any, Names], str]:
    return lambda value, _names: _(words.get(value, str(value)))


def _either(yes: str, no: str) -> Callable[[Any, Names], str]:
    return lambda value, _names: _(yes if value else no)


def _headings(value: Any, _names: Names) -> str:
    """value: headings by language; none where there is to be no heading."""
    said = in_a_row(f"“{quoted(heading)}”" for heading in value.values())
    return _("under the heading {heading}", heading=said) if value else _("without a heading")


def _leaf(value: Any, names: Names) -> str:
    return names.act(value)


def _author(value: Any, names: Names) -> str:
    return names.briefly(value) if value else _(UNKNOWN_KEY)


def _person(value: Any, names: Names) -> str:
    return names.speaker(value)


SPELLERS: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    **dict.fromkeys(("person", "holder", "speaker", "writer", "convenor", "keeper"), _person),
    "author": _author,
    **dict.fromkeys(
        (
            "mandate",
            "original",
            "minute",
            "alternative",
            "bridge",
            "statement",
            "referral",
            "correction",
            "package",
            "reservation",
            "position",
            "cosigner",
            "exhibit",
            "challenge",
            "demand",
            "first",
            "second",
            "ordering",
            "assurance",
            "about",
            "finding",
            "incident",
            "commitment",
            "register",
            "breach",
            "joins",
            "erasure",
            "one",
            "another",
        ),
        _leaf,
    ),
    **dict.fromkeys(
        ("at", "said_at", "expires", "reply_by", "valid_from", "valid_until", "entry_date", "objections_by"),
        _instant,
    ),
    **dict.fromkeys(("row", "one_row", "another_row", "rows"), lambda value, _names: str(value)),
    "actor": _actor,
    "alternatives": lambda value, names: listed(names.act(leaf) for leaf in value),
    "originals": lambda value, names: listed(names.act(leaf) for leaf in value),
    "exhibits": lambda value, names: listed(names.act(leaf) for leaf in value),
    "grade": _from(GRADES),
    "headings": _headings,
    "shown_to": lambda value, names: listed(names.author_side(group) for group in value),
    "ground": _from(GROUNDS),
    "affects": lambda value, _names: in_a_row(numbered(eid) for eid in value),
    "answer": _from(FOUND),
    "answers": lambda value, _names: ngettext(
        "one answer, each in its own chamber", "{count} answers, each in its own chamber", len(value),
        count=number_word(len(value))),
    "approved": _either(N_("approved"), N_("not approved")),
    "basis": _from(_BASES),
    "capacities": lambda value, _names: capacity_words(value),
    "checkpoint": _marked,
    "claims": lambda value, names: listed(claim_words(p, a, names) for p, a in value),
    "commitments": lambda value, names: listed(names.act(leaf) for leaf in value),
    "confidence": _from(CONFIDENCE),
    "cosigners": lambda value, _names: listed(vkey.partition("+")[0] for vkey in value),
    "decision": _from(_DECISIONS),
    "edition": lambda value, names: names.edition(value),
    "instrument": lambda value, names: names.instrument(value),
    "instruments": lambda value, names: listed(names.instrument(i) for i in value),
    "item": lambda value, names: names.item(value),
    "items": lambda value, names: listed(names.item_titles.get(i, i) for i in value),
    "key": lambda value, names: names.key(value),
    "keys": lambda value, names: listed(dict.fromkeys(names.key(key) for key in value)),
    "language": _language,
    "languages": _languages,
    "lift": _either(N_("lifted its reservation of"), N_("reserved")),
    "measure": _from(MEASURES),
    "month": _month,
    "of": lambda value, names: names.delegation(value),
    "omit": _either(N_("to be left out"), ""),
    "on": _version,
    "objections": _objections,
    "open": _open,
    "opposes_entry": _either(
        N_("opposing entry into force between the two"), N_("without opposing entry into force between the two")),
    "origin": _from(_ORIGINS),
    "other": lambda value, names: names.instrument(value),
    "provision": lambda value, names: names.provision(value),
    "provisions": lambda value, _names: in_a_row(numbered(eid) for eid in value),
    "recovery": lambda value, names: listed(names.whose(group) for group in value),
    "relation": _from(_RELATIONS),
    "replaces": lambda value, names: _("the key before, of {person}", person=names.key(value)),
    "role": _from(_ROLES),
    "scores": _scores,
    "silence_adopts": _either(N_("silence under a silence procedure counts towards adoption"), ""),
    "since": lambda value, _names: str(value + 1),
    "status": lambda value, _names: status_words(str(value)),
    "stipulations": _scores,
    "terms": lambda value, _names: terms_words(value),
    "to": _people,
    "until": _deadlines,
    "urgent": _either(N_("said to be specially urgent"), ""),
    "upheld": _either(N_("upheld"), N_("not upheld")),
    "vkey": lambda value, _names: value.partition("+")[0],
    "yes": _either(N_("yes"), N_("no")),
}  # fmt: skip
"""How each argument of a sentence is spelt; one not named here stands as it is."""
