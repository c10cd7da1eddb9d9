"""Domains of GENIUS are read as they are, and what is wrong with one is said; XML that bites is not read."""

from fractions import Fraction

import pytest

from detente.analysis.packages import frontier, genius, solutions_on
from detente.analysis.packages.genius import Imported, Profile, read
from detente.codec.refusal import Refused
from tests.provisions.data import real_file

DOMAINS = {
    "ItexvsCypress": ("y2010/ItexvsCypress", "ItexvsCypress_domain", "ItexvsCypress_Itex", "ItexvsCypress_Cypress"),
    "EnglandZimbabwe": ("y2010/EnglandZimbabwe", "EnglandZimbabwe_domain", "England", "Zimbabwe"),
    "Travel": ("y2010/Travel", "travel_domain", "travel_chox", "travel_fanny"),
    "Energy": ("y2011/Energy", "energy_domain", "energy_consumer", "energy_distributor"),
    "IS_BT_Acquisition": (
        "y2011/IS_BT_Acquisition", "IS_BT_Acquisition", "IS_BT_Acquisition_IS_prof", "IS_BT_Acquisition_BT_prof",
    ),
    "NiceOrDie": ("y2011/NiceOrDie", "NiceOrDie", "NiceOrDie1", "NiceOrDie2"),
    "Laptop": ("y2011/Laptop", "laptop_domain", "laptop_buyer_utility", "laptop_seller_utility"),
    "AMPOvsCity": (
        "AMPOvsCity_top", "ampo_vs_city_template", "ampo_vs_city_ampo_space", "ampo_vs_city_city_space",
    ),
}  # fmt: skip
GOLDEN = {
    "ItexvsCypress": (180, 18, (0.7215, 0.6705)),
    "EnglandZimbabwe": (576, 25, (0.9109, 0.7332)),
    "Travel": (188_160, 12, (0.8824, 0.802)),
    "AMPOvsCity": (1_944_000, 192, (0.706, 0.783)),
}
"""Packages, points of the frontier, Nash's package with disagreement 0: noted when the files were first measured with
another program, from memory. Of Energy other profiles were measured then than those that are here."""


def shared(name: str, scale: int = 1_000_000, duplicates: genius.Duplicates = "refuse") -> Imported:
    folder, *files = DOMAINS[name]
    domain, *profiles = (
        real_file("domains", *folder.split("/"), f"{file}.xml").read_bytes() for file in files
    )
    return read(domain, *map(Profile, files[1:], profiles), scale=scale, duplicates=duplicates)


@pytest.mark.parametrize("name", GOLDEN)
def test_goldens(name: str) -> None:
    problem = shared(name, duplicates="last").problem
    found = frontier(problem)
    (nash, *_) = solutions_on(problem, found)
    size, points, worth = GOLDEN[name]
    assert (problem.domain.size, len(found.outcomes), problem.disagreement) == (size, points, (0, 0))
    assert tuple(round(p / 1_000_000, 4) for p in nash.outcomes[0].points) == worth


@pytest.mark.parametrize("name", DOMAINS)
def test_all_shared_domains_are_answered(name: str) -> None:
    found = shared(name, duplicates="last")
    assert frontier(found.problem).certainty.kind == "exact"
    assert all(rounding.most < len(found.problem.domain.issues) for rounding in found.roundings)


def test_a_file_with_an_option_twice_is_refused_unless_its_last_is_asked_for() -> None:
    with pytest.raises(Refused) as refused:
        shared("AMPOvsCity")
    assert "Increase in starting salaries has the option 0 more than once" in str(refused.value)
    salaries = shared("AMPOvsCity", 1_000_000, "last").problem.parties[0].points[0]
    assert salaries[0] == round(457_000 * 8 / 100), "8, the last, and not 0"


def test_at_a_scale_that_fits_nothing_is_rounded() -> None:
    exact = shared("Energy", 700_000)
    assert [rounding.most for rounding in exact.roundings] == [0, 0]
    assert len(frontier(exact.problem).outcomes) == 204


# --- made here

DOMAIN = """<negotiation_template><utility_space><objective name="root">
    <issue index="1" name="withdrawal" vtype="discrete"><item value="full"/><item value="partial"/></issue>
    <issue index="2" name="monitors" vtype="discrete"><item value="joint"/><item value="none"/></issue>
</objective></utility_space></negotiation_template>"""
A = """<utility_space><objective name="root">
    <issue index="1" name="withdrawal"><item value="full" evaluation="3"/><item value="partial" evaluation="1"/></issue>
    <issue index="2" name="monitors"><item value="joint" evaluation="0"/><item value="none" evaluation="7"/></issue>
    <weight index="1" value="0.75"/><weight index="2" value="0.25"/>
</objective><reservation value="0.30051"/><discount_factor value="0.9"/></utility_space>"""


def made(domain: str = DOMAIN, profile: str = A, scale: int = 1_000, **said: genius.Duplicates) -> Imported:
    return read(domain.encode(), *(Profile(party, profile.encode()) for party in "AB"), scale=scale, **said)


def faults(**files: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        made(**files)
    assert {refusal.code.split(".")[0] for refusal in refused.value.refusals} == {"packages"}
    return [refusal.sentence for refusal in refused.value.refusals]


def test_worth_is_rounded_to_points_and_how_far_is_said() -> None:
    found = made()
    assert found.problem.parties[0].points == ((750, 250), (0, 250))
    assert found.problem.disagreement == (301, 301), "as stated, though no package but one is worth less"
    assert found.roundings[0].most == 0
    assert found.roundings[0].reservation == Fraction(49, 100)
    assert found.discounts == (Fraction(9, 10), Fraction(9, 10))
    assert made(scale=7).roundings[0].most == Fraction(1, 4) + Fraction(1, 4)


def test_a_reservation_above_or_below_all_packages_stays_as_stated() -> None:
    for stated in (-3, 2):
        profile = A.replace("0.30051", str(stated))
        assert made(profile=profile).problem.disagreement == (stated * 1000, stated * 1000)
    assert made(profile=A.replace('<reservation value="0.30051"/>', "")).problem.disagreement == (0, 0)


def test_what_is_missing_or_does_not_add_up_is_said() -> None:
    assert faults(profile=A.replace('<item value="none" evaluation="7"/>', "")) == [
        "There is no evaluation of none in monitors in “A”."
    ]
    assert faults(profile=A.replace('<weight index="2" value="0.25"/>', "")) == [
        "There is no weight of monitors in “A”."
    ]
    assert faults(profile=A.replace('"monitors"', '"observers"')) == ["There is no monitors in “A”."]
    assert faults(profile=A.replace("0.25", "0.5")) == ["The weights in “A” total 1.25, and not 1."]
    assert faults(domain=DOMAIN.replace('"none"', '"joint"')) == [
        "monitors has the option joint more than once."
    ]
    assert faults(domain=DOMAIN.replace('vtype="discrete"', 'vtype="integer"', 1)) == [
        "withdrawal is a range of numbers, not a list of options."
    ]
    assert faults(domain="<negotiation_template/>") == ["There is no objective with issues in the domain."]
    twice = A.replace('<item value="none"', '<item value="none" evaluation="1"/><item value="none"')
    assert faults(profile=twice) == ["monitors has the option none more than once in “A”."]
    assert made(profile=twice, duplicates="last").problem == made().problem


@pytest.mark.parametrize(
    "number", ["", "many", "nan", "inf", "1e999999999", "-1e-999999999", "7" * 10_000, "0." + "7" * 10_000]
)
def test_what_is_no_number_of_reasonable_length_is_refused(number: str) -> None:
    (said,) = faults(profile=A.replace('evaluation="7"', f'evaluation="{number}"'))
    assert said.startswith("Where “A” should have a number, it has")
    assert len(said) < 100


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
TYPED, DEEP, BROKEN, LARGE = (
    "declares a document type",
    "nested more than 32 deep",
    "is not XML",
    "larger than 8 MB",
)
HOSTILE = {
    "entities that grow": (
        f'<!DOCTYPE u [<!ENTITY l0 "ha">{LAUGHS}]>',
        DOMAIN.replace("full", "&l11;"),
        TYPED,
    ),
    "a file of this machine": ('<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/hostname">]>', DOMAIN, TYPED),
    "a document type alone": ('<!DOCTYPE u SYSTEM "http://127.0.0.1/x.dtd">', DOMAIN, TYPED),
    "an entity unknown": ("", DOMAIN.replace("full", "&x;"), BROKEN),
    "deep nesting": ("", DOMAIN.replace("<issue", "<a>" * 100_000 + "</a>" * 100_000 + "<issue", 1), DEEP),
    "no XML": ("", "\x00\x01", BROKEN),
    "an encoding unknown": ('<?xml version="1.0" encoding="none-such"?>', DOMAIN, BROKEN),
    "an encoding of several bytes": ('<?xml version="1.0" encoding="big5"?>', DOMAIN, BROKEN),
    "nothing": ("", "", BROKEN),
    "half a file": ("", DOMAIN[:200], BROKEN),
    "too many bytes": (" " * genius.MOST_BYTES, DOMAIN, LARGE),
}
"""What stands before a domain's file, which but for that would be read; the file; and what is said of it."""


@pytest.mark.parametrize("what", HOSTILE)
def test_xml_that_bites_is_refused(what: str) -> None:
    before, file, why = HOSTILE[what]
    for files in ({"domain": before + file}, {"profile": before + file}):
        (said,) = faults(**files)
        assert why in said
