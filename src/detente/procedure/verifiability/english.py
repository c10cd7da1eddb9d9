"""English, as treaties and agreements write it.

What can be repeated is bounded wherever a pattern can begin inside its own repetition, so that no text, whoever wrote it,
takes time with the square of its length.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from detente.procedure.verifiability.language import Patterns


def _words(listed: str) -> re.Pattern[str]:
    """Whole words or phrases, any of which is meant; semicolons stand between them."""
    alternatives = "|".join(" ".join(phrase.split()) for phrase in listed.split(";"))
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


_MONTH: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTHS: Final = "|".join(_MONTH)
_DATE: Final = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTHS})(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<month_2>{_MONTHS}) (?P<day_2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year_2>\d{{4}}))?"
    r"|(?P<year_3>\d{4})-(?P<month_3>\d{2})-(?P<day_3>\d{2}))"
)
_PLAIN_DATE: Final = re.sub(r"\?P<\w+>", "?:", _DATE)
_COUNT: Final = (
    r"(?:\d[\d,.]{0,20}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty(?:-\w+)?|thirty|"
    r"forty(?:-\w+)?|sixty|seventy-two|ninety|a hundred)"
)
_TIME: Final = r"(?:hours?|days?|weeks?|months?|years?|minutes?)"
_IRREGULAR: Final = (
    "made|done|held|kept|taken|given|set|put|drawn|withdrawn|sent|known|begun|brought|built|paid|left|met|borne|laid|"
    "shown|seen|found|told|understood|chosen|frozen|broken|written"
)
_BODY: Final = (
    r"(?:commissions?|committees?|councils?|courts?|tribunals?|depositar(?:y|ies)|secretariat|secretary-general|"
    r"conference|assembly|organi[sz]ations?|boards?|bod(?:y|ies)|mission|mechanism|president|chair(?:man|person)?|"
    r"mediators?|registrar|panel|agency|authority|office|inspectors?|observers?|monitors?|keeper|verifiers?|centre|"
    r"representatives?|officials?|ministers?|arbitrators?|conciliators?|institutions?)"
)

ENGLISH: Final = Patterns(
    sentence_end=re.compile(r"(?<=[a-z)\]”\"0-9])[.;](?:\s+|$)|\n+"),
    obliges=re.compile(
        r"\b(?P<obliges>shall(?: not)?|must(?: not)?|may not|(?:do )?(?:hereby )?(?:undertakes?|agrees?|"
        r"pledges?)(?: not)? to|commits?(?: themselves| itself)? (?:not )?to|(?:is|are) (?:obliged |required |"
        r"bound )(?:not )?to|(?:reaffirm|confirm|affirm)s? (?:their|its) (?:commitment|intention) to|"
        r"(?P<weak>will(?: not)?))\b",
        re.IGNORECASE,
    ),
    constitutive=re.compile(
        r"^\s*(?:not )?(?:\w+ly )?(?:have|apply|affect|prejudice|consist|constitute|include|comprise|enter|come|"
        r"remain|prevail|take effect|take into account|form|reflect|contain|also|in|authori[sz]e|mean|lapse|expire|"
        r"serve|cover|extend|impair|preclude|entitle|relate|refer|follow|cease to|become|"
        rf"be(?! (?:\w+ly )?(?:\w+ed|{_IRREGULAR})\b)|"
        r"be (?:\w+ly )?(?:deemed|considered|construed|interpreted|regarded|understood|governed|entitled|determined|"
        r"decided|based|called|known|limited|required|composed|authori[sz]ed|permitted|bound|invoked|presumed))\b",
        re.IGNORECASE,
    ),
    passive=re.compile(rf"^\s*(?:\w+ly )?(?:not )?be (?:\w+ly )?(?:\w+ed|{_IRREGULAR})\b", re.IGNORECASE),
    by_whom=re.compile(
        r"\bby (?P<who>(?:(?:the|that|those|each|both|all|any|either|every|an?|its|their|one|other|joint|\w+ing) )*"
        rf"(?:sides?|part(?:y|ies)|states?|members?|governments?|delegations?|{_BODY}|[A-Z]\w+)\b[^,.;]{{0,40}}?)"
        r"(?=[,.;]| (?:of|in|with|at|on|to|under|within|if|when|unless|before|after|for|and|or|as|from|during) |$)"
    ),
    opening=re.compile(
        r"^(?:if|when|whenever|where|wherever|in|within|for|upon|on|subject|unless|without|at|by|after|before|as|to|"
        r"under|during|notwithstanding|except|pursuant|from|once|until|while|with|following|should|provided|having|"
        r"recogni[sz]ing|not|including|taking|bearing|consistent|through|given|since|accordingly|therefore|however|"
        r"moreover|and|or|also|who|which|that|whether|prior|further|among|but|nor|\(?[a-z0-9]{1,3}\))\b",
        re.IGNORECASE,
    ),
    aside=re.compile(r"^,[^,]{1,120},"),
    turns_on=re.compile(r" (?:of|which|who|that|whose|in|to|for|with|from|at|on) "),
    sides=_words(r"""
        sides?; part(?:y|ies); states?; members?; governments?; delegations?; signator(?:y|ies); participants?;
        countr(?:y|ies); employers?; unions?; compan(?:y|ies); municipalit(?:y|ies); authorities; powers?; depositor
    """),
    bodies=_words(_BODY),
    outsiders=_words(r"""
        third (?:states?|part(?:y|ies)); states? not part(?:y|ies); non-part(?:y|ies); neighbou?ring states?;
        (?:armed|militant|paramilitary) (?:groups?|organi[sz]ations?|formations?); militias?; international
        community; united nations; osce; everyone; no one; all persons; every person; civil society; donors?; the
        population; all people
    """),
    itself=re.compile(
        r"^(?:(?:the|this|these|those|any|each|every|an?|no|all|such|its|present|said|other|foregoing|original|fact|"
        r"word|authentic) )*"
        r"(?:nothing|treat(?:y|ies)|agreements?|conventions?|protocols?|charter|declaration|articles?|annex(?:es)?|"
        r"chapters?|provisions?|paragraphs?|texts?|rules?|terms?|expressions?|words?|amendments?|reservations?|"
        r"objections?|ratification|signatures?|instruments?|acceptance|approval|accession|consent|notifications?|"
        r"denunciation|withdrawal of|termination|languages?|definitions?|decisions?|there|it being understood|"
        r"the present)\b",
        re.IGNORECASE,
    ),
    pronouns=re.compile(
        r"^(?:they|it|he|she|each|both|neither|none|we|those|who|one|the (?:latter|former|other))\b|"
        r"\b(?:they|it|he|she)$",
        re.IGNORECASE,
    ),
    not_doing=_words("not; refrain(?:s|ing)?; abstain; cease; prevent; prohibit; desist; no (?:side|party|state)"),
    influence=_words(r"(?:use|exert|exercise)s? (?:(?:any|all|their|its|the|every) )*influence"),
    ensuring=_words("ensures?; guarantees?; see to it"),
    vague_time=_words(r"""
        promptly; as soon as (?:possible|practicable|feasible); in due course; without (?:undue )?delay; timely; at
        an early date; at the earliest(?: opportunity| possible date)?; soon(?:est)?; shortly; expeditiously; within
        a reasonable (?:time|period)(?: of time)?; a reasonable (?:time|period); from time to time; periodically;
        regularly; on a regular basis; in the near future; at an appropriate time; until further notice; eventually;
        speedily; as early as possible; when appropriate; swiftly
    """),
    vague_duty=_words(r"""
        endeavou?rs?; seeks? to; strives?; best efforts?; all (?:reasonable )?efforts; every effort; as appropriate;
        where appropriate; if appropriate; as (?:may be )?necessary; where (?:necessary|possible); (?:in)?so far as
        (?:possible|may be); as far as (?:possible|practicable); to the (?:maximum |fullest )?extent
        (?:possible|practicable|feasible); (?:all |the
        )?(?:necessary|appropriate|possible|reasonable|adequate|suitable)
        (?:measures|steps|means|action|arrangements); in principle; works? towards?; aims? to; due regard; bear in
        mind; (?:shall|are|is|be) encouraged?; good offices; as they see fit; when feasible;
        (?:reaffirm|confirm|affirm)s? (?:their|its) (?:commitment|intention); give consideration
    """),
    contested=_words(r"""
        attacks?; hostilities; hostile acts?; cease-?fire; aggression; provocations?; terroris(?:m|ts?); (?:illegal
        |unlawful )?armed (?:groups?|formations?|elements); heavy (?:weapons?|weaponry|equipment|arms); foreign
        (?:troops|forces|fighters|armed formations); mercenar(?:y|ies); demilitari[sz]ed zone;
        (?:security|buffer|separation|border) zone; line of contact; contact line; decommissioning; disarmament;
        paramilitary (?:organi[sz]ations?|arms|groups?); detainees?; hostages?; incitement; harbou?ring; hostile
        propaganda; military (?:activit(?:y|ies)|personnel|presence|infrastructure); de-escalation;
        normali[sz]ation; illegally detained persons; unlawfully held persons; cease-?fire violations?; incidents?
    """),
    defined=re.compile(
        r"[“\"‘'](?P<term>[^”\"’']{2,60})[”\"’'],? (?:means|shall mean|includes|refers to|denotes|is|are)\b",
        re.IGNORECASE,
    ),
    definitions=_words("definitions?; use of terms; terms used"),
    place=re.compile(
        r"\b(?:(?:the|its|their|any|each other’s|each other's|all|this|that|both|own) ){0,4}"
        r"(?:(?!(?:of|for|in|to|from|on|by|and|or|with) )[\w-]{1,40} ){0,2}?(?:territor(?:y|ies)|areas?|zones?|borders?|"
        r"regions?|districts?|sectors?|airspace|waters|corridors?|crossings?|line of contact|contact line|provinces?|"
        r"cit(?:y|ies)|ports?)\b(?: (?:under|of|between|along) [^,.;]{1,40}?(?=[,.;]| for | to | by | within |$))?",
        re.IGNORECASE,
    ),
    precise_place=re.compile(
        rf"\b(?:[Aa]nnex|[Mm]aps?|[Ll]ist(?:s|ed)?|coordinates?|[Aa]ppendix|{_COUNT}[ -](?:km|kilomet(?:er|re)s?|m|"
        rf"met(?:er|re)s?|miles?)|"
        r"(?:in|at|of|between|from) (?!Each|The|Article|Part|Side|Member|State)[A-Z][a-z]+)\b"
    ),
    period=re.compile(
        rf"\b(?:(?:within|for|in|not later than|no later than|at least|during|after|every|"
        rf"up to)(?: a period of)?(?: the (?:first|next))? {_COUNT} {_TIME}"
        rf"|(?:within|for) (?:a|one) (?:day|week|month|year)|{_COUNT}[ -]{_TIME} (?:after|before|of|from|following)|"
        rf"(?:by|before|from|until|on|not later than|no later than|as of|since)(?: the)? {_PLAIN_DATE}|at all times?|"
        rf"at any time|permanently|until (?!further)\w+|from the (?:date|day|moment) (?:of|on)|"
        rf"upon (?:the )?(?:entry|signature|request)|on the (?:first|second|third|\w+th) day|(?:daily|weekly|monthly|"
        rf"annually|every year|every month|each year)|{_COUNT} times? (?:a|per) (?:day|week|month|year))\b",
        re.IGNORECASE,
    ),
    measured=re.compile(
        rf"\b(?:as (?:measured|shown|evidenced|certified|recorded) by|indicators?|inventor(?:y|ies)|{_COUNT}(?: |"
        rf"-)?(?:km|kilomet(?:er|re)s?|met(?:er|re)s?|mm|tons?|tonnes|per cent|%|persons?|vehicles?|rounds|weapons|"
        rf"pieces|times)|number of|list (?:in|of)|certificate)(?!\w)",
        re.IGNORECASE,
    ),
    verified=re.compile(
        rf"\b(?:(?:verified|monitored|supervised|observed|inspected|certified|confirmed|overseen) by|"
        rf"under (?:the )?(?:\w+ )?(?:supervision|verification|monitoring|observation) (?:of|by)|"
        rf"{_BODY}(?: of [^,.;]{{1,40}})? (?:shall|will|must) (?:\w+ )?(?:verify|monitor|supervise|observe|inspect|"
        rf"certify|oversee|review)|(?:shall|will|must) (?:jointly )?(?:verify|monitor|supervise|inspect)|"
        rf"(?:verification|monitoring|supervision|inspection)s? (?:by|of) )",
        re.IGNORECASE,
    ),
    method=_words(r"""
        on-site; inspections?; site visits?; patrols?; (?:daily|weekly|monthly|written|public|joint|regular)
        reports?; reports? to; satellites?; imagery; photographs?; interviews?; radar; drones?; registers?;
        inventor(?:y|ies); sampling; unmanned; video; checkpoints?; audits?; counting
    """),
    consequence=_words(r"""
        failing which; in (?:the )?(?:event|case) of (?:\w+ )?(?:non-compliance|breach|failure|violation); fails? to
        (?:comply|perform|carry|fulfil); breach(?:es)?; non-compliance; sanctions?; compensation; reparations?;
        penalt(?:y|ies); disputes? (?:concerning|about|arising|between); settlement of disputes; arbitration;
        suspend(?:ed|s)? (?:the operation|its|their|performance)
    """),
    entry=re.compile(r"\bent(?:er|ers|ry) into force\b|\btakes? effect\b", re.IGNORECASE),
    date=re.compile(rf"\b{_DATE}\b"),
    months=MappingProxyType({name.lower(): number for number, name in enumerate(_MONTH, 1)}),
    span=re.compile(
        rf"\b(?:from|between) (?P<start>{_PLAIN_DATE}) (?:to|until|till|and) (?P<end>{_PLAIN_DATE})\b", re.IGNORECASE
    ),
    bare_number=re.compile(
        r"\b(?:distance|depth|width|radius|range|height|speed|calib(?:re|er)|rate|period|level|strength|ceiling|"
        r"limit)s?"
        r" (?:of|above|below|over|under|exceeding|up to|not exceeding|at least|at most) "
        r"(?:(?:at least|at most|up to|more than|less than|not exceeding) )?(?P<number>\d[\d,.]*\d|\d)"
        r"(?=\s*(?:[,.;)]|$|from\b|to\b|along\b|on\b|in\b|at\b|for\b|and\b|or\b|between\b))",
        re.IGNORECASE,
    ),
    article=re.compile(
        r"\b[Aa]rticles? (?P<number>\d+[A-Za-z]?(?:-(?:bis|ter|quater))?(?:\([0-9A-Za-z]{1,4}\))*)"
        r"(?P<more>(?:(?:, | and | or |, and | to )(?:Article )?\d+(?:\([0-9A-Za-z]{1,4}\))*(?![\w%]))*)(?!\.\d)"
    ),
    paragraph=re.compile(r"\bparagraphs? (?P<number>\d+)\b(?!\(?[a-z]\))", re.IGNORECASE),
    elsewhere=re.compile(
        r"^,?(?: paragraphs? \d+(?:\(\w+\))?,?)*(?: (?:and|or|to) \d+)?,?(?: thereof)? (?:of|to|"
        r"in) (?:the (?!present|said)|that |those |its |said |[Aa]nnex|[A-Z])",
    ),
)  # fmt: skip
