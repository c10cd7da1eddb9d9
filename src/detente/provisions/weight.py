"""Words that make law: what obliges, permits or denies, and the numbers; by language.

Where a language has no table here, a change of such a word is still a change of words: it is shown, and ranked lower.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

Weighty = Literal["duty", "denial", "number"]

_DUTY: Final[dict[str, str]] = {
    "en": "shall must will undertakes undertake agrees agree may can should could would might",
    "fr": "doit doivent devra devront s'engage s'engagent peut peuvent pourra pourront "
    "devrait devraient pourrait pourraient",
    "es": "debe deben deberá deberán debería deberían puede pueden podrá podrán podría podrían",
    "de": "muss müssen hat haben soll sollen sollte sollten kann können darf dürfen wird werden",
    "pt": "deve devem deverá deverão deveria deveriam pode podem poderá poderão poderia poderiam",
    "it": "deve devono dovrà dovranno dovrebbe dovrebbero può possono potrà potranno potrebbe potrebbero",
    "tr": "zorundadır yükümlüdür gerekir gerekmektedir olabilir edebilir yapabilir",
    "ru": "должен должна должны обязан обязана обязаны может могут вправе следует",
    "ar": "يجب يتعين يلتزم تلتزم يلتزمون يجوز يمكن ينبغي تتعهد يتعهد",
    "fa": "باید بایستی متعهد می‌تواند می‌توانند شاید ملزم",
    "ur": "گا گی گے لازم لازمی پابند سکتا سکتی سکتے چاہیے",
    "ps": "باید مکلف کولای کولی شي",
    "he": "חייב חייבת חייבים רשאי רשאית רשאים יכול יכולה יכולים צריך צריכה צריכים",
}
_DENIAL: Final[dict[str, str]] = {
    "en": "not no never nor neither none nothing without cannot except unless",
    "fr": "ne n' pas non jamais ni aucun aucune sans sauf",
    "es": "no nunca ni ningún ninguna ninguno sin salvo",
    "de": "nicht kein keine keinen keiner nie niemals weder ohne außer",
    "pt": "não nunca nem nenhum nenhuma sem salvo",
    "it": "non mai né nessun nessuna nessuno senza salvo",
    "tr": "değil hiçbir hiç olmadan hariç",
    "ru": "не ни нет никогда без кроме",
    "ar": "لا لم لن ليس ليست غير دون بدون إلا ما",
    "fa": "نه هیچ بدون مگر نباید",
    "ur": "نہ نہیں مت بغیر سوائے بلا",
    "ps": "نه مه هېڅ پرته",
    "he": "לא אין אל בלי ללא אלא",
}
_NUMBERS: Final[dict[str, str]] = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half third quarter "
    "first second monthly weekly daily annually",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante "
    "soixante cent mille",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta "
    "cincuenta sesenta cien mil",
    "ur": "ایک دو تین چار پانچ چھ سات آٹھ نو دس بیس تیس چالیس پچاس ساٹھ سو ہزار لاکھ",
    "ar": "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرين ثلاثين أربعين خمسين ستين مئة مائة ألف",
}
_WRITTEN: Final[tuple[tuple[Weighty, dict[str, str]], ...]] = (
    ("duty", _DUTY), ("denial", _DENIAL), ("number", _NUMBERS)
)  # fmt: skip
_TABLES: Final[dict[Weighty, dict[str, frozenset[str]]]] = {
    name: {tag: frozenset(words.split()) for tag, words in table.items()} for name, table in _WRITTEN
}
_SIGNATURE: Final = re.compile(
    r"\b(?:done (?:at|in)|in witness whereof|signed (?:at|by|for)|"
    r"for (?:and on behalf of|the (?:government|side|delegation))|"
    r"fait à|en foi de quoi|hecho en|en fe de lo cual)\b|_{4,}|\.{8,}",
    re.IGNORECASE,
)


def said_of(pieces: Sequence[str], language: str) -> tuple[Weighty, ...]:
    """What a change of these words touches, most consequential first: `duty`, `denial`, `number`; none of them for other
    words. Numbers are so in any script."""
    tag = language.partition("-")[0]
    words = {piece.casefold() for piece in pieces}
    # “n'est” is one word, and its denial what is elided before the vowel.
    words |= {word[: word.index("'") + 1] for word in words if "'" in word}
    found: list[Weighty] = [name for name, table in _TABLES.items() if words & table.get(tag, frozenset())]
    if "number" not in found and any(char.isdecimal() for word in words for char in word):
        found.append("number")
    return tuple(found)


def is_of_signature(words: str) -> bool:
    """Whether the words look like a testimonium or a block for signatures (English, French, Spanish, or its lines)."""
    return _SIGNATURE.search(words) is not None
