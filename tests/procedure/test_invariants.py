"""The invariants of the design under random people and random acts, offered ones and any other.

A machine of three sides plays acts into a record: most are offered ones, some are arbitrary, and now and then
a faithless host forces a refused one into the log. After every step the record is held to what must be true of
any record. What grants a step is judged here by a second, independent reading of the rules.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from detente.acts.act import Log, Offer, Staleness
from detente.acts.editions import open_in
from detente.acts.kinds import BY_NAME, KINDS
from detente.procedure.examination import examine, version_of
from detente.procedure.finality import finality
from detente.procedure.fold import fold_all, place
from detente.procedure.offers import offers
from detente.procedure.turn import turns
from detente.state.answers import CONSENTED, is_adopted, is_binding
from detente.state.instrument import Instrument
from detente.state.ladder import Step
from detente.state.records import State
from tests.simulator import PROVISIONS, Moment, Simulator, fake_leaf, seated

PEOPLE = ("M", "K", "O", "A", "A2", "PA", "B", "PB", "C", "PC")
STEP_KINDS = (
    "assent",
    "initial",
    "sign_ad_referendum",
    "sign",
    "confirm_signature",
    "consent",
    "confirm_act",
)
ANSWERS = ("accept_package", "accept_reservation", "object_to_reservation", "confirm_reservation")
KEPT_OUT = ("enrol", "convene", "mark_time", "conclude")  # the first three need more than random fields
MARKS = tuple(f"2025-11-{day:02}T00:00:00Z" for day in range(1, 28))
CAPACITIES = ("assent", "initial", "sign_ad_referendum", "sign")

# Refusals of what is done already, or can never be done: nothing else is possible.
NOTHING_ELSE = {
    "key.confirmed", "key.revoked", "key.keeper", "entry.noted", "participation.leave_fixed",
    "participation.not_contested", "rules.already_adopted", "tabling.received", "act.stale",
}  # fmt: skip

TERMS = st.fixed_dictionaries(
    {
        "authentication": st.sampled_from(("initials", "signature", "adoption")),
        "consent": st.sampled_from(("signature", "ratification", "agreed_means")),
        "initials_sign": st.booleans(),
        "open_to_accession": st.booleans(),
        "reservations": st.sampled_from(("accepted_by_each", "accepted_by_all")),
        "sides": st.sampled_from((("A", "B"), ("A", "B", "C"), ("A",))),
        "entry": st.sampled_from(({"entry": "on_consent"}, {"entry": "date", "entry_date": MARKS[8]},
                                  {"entry": "delay", "entry_delay": 3})),
    }
)  # fmt: skip


def carries(state: State, moment: Moment, side: str, instrument: Instrument, capacity: str) -> bool:
    """Whether this act, before which `state` stood, could commit `side`: a second reading of VCLT 7 and 8."""
    author = state.people[state.keys[moment.key].person]
    if author.side != side or author.left is not None:
        return False
    if author.role == "principal":
        return state.keys[moment.key].confirmed is not None
    if capacity not in CAPACITIES:
        return False  # confirmation and consent are the principal's own
    now = state.clock.now
    return any(
        mandate.holder == author.id
        and mandate.side == side
        and mandate.revoked is None
        and mandate.terms == "definitive"
        and capacity in mandate.capacities
        and (not mandate.instruments or instrument.id in mandate.instruments)
        and not any(capacity in r.capacities or instrument.id in r.instruments for r in mandate.restrictions)
        and state.keys[mandate.principal_key].confirmed is not None
        and (now != "" or not (mandate.valid_from or mandate.valid_until))
        and (mandate.valid_from or "") <= now <= (mandate.valid_until or "9")
        for mandate in state.mandates.values()
    )


def opposed(instrument: Instrument, first: str, second: str) -> bool:
    """Whether one has opposed entry into force between the two, by objecting to the other's reservation (20(4)(b))."""
    return any(
        r.withdrawn is None and {r.side, side} == {first, second} and opposes
        for r in instrument.reservations.values()
        for side, _leaf, opposes in r.objections
    )


def binding_capacity(kind: str, instrument: Instrument) -> str:
    return "sign" if kind == "initial" and instrument.initials_sign else kind


class Talks(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.sim: Simulator
        self.marked = 0
        self.regular_size = 0

    @initialize(terms=TERMS, fixed=st.booleans(), ad_referendum=st.booleans())
    def convene(self, terms: dict[str, Any], fixed: bool, ad_referendum: bool) -> None:
        self.sim = sim = seated("A", "B", "C")
        sim.admit("A2", "delegate", "A")
        sim.admit("O", "observer")
        entry = terms.pop("entry")
        sim.open(**terms, **entry)
        sim.issue()
        if fixed:
            for side in "ABC":
                sim.grant(side, terms="ad_referendum" if ad_referendum and side == "B" else "definitive")
        self.size = sim.state.size

    # -- what can happen -----------------------------------------------------------------------------------

    @rule(data=st.data())
    def an_offered_step(self, data: st.DataObject) -> None:
        """Steps and consents, so that records get far enough to bind somebody."""
        wanted = (*STEP_KINDS, "grant_mandate", *ANSWERS)
        found = [(p, o) for p in PEOPLE for o in self._offers(p) if o.kind in wanted]
        if found:
            person, offer = data.draw(st.sampled_from(found))
            assert not self.sim.take(person, offer)

    @rule(data=st.data(), person=st.sampled_from(PEOPLE))
    def an_offered_act(self, data: st.DataObject, person: str) -> None:
        found = [o for o in self._offers(person) if o.kind not in ("conclude", "break_off")]
        if found:
            assert not self.sim.take(person, data.draw(st.sampled_from(found)))

    @rule(data=st.data(), person=st.sampled_from(("A", "PA", "B", "PC", "M")))
    def words_beside_the_text(self, data: st.DataObject, person: str) -> None:
        """Often enough that somebody can answer them."""
        kinds = ("propose_alternative", "propose_package", "make_reservation")
        self._try(data, person, data.draw(st.sampled_from(kinds)), 1)

    @rule(data=st.data(), person=st.sampled_from(PEOPLE), forced=st.integers(0, 2))
    def any_act(self, data: st.DataObject, person: str, forced: int) -> None:
        self._try(
            data,
            person,
            data.draw(st.sampled_from([k.name for k in KINDS if k.name not in KEPT_OUT])),
            forced,
        )

    @rule(data=st.data(), person=st.sampled_from(PEOPLE), forced=st.integers(0, 2))
    def an_act_of_one_s_role(self, data: st.DataObject, person: str, forced: int) -> None:
        role = self.sim.state.people[person].role
        kinds = [k.name for k in KINDS if role in k.by and Log.MAIN in k.where and k.name not in KEPT_OUT]
        steps = [kind for kind in STEP_KINDS if kind in kinds]  # often: beyond a mandate, or out of turn
        self._try(data, person, data.draw(st.sampled_from(kinds + steps * 4)), forced)

    def _try(self, data: st.DataObject, person: str, kind: str, forced: int) -> None:
        fields = self._fields(data, kind)
        try:
            act = self.sim.act(person, kind, **fields)
        except msgspec.ValidationError:
            return
        before = self.sim.state
        found = examine(before, act)
        offered = any(
            offer.kind == kind
            and offer.clear.get("instrument", offer.subject) == fields.get("instrument", offer.subject)
            for offer in offers(before, person)
        )
        if found and forced == 0:
            self.sim._submit("", person, act, force=True)
            self._check_irregular(before, self.sim.state)
            return
        again = self.sim._submit("", person, act, force=False)
        assert again == found, "examination depends on nothing but its arguments"
        if found:
            assert self.sim.state is before
            assert all("." in r.code and r.sentence.endswith(".") for r in found)
            assert all(r.instead or r.code in NOTHING_ELSE for r in found), found
        elif kind in STEP_KINDS and not offered:
            assert self.sim.state.unauthorised.get(act.leaf), (
                f"{person} was not offered {kind}, and it took effect"
            )

    @rule(days=st.integers(0, 3), stale=st.booleans(), signers=st.integers(0, 2))
    def time_passes(self, days: int, stale: bool, signers: int) -> None:
        self.marked = min(self.marked + days, len(MARKS) - 1)
        size = max(self.sim.state.size - 4, 1) if stale else None
        assert not self.sim.mark(*(MARKS[self.marked],) * signers, size=size)

    @rule(data=st.data(), now=st.integers(0, 2))
    def an_edition(self, data: st.DataObject, now: int) -> None:
        if now:
            return
        name = data.draw(st.sampled_from(self.sim.state.instrument_order))
        self.sim.do("M", "issue", **self.sim.issue_fields(name))

    def _offers(self, person: str) -> tuple[Offer, ...]:
        """What the person can do with a working key; without one there is nothing to sign with."""
        revoked = self.sim.state.keys[self.sim.key_of(person)].revoked
        return offers(self.sim.state, person) if revoked is None else ()

    # -- fields for any act --------------------------------------------------------------------------------

    def _fields(self, data: st.DataObject, kind: str) -> dict[str, Any]:
        state = self.sim.state
        name = data.draw(st.sampled_from(("text", "text", "text", "annex")))
        instrument = state.instruments.get(name)
        editions = [e.leaf for e in instrument.editions] if instrument else []
        alternatives = (
            [a.leaf for b in instrument.brackets.values() for a in b.alternatives] if instrument else []
        )
        pools: dict[str, list[Any]] = {
            "instrument": [name], "other": ["text", "annex"], "relation": ["conditional_on", "amends"],
            "provision": [*PROVISIONS[:2]], "alternative": alternatives, "lift": [True, False],
            "edition": editions, "to": [("A", "B"), ("PA",)], "person": [*PEOPLE, "X"],
            "role": ["delegate", "principal", "mediator", "observer"], "side": ["A", "B", "C", None],
            "key": list(state.keys), "since": [None, 0, state.size], "mandate": list(state.mandates),
            "holder": [*PEOPLE], "capacities": [(), ("sign",), CAPACITIES], "terms": ["ad_referendum", "definitive"],
            "instruments": [(), ("text",)], "valid_from": [None, MARKS[3]], "valid_until": [None, MARKS[6]],
            "original": [*state.unauthorised, *state.minutes], "minute": list(state.minutes),
            "speaker": [*PEOPLE], "sense": ["oral_assent", "statement"], "said_at": [MARKS[0]],
            "decision": ["unanimity", "n_of_m", "groups"], "n": [0, 1, 2, 3], "groups": [(), (("A", "B"), ("C",))],
            "languages": [("en",), (("en", "authentic"),)], "sides": [("A", "B"), ("B",)], "basis": ["analogy"],
            "number": [len(instrument.editions) + 1 if instrument else 1, len(state.sessions) + 1],
            "content": [fake_leaf(7)], "provisions": [PROVISIONS], "bridge": list(state.bridges),
            "open": [open_in(instrument) if instrument else ()], "expires": [MARKS[5]], "answers": [
                tuple((f"{self.sim.origin}/mediators-{s}", 0, fake_leaf(8)) for s in instrument.sides)
                if instrument else ()],
            "means": ["ratify", "agreed", "accede"], "approved": [True], "upheld": [True, False],
            "claims": [(("withdrew", "B"),)], "statement": list(state.statements), "origin": ["side", "mediator"],
            "at": [MARKS[0], MARKS[20]], "item": ["off", "break"], "items": [("border",)],
            "until": [tuple((s, MARKS[10]) for s in instrument.sides) if instrument else (), (("A", MARKS[15]),)],
            "silence_adopts": [True, True, False], "correction": list(state.corrections),
            "objections_by": [MARKS[5], MARKS[12]], "status": ["", "proposed", "agreed", "authentic"],
            "alternatives": [tuple(alternatives[:2]), tuple(alternatives[-2:])],
            "package": list(instrument.packages) if instrument else [], "language": ["en"],
            "reservation": list(instrument.reservations) if instrument else [], "opposes_entry": [True, False],
            "reservations": ["accepted_by_each", "accepted_by_all", "excluded"],
        }  # fmt: skip
        fields = {}
        for field in BY_NAME[kind].clear_fields:
            pool = pools.get(field) or [None]
            value = data.draw(st.sampled_from(pool))
            if value is not None:
                fields[field] = value
        if BY_NAME[kind].staleness is Staleness.GUARDED:
            version = version_of(state, fields.get("instrument", "rules"))
            fields["on"] = (fields.get("instrument", "rules"), version) if version else None
        return fields

    # -- what must stay true -------------------------------------------------------------------------------

    def _check_irregular(self, before: State, after: State) -> None:
        assert after.irregular[:-1] == before.irregular
        assert after.irregular[-1].index == before.size
        assert after == replace(before, size=before.size + 1, chains=after.chains, irregular=after.irregular)
        changed = [k for k in after.chains if after.chains[k] != before.chains.get(k)]
        assert changed in ([], [self.sim.history[-1].key])

    @invariant()
    def the_log_only_grows(self) -> None:
        assert self.sim.state.size == len(self.sim.acts()) >= self.size
        self.size = self.sim.state.size

    @invariant()
    def every_offer_passes(self) -> None:
        state = self.sim.state
        for person in PEOPLE:
            for offer in self._offers(person):
                act = self.sim.act(person, offer.kind, **{"on": None, **offer.clear})
                assert not examine(state, act), (person, offer, examine(state, act))

    @invariant()
    def nothing_is_adopted_while_a_bracket_is_open(self) -> None:
        for instrument in self.sim.state.instruments.values():
            for bracket in instrument.brackets.values():
                live = [a for a in bracket.alternatives if a.withdrawn is None]
                agreed = [a for a in live if a.supporters >= set(instrument.sides)]
                if bracket.reserved or live:
                    assert not is_adopted(self.sim.state, instrument), "even an agreed text needs its edition"
                assert not (bracket.reserved and agreed) or bracket.is_open(instrument.sides)

    @invariant()
    def nothing_binds_on_two_editions(self) -> None:
        for instrument in self.sim.state.instruments.values():
            if is_binding(self.sim.state, instrument):
                assert len({instrument.standing(s).edition for s in instrument.sides}) == 1
                assert (
                    instrument.edition
                    and instrument.standing(instrument.sides[0]).edition == instrument.edition.leaf
                )
            answers = finality(self.sim.state, instrument.id)
            assert answers.adopted.yes >= answers.authentic.yes >= answers.binding.yes >= answers.in_force.yes
            for answer in (answers.adopted, answers.authentic, answers.binding, answers.in_force):
                assert not (answer.yes and answer.missing), "yes, and something is missing"

    @invariant()
    def every_no_names_what_is_missing_and_every_yes_its_act(self) -> None:
        for instrument in self.sim.state.texts():
            found = finality(self.sim.state, instrument.id)
            assert found.in_force.yes or found.missing
            for answer in (found.adopted, found.authentic, found.binding, found.in_force):
                assert answer.yes is (answer.since is not None)
            pairs = list(combinations(instrument.sides, 2))
            assert set(found.bound_pairs) <= set(pairs)
            if found.binding.yes:
                assert [p for p in pairs if not opposed(instrument, *p)] == list(found.bound_pairs)

    @invariant()
    def a_step_is_taken_and_taken_back_within_powers(self) -> None:
        by_leaf = {m.leaf: m for m in self.sim.history if m.stands}
        for instrument in self.sim.state.texts():
            for side, standing in instrument.ladder.items():
                for step in standing.path:
                    moment = by_leaf[step.leaf]
                    assert isinstance(moment.before, State)
                    author = moment.before.people[moment.before.keys[moment.key].person]
                    assert author.side == side and author.left is None
                    assert author.role == "principal" or any(
                        m.holder == author.id and m.revoked is None for m in moment.before.mandates.values()
                    ), "a delegate without a mandate has moved its side"

    @invariant()
    def nobody_is_bound_without_authority(self) -> None:
        by_leaf = {m.leaf: m for m in self.sim.history if m.stands}
        for instrument in self.sim.state.instruments.values():
            for side, standing in instrument.ladder.items():
                if standing.step not in CONSENTED:
                    continue
                step = next(t for t in reversed(standing.path) if t.step is Step.BOUND)
                moment = by_leaf[step.leaf]
                kind = BY_NAME[moment.clear.__struct_config__.tag].name
                assert not moment.refusals
                assert isinstance(moment.before, State)
                assert carries(moment.before, moment, side, instrument, binding_capacity(kind, instrument))

    @invariant()
    def an_unauthorised_act_has_no_effect_before_confirmation(self) -> None:
        for pending in self.sim.state.unauthorised.values():
            path = self.sim.standing(pending.side, pending.instrument).path
            assert all(taken.leaf != pending.leaf for taken in path)

    @invariant()
    def every_turn_is_somebody_s(self) -> None:
        state = self.sim.state
        for turn in turns(state):
            assert turn.whose in state.people or turn.whose in ("A", "B", "C", "M")
            if turn.act in (
                "confirm_act",
                "confirm_minute",
                "adopt_rules",
                "support_alternative",
                "reserve_provision",
            ):
                owners = [
                    p.id for p in state.people.values() if turn.whose in (p.id, p.side) and p.left is None
                ]
                reachable = any(turn.act in [o.kind for o in offers(state, p)] for p in owners)
                assert reachable or not owners or state.phase.value in ("broken off", "concluded"), turn

    def teardown(self) -> None:
        assert fold_all(State(), self.sim.acts()) == self.sim.state, "the live state is a fresh fold"
        for key, leaf, clear in self.sim.acts()[:3]:
            replayed = examine(self.sim.state, place(self.sim.state, key, leaf, clear))
            assert replayed, "an act in the log cannot enter it again"


TestTalks = Talks.TestCase
TestTalks.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
