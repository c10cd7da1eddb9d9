"""Signing an act. What is signed here is admitted by `parse_envelope`, `verify` and `open_disclosures`.

What is written in a chamber is sealed: `Seal` is given the disclosures, which are all that opens the hidden fields, and
gives the hidden fields that stand for them. The act signs the digests of both; only the latter travel with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from detente.codec.refusal import refuse
from detente.keys.generate import SigningKey
from detente.signing.compact import sign_compact
from detente.signing.disclosure import decoy_of, digest_of, make_disclosure, open_disclosures
from detente.signing.envelope import ACT_TYPE, check_entry_size
from detente.signing.salt import make_salt

Seal = Callable[[str], Mapping[str, object]]


def _check_hidden(payload: Mapping[str, object], hidden: Mapping[str, object], names: Sequence[str]) -> None:
    if "_sd" in payload:
        raise refuse("disclosure.reserved_name", "The payload brings digests of its own.")
    if len(set(names)) < len(names):
        raise refuse("disclosure.name_twice", "The kind names a hidden field twice.")
    unknown = sorted(hidden.keys() - set(names))
    if unknown:
        raise refuse(
            "disclosure.not_of_kind",
            f"“{unknown[0]}” is not a hidden field of this kind.",
            instead=f"Its hidden fields: {', '.join(names) or 'none'}.",
        )
    taken = sorted(payload.keys() & set(names))
    if taken:
        raise refuse("disclosure.overrides", f"“{taken[0]}” is a hidden field, and stands in the clear.")


def sign_act(
    key: SigningKey,
    payload: Mapping[str, object],
    hidden: Mapping[str, object],
    hidden_names: Sequence[str],
    salts: Callable[[], str] = make_salt,
    seal: Seal | None = None,
) -> bytes:
    """An act as it is sent: `<header>.<payload>.<signature>~<disclosure>~...~`, ASCII.

    payload: the members in the clear, without `_sd`. hidden: the hidden fields that have a value.
    hidden_names: all hidden fields of the kind; `salts` is called once for each, in this order, and each
    absent one becomes a decoy. Disclosures follow in the same order. seal: given the disclosures of `hidden`, each
    with `~` after it, the hidden fields that are sent in their place.
    Raises `Refused`: `disclosure.*`, `json.outside_profile` or `envelope.entry_size`.
    """
    _check_hidden(payload, hidden, hidden_names)
    drawn = [salts() for _ in hidden_names]
    if len(set(drawn)) < len(drawn):
        raise refuse("disclosure.salt_reused", "A salt was drawn twice.", "RFC 9901 sec. 9.3")
    salt_of = dict(zip(hidden_names, drawn, strict=True))
    disclosures = sent = _disclosures(hidden, hidden_names, salt_of)
    if seal is not None:
        sent = _disclosures(seal("".join(f"{text}~" for text in sent.values())), hidden_names, salt_of)
        disclosures = {**disclosures, **sent}
    decoys = [decoy_of(salt_of[name]) for name in hidden_names if name not in disclosures]
    digests = sorted([*map(digest_of, disclosures.values()), *decoys])
    open_disclosures(digests, list(disclosures.values()), payload.keys())
    entry = sign_compact(key, ACT_TYPE, {**payload, "_sd": digests})
    check_entry_size(entry)
    return "~".join([entry.decode("ascii"), *sent.values(), ""]).encode("ascii")


def _disclosures(
    hidden: Mapping[str, object], names: Sequence[str], salt_of: Mapping[str, str]
) -> dict[str, str]:
    return {name: make_disclosure(name, hidden[name], salt_of[name]) for name in names if name in hidden}
