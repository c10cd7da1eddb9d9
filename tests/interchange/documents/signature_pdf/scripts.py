"""One sentence in many languages, each in its own script."""

from __future__ import annotations

from detente.interchange.documents.signature_pdf.sheet import Sheet
from detente.provisions.provision import Provision
from tests.interchange.documents.signature_pdf.sheets import sheet

SAID = {
    "he": "כל צד יסיג את כוחותיו תוך 72 שעות.",
    "hi": "प्रत्येक पक्ष 72 घंटों के भीतर अपनी सेनाएँ वापस बुलाएगा।",
    "bn": "প্রতিটি পক্ষ 72 ঘণ্টার মধ্যে তার বাহিনী প্রত্যাহার করবে।",
    "ta": "ஒவ்வொரு தரப்பும் 72 மணி நேரத்திற்குள் தனது படைகளைத் திரும்பப் பெறும்.",
    "am": "እያንዳንዱ ወገን በ72 ሰዓታት ውስጥ ኃይሎቹን ያስወጣል።",
    "hy": "Յուրաքանչյուր կողմ 72 ժամվա ընթացքում դուրս է բերում իր ուժերը։",
    "ka": "თითოეული მხარე 72 საათის განმავლობაში გაიყვანს თავის ძალებს.",
    "th": "แต่ละฝ่ายจะถอนกำลังของตนภายใน 72 ชั่วโมง",
    "km": "ភាគីនីមួយៗត្រូវដកកងកម្លាំងរបស់ខ្លួនក្នុងរយៈពេល 72 ម៉ោង។",
    "zh": "各方应在72小时内撤回其部队。",
    "ja": "各当事者は、72時間以内に部隊を撤退させる。",
    "ko": "각 당사자는 72시간 이내에 병력을 철수한다.",
    "ar": "يسحب كل طرف قواته خلال 72 ساعة.",
    "fa": "هر طرف نیروهای خود را ظرف 72 ساعت بیرون می‌برد.",
    "ur": "ہر فریق 72 گھنٹوں کے اندر اپنی افواج واپس بلائے گا۔",
    "ps": "هر اړخ به په 72 ساعتونو کې خپل ځواکونه وباسي.",
    "ru": "Каждая Сторона отводит свои силы в течение 72 часов.",
}
FONTS = {
    "he": "Hebrew", "hi": "Devanagari", "bn": "Bengali", "ta": "Tamil", "am": "Ethiopic", "hy": "Armenian",
    "ka": "Georgian", "th": "Thai", "km": "Khmer", "zh": "CJKsc", "ja": "CJKjp", "ko": "CJKkr",
}  # fmt: skip
"""Part of the name of the font that each takes from the machine."""


def said_in(*tags: str) -> Sheet:
    text = (Provision("art_3__para_1", {}, {tag: SAID[tag] for tag in tags}),)
    return sheet(text, tuple((tag, "authentic") for tag in tags))
