"""Any act of any kind, drawn from the kind's own types: the schema is the generator too."""

from __future__ import annotations

import re
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

from detente.acts.act import Act, Kind
from detente.codec.identifier import KeyId, Leaf, ProvisionId
from detente.codec.instant import Instant
from detente.interchange.minutes.schema import fields_of
from detente.interchange.minutes.times import instant_of
from detente.provisions.provision import Provision
from tests.interchange.player import Stood
from tests.interchange.record import ledger

_SECONDS = st.integers(0, 253402300799)
_PROVISIONS = st.sampled_from(
    ["art_1", "art_3__para_2", "art_3__para_2__point_a", "preamble_1", "annex_I__art_4__para_1", "art_5__point_1",
     "art_12-bis", "x_y__z_1", "art_5__para_1__chapeau_1"]
)  # fmt: skip
_TEXT = st.one_of(
    st.text(),
    st.sampled_from(["Each Side shall report.", "[a]", '"quoted"', "a\nb", " a ", "ہر فریق", "#14", "expect x: y",
                     "word " * 60 + "end", "a  b", "none", "2025-10-27", "†", "a:\n    b: c", "illustrative time"]),
)  # fmt: skip
_KEY = st.from_regex(r"[A-Za-z0-9-]{1,8}", fullmatch=True) | st.text(
    st.characters(max_codepoint=127), max_size=8
)


@cache
def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type; hashes are often those of acts in the ledger."""
    for named, strategy in (
        (Leaf, _leaf()),
        (KeyId, st.sampled_from([*ledger().state.keys, "A" * 43])),
        (ProvisionId, _PROVISIONS),
        (Instant, _SECONDS.map(instant_of) | st.just("2025-99-99T99:99:99Z")),
    ):
        if hint == named:
            return strategy
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.none() | values_of(next(a for a in args if a is not type(None)))
    if origin is Literal:
        return st.sampled_from(args)
    if origin is tuple and args[-1] is Ellipsis:
        return st.lists(values_of(args[0]), max_size=4).map(tuple)
    if origin is tuple:
        return st.tuples(*(values_of(arg) for arg in args))
    if origin is Annotated:
        return _annotated(args[0], args[1:])
    if hint == dict[str, str]:
        return st.dictionaries(_KEY, _TEXT, max_size=4)
    if hint is Provision:
        some = st.sampled_from(["Peace.", "a  b", "ur: x", "3(2) y"])
        words = st.dictionaries(st.sampled_from(["en", "ur", "ps"]), some)
        return st.builds(Provision, _PROVISIONS, words, words)
    return {bool: st.booleans(), int: st.integers(0, 2**53 - 1), str: _TEXT}[hint]


def _leaf() -> st.SearchStrategy[str]:
    known = [leaf for leaf in (ledger().leaf_at(log, i) for log in ("", "side-A") for i in range(40)) if leaf]
    return st.sampled_from([*known, "A" * 43])


def _annotated(base: Any, annotations: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if base is int:
        (meta,) = (a for a in annotations if isinstance(a, msgspec.Meta))
        return st.integers(int(meta.ge or 0), int(meta.le or 2**53 - 1))
    pattern = next(a.pattern for a in annotations if isinstance(a, msgspec.Meta) and a.pattern)
    return st.from_regex(re.compile(pattern), fullmatch=False).filter(
        lambda text: re.search(pattern, text) is not None
    )


@cache
def _strategies(struct: type, names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    hints = get_type_hints(struct, include_extras=True)
    return st.fixed_dictionaries({name: values_of(hints[name]) for name in names})


@st.composite
def acts(draw: st.DrawFn, kind: Kind) -> Stood:
    """An act of `kind`, clear and hidden, in the main log or in a chamber."""
    clear = draw(_strategies(kind.clear, kind.clear_fields))
    hidden = draw(_strategies(kind.hidden, kind.hidden_fields))
    subject = clear.get("instrument") or "rules"
    on = draw(st.none() | st.tuples(st.sampled_from([subject, "understanding", "rules"]), _leaf()))
    chamber = draw(st.sampled_from(["", "side-A", "mediators", "mediators-B"]))
    payload = kind.clear(
        v=1, proc="detente/" + "a" * 26, iat=draw(st.one_of(_SECONDS, st.integers())), seq=0, prev="",
        seen=(0, ""), aud=draw(st.sampled_from([("all",), ("A", "M"), ("PB",)])), sd=(), on=on, **clear,
    )  # fmt: skip
    opened = msgspec.to_builtins({name: value for name, value in hidden.items() if value is not None})
    author = draw(st.sampled_from(["M", "A", "PA", "A.legal", "K2"]))
    return Stood(Act(payload, author, "", ""), kind, opened, chamber)


def typed_again(kind: Kind, clear: dict[str, Any], hidden: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Read values as the act's own types: every clear field and `on`, and the hidden struct."""
    defaults = {name: field.default for name, field in fields_of(kind.name).items() if not field.hidden}
    return {**defaults, **clear}, kind.hidden(**hidden)
