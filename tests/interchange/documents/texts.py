"""Random texts for the property tests: several languages, brackets, footnotes, tables, frames."""

from hypothesis import strategies as st

from detente.provisions.provision import Provision

WORDS = st.sampled_from(
    ["the", "Sides", "shall", "should", "within", "30 days", "[", "]", "[or not]A", "3(2)", "¹", "²", "جس", "فریق", "۷۲",
     "each", ",", ";", "Article 5", "(a)", "bis", "|", "•", "1."]
)  # fmt: skip
SENTENCES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
VERSIONS = st.dictionaries(st.sampled_from(["en", "ur", "zh-Hant"]), SENTENCES, max_size=3)
SOME = VERSIONS.filter(bool)
IDS = st.lists(
    st.sampled_from([
        "preamble_1", "preamble_2", "part_I", "art_1", "art_2", "art_2__para_1", "art_2__para_1__note_1", "art_2__para_2",
        "art_2__para_2__point_a", "art_2__para_2__point_a__note_2", "art_2__row_1", "art_2__row_2", "art_3",
        "art_3__chapeau_1", "art_3__note_1", "art_3__note_2", "annex_I", "annex_I__art_1__para_1",
        "annex_I__art_1__para_1__row_1",
    ]),
    unique=True, max_size=12,
)  # fmt: skip
TEXTS = IDS.flatmap(
    lambda ids: st.tuples(*(st.builds(Provision, st.just(eid), VERSIONS, SOME) for eid in ids))
)
