"""The folded state of a main record as bytes, and back: canonical JSON, so that whoever folds the same acts with the same
rules gets the same bytes, and read by type, so that nothing received is ever run.

The first line names the shape of the types that wrote it. Bytes of another shape are another version's: they are refused
and not guessed at.
"""

from __future__ import annotations

import gc
from hashlib import sha256
from types import GenericAlias
from typing import Any, Final, get_args, get_origin, get_type_hints

import msgspec
from immutables import Map
from msgspec import Struct
from msgspec.structs import asdict

from detente.codec.refusal import refuse
from detente.state import breach, instrument, observance, records, undertakings
from detente.state.instrument import Instrument
from detente.state.records import State


def _shape() -> str:
    structs = sorted(
        (found.__name__, found.__struct_fields__)
        for module in (records, instrument, undertakings, observance, breach)
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Struct) and found.__module__ == module.__name__
    )
    return sha256(repr(structs).encode()).hexdigest()


SHAPE: Final = _shape()
_HEAD: Final = f"{SHAPE}\n".encode()
_encoder = msgspec.json.Encoder(
    order="sorted", enc_hook=dict
)  # a Map is the one type that JSON has no word for


def _plain(type_: Any) -> Any:
    """The type as it is decoded: with a dict for each `Map`, which is then made of it at once."""
    if get_origin(type_) is Map:
        key, value = get_args(type_)
        return GenericAlias(dict, (key, _plain(value)))
    return _PlainInstrument if type_ is Instrument else type_


def _mirror(struct: type[Struct]) -> type[Struct]:
    hints = get_type_hints(struct)
    fields = [(name, _plain(hints[name])) for name in struct.__struct_fields__]
    return msgspec.defstruct(f"Plain{struct.__name__}", fields, frozen=True, forbid_unknown_fields=True)


_PlainInstrument: Final = _mirror(Instrument)
_decoder = msgspec.json.Decoder(_mirror(State))


def state_bytes(state: State) -> bytes:
    """The state's one spelling."""
    return _HEAD + _encoder.encode(state)


def read_state(raw: bytes) -> State:
    """Raises `Refused` with code `state.shape` or `state.malformed`.

    Whose word the bytes are is for the caller to ask.
    """
    if not raw.startswith(_HEAD):
        raise refuse("state.shape", "The state was written by another version of this program.",
                     instead="Open it with that version, or fold a replay bundle.")  # fmt: skip
    collecting = gc.isenabled()
    gc.disable()  # decoding makes many small objects and no cycles
    try:
        return State(**_mapped(_decoder.decode(memoryview(raw)[len(_HEAD) :])))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise refuse("state.malformed", f"It is not the state of a record: {error}.",
                     instead="Ask for it again, or fold a replay bundle.") from error  # fmt: skip
    finally:
        if collecting:
            gc.enable()


def _mapped(plain: Struct) -> dict[str, Any]:
    """The fields, with a `Map` for each dict."""
    fields = asdict(plain)
    for name, value in fields.items():
        if isinstance(value, dict):
            fields[name] = Map({key: _whole(item) for key, item in value.items()})
    return fields


def _whole(item: Any) -> Any:
    return Instrument(**_mapped(item)) if isinstance(item, _PlainInstrument) else item
