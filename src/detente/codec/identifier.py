"""Identifiers. All are ASCII, short and free of names: an id stands in the clear in every record.

| type | looks like | names |
|---|---|---|
| `Side` | `A` | a side of the talks |
| `PersonId` | `A`, `PA`, `M`, `A.legal` | one author of acts |
| `SubjectId` | `understanding`, `rules` | an instrument or the rules of procedure |
| `ProvisionId` | `art_3__para_2` | a provision, in the Akoma Ntoso eId style |
| `Leaf` | 43 characters | SHA-256 leaf hash of an act, base64url |
| `KeyId` | 43 characters | RFC 7638 thumbprint of a key, base64url |
| `Origin` | `detente/` + 26 characters, then for a chamber `/side-A` | one log |
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta


def whole(pattern: str) -> str:
    """`pattern` for the whole text. A bare `$` also matches before a line end, which no identifier has."""
    return f"^{pattern}$(?!\\n)"


Side = Annotated[str, Meta(pattern=whole(r"[A-Z]"), description="the letter of a side")]
PersonId = Annotated[
    str, Meta(pattern=whole(r"[A-Z][A-Za-z0-9]{0,15}(\.[a-z0-9]{1,16})?"), description="a person")
]
SubjectId = Annotated[
    str, Meta(pattern=whole(r"[a-z][a-z0-9-]{0,39}"), description="an instrument or the rules")
]
ProvisionId = Annotated[
    str,
    Meta(
        pattern=whole(r"[a-z][a-z0-9]*_[A-Za-z0-9-]+(__[a-z][a-z0-9]*_[A-Za-z0-9-]+)*"),
        max_length=160,
        description="an Akoma Ntoso eId",
    ),
]
Digest = Annotated[str, Meta(pattern=whole(r"[A-Za-z0-9_-]{43}"), description="SHA-256, base64url")]
MldsaKey = Annotated[
    str, Meta(pattern=whole(r"[A-Za-z0-9_-]{1750}"), description="an ML-DSA-44 public key, base64url")
]
Leaf = Annotated[str, Meta(pattern=whole(r"[A-Za-z0-9_-]{43}"), description="the leaf of an act, base64url")]
KeyId = Annotated[
    str, Meta(pattern=whole(r"[A-Za-z0-9_-]{43}"), description="the thumbprint of a key, base64url")
]
LanguageTag = Annotated[str, Meta(pattern=whole(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"), description="BCP 47")]
ClaimArgument = Annotated[
    str,
    Meta(pattern=whole(r"[A-Za-z0-9._ -]{0,200}"), description="the words of a claim, with spaces between"),
]
Origin = Annotated[
    str, Meta(pattern=whole(r"detente/[a-z2-7]{26}(/[A-Za-z-]{1,20})?"), description="a log's origin")
]
