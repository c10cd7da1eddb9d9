"""What every store must do. A store's own test module inherits `StoreConformance` and gives the fixture."""

from __future__ import annotations

import threading

import pytest
from msgspec.structs import replace

from detente.store.port import (
    Append,
    Conflict,
    Cosignature,
    Feed,
    Head,
    SecondFactor,
    Stamp,
    Store,
    WrappedIdentity,
)
from detente.tlog.merkle import Edge, root_of
from detente.tlog.tile import TILE_WIDTH, tiles_of
from tests.store.growing import (
    CHAMBER,
    ORIGIN,
    append_after,
    append_to,
    entries_of,
    entry_of,
    fill,
)


def opening(origin: str = ORIGIN) -> Append:
    return append_after((), (), origin=origin)


def head_of(store: Store) -> Head:
    head = store.head(ORIGIN)
    assert head is not None
    return head


class StoreConformance:
    """`store`: an empty store, as a fixture."""

    # Appending and reading back

    def test_what_was_appended_is_read_back(self, store: Store) -> None:
        entries = [entry_of(0, disclosures=("one", "two")), entry_of(1), entry_of(2, disclosures=("three",))]
        append = append_after((), entries)
        store.append([append])
        assert store.head(ORIGIN) == append.head
        assert list(store.entries(ORIGIN, 0, 3)) == entries
        assert list(store.bare_entries(ORIGIN, 0, 3)) == [(e.entry, e.leaf) for e in entries]

    def test_ranges_are_half_open_and_end_with_the_log(self, store: Store) -> None:
        entries = fill(store, 1203, step=401)
        for start, stop in (
            (0, 0),
            (5, 2),
            (0, 1),
            (3, 5),
            (499, 501),
            (0, 1203),
            (1200, 5000),
            (-3, 2),
            (9, 2**70),
        ):
            expected = entries[max(start, 0) : max(stop, 0)]
            assert list(store.entries(ORIGIN, start, stop)) == expected
            assert [leaf for _, leaf in store.bare_entries(ORIGIN, start, stop)] == [e.leaf for e in expected]

    def test_a_log_grows_in_steps_to_the_same_head_as_at_once(self, store: Store) -> None:
        entries = entries_of(0, 7)
        for count in range(7):
            store.append([append_after(entries[:count], entries[count : count + 1])])
        head = store.head(ORIGIN)
        assert head and (head.size, head.edge) == (7, Edge.empty().extend(e.leaf for e in entries).hashes)

    def test_unknown_log_is_empty(self, store: Store) -> None:
        assert store.head(ORIGIN) is None
        assert store.origins() == ()
        assert list(store.entries(ORIGIN, 0, 9)) == []
        assert list(store.bare_entries(ORIGIN, 0, 9)) == []
        assert store.find(ORIGIN, 9, 9) == ()
        assert store.index_of_leaf(ORIGIN, bytes(32)) is store.index_of_submission(ORIGIN, "") is None
        assert store.disclosures(ORIGIN, [bytes(32)]) == {}
        assert store.tile(ORIGIN, 0, 0) is store.partial_tile(ORIGIN, 0, 0, 1) is None
        assert store.secret("key") is None

    def test_a_log_may_be_opened_empty_and_then_appended_to(self, store: Store) -> None:
        store.append([opening()])
        assert store.head(ORIGIN) == Head(ORIGIN, 0, (), opening().head.checkpoint)
        store.append([append_after((), entries_of(0, 2))])
        head = store.head(ORIGIN)
        assert head is not None and head.size == 2

    def test_a_log_is_opened_once(self, store: Store) -> None:
        store.append([opening()])
        with pytest.raises(Conflict):
            store.append([opening()])

    def test_logs_are_listed_in_the_order_opened(self, store: Store) -> None:
        origins = ("detente/z", "detente/a", "detente/m")
        for origin in origins:
            store.append([opening(origin)])
        assert store.origins() == origins

    def test_logs_do_not_mix(self, store: Store) -> None:
        here, there = [entry_of(0)], [entry_of(0, log=CHAMBER), entry_of(1, log=CHAMBER)]
        store.append([append_after((), here), append_after((), there, origin=CHAMBER)])
        assert list(store.entries(ORIGIN, 0, 9)) == here
        assert list(store.entries(CHAMBER, 0, 9)) == there
        assert store.index_of_leaf(CHAMBER, here[0].leaf) is None
        assert store.index_of_submission(ORIGIN, "submission-1") is None
        assert store.find(ORIGIN, 9, 9) == (0,)

    # Compare-and-swap

    @pytest.mark.parametrize("size", [0, 1, 3])
    def test_another_size_conflicts_and_nothing_is_stored(self, store: Store, size: int) -> None:
        entries = entries_of(0, 2)
        first = append_after((), entries)
        store.append([first])
        late = append_after(entries_of(10, 10 + size), [entry_of(50, disclosures=("late",))])
        with pytest.raises(Conflict):
            store.append([late], [("key", b"wrapped")])
        assert store.head(ORIGIN) == first.head
        assert list(store.entries(ORIGIN, 0, 99)) == entries
        assert store.index_of_leaf(ORIGIN, late.entries[0].leaf) is None
        assert store.secret("key") is None

    def test_a_log_that_is_not_opened_conflicts_with_any_size_but_nought(self, store: Store) -> None:
        with pytest.raises(Conflict):
            store.append([append_after(entries_of(0, 1), entries_of(1, 2))])
        assert store.origins() == ()

    def test_several_logs_are_stored_together_or_not_at_all(self, store: Store) -> None:
        first = append_after((), entries_of(0, 300))
        with pytest.raises(Conflict):
            store.append([first, append_after(entries_of(0, 4), entries_of(4, 5), origin=CHAMBER)])
        assert store.origins() == ()
        assert store.tile(ORIGIN, 0, 0) is None
        store.append([first, opening(CHAMBER)])
        assert store.origins() == (ORIGIN, CHAMBER)

    def test_one_log_may_stand_twice_in_a_transaction(self, store: Store) -> None:
        entries = entries_of(0, 600)
        steps = [append_after(entries[:start], entries[start : start + 300]) for start in (0, 300)]
        store.append(steps)
        assert store.head(ORIGIN) == steps[1].head
        assert store.tile(ORIGIN, 0, 1) == b"".join(entry.leaf for entry in entries[256:512])

    def test_of_writers_who_race_exactly_one_wins_each_size(self, store: Store) -> None:
        self.race([store] * 4)

    def race(self, stores: list[Store], size: int = 30) -> None:
        """Each of `stores`, on its own thread, tries each size once; their first meeting is arranged."""
        won: list[list[int]] = [[] for _ in stores]
        barrier = threading.Barrier(len(stores))

        def write(writer: int) -> None:
            for at in range(size):
                barrier.wait(timeout=60)
                try:
                    stores[writer].append([append_to_size(at, writer)])
                    won[writer].append(at)
                except Conflict:
                    pass

        entries = entries_of(0, size)

        def append_to_size(at: int, writer: int) -> Append:
            return append_after(entries[:at], entries[at : at + 1], mark=str(writer))

        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(len(stores))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(at for writer in won for at in writer) == list(range(size))
        assert list(stores[0].entries(ORIGIN, 0, size + 1)) == entries

    def test_a_reader_sees_only_whole_transactions(self, store: Store) -> None:
        store.append([opening(), opening(CHAMBER)])
        torn: list[tuple[int, int]] = []
        stop = threading.Event()

        def read() -> None:
            while not stop.is_set():
                # The chamber is written first: whoever sees its size must then see as much of the main log.
                chamber, main = store.head(CHAMBER), store.head(ORIGIN)
                assert chamber and main
                if chamber.size > main.size or len(list(store.bare_entries(ORIGIN, 0, 999))) < main.size:
                    torn.append((chamber.size, main.size))

        reader = threading.Thread(target=read)
        reader.start()
        try:
            for number in range(60):
                chamber = append_to(store, [entry_of(number, log=CHAMBER)], origin=CHAMBER)
                store.append([chamber, append_to(store, [entry_of(number)])])
        finally:
            stop.set()
            reader.join()
        assert torn == []

    @pytest.mark.parametrize(
        "change",
        [
            {"size": 3},
            {"edge": ()},
            {"edge": (bytes(31),)},
        ],
    )
    def test_an_append_that_contradicts_itself_is_a_fault_of_the_caller(
        self, store: Store, change: dict[str, object]
    ) -> None:
        append = append_after(entries_of(0, 1), entries_of(1, 2))
        with pytest.raises(ValueError):
            store.append([replace(append, head=replace(append.head, **change))])
        with pytest.raises(ValueError, match="without entries"):
            store.append([replace(append, expected_size=2, entries=())])

    # Tiles

    @pytest.mark.parametrize("step", [1, 100, 255, 256, 257, 1000])
    def test_tiles_are_those_of_the_tree(self, store: Store, step: int) -> None:
        leaves = [entry.leaf for entry in fill(store, 520 if step == 1 else 1030, step=step)]
        for name in tiles_of(len(leaves)):
            assert name.level is not None
            span = TILE_WIDTH**name.level
            first = name.index * TILE_WIDTH
            hashes = [root_of(leaves[i * span : (i + 1) * span]) for i in range(first, first + name.width)]
            full = store.tile(ORIGIN, name.level, name.index)
            assert full == (b"".join(hashes) if name.width == TILE_WIDTH else None)
            for width in {1, name.width // 2 or 1, name.width}:
                partial = store.partial_tile(ORIGIN, name.level, name.index, width)
                assert partial == b"".join(hashes[:width])

    @pytest.mark.parametrize("size", [255, 256, 257])
    def test_a_tile_is_full_from_256(self, store: Store, size: int) -> None:
        fill(store, size)
        assert (store.tile(ORIGIN, 0, 0) is not None) == (size >= 256)
        assert (store.partial_tile(ORIGIN, 1, 0, 1) is not None) == (size >= 256)
        assert (store.partial_tile(ORIGIN, 0, 1, 1) is not None) == (size == 257)

    def test_a_tile_that_the_log_has_not_reached_is_absent(self, store: Store) -> None:
        fill(store, 300)
        for level, index, width in ((0, 1, 45), (0, 2, 1), (1, 0, 2), (2, 0, 1), (0, 0, 0), (0, 0, 257)):
            assert store.partial_tile(ORIGIN, level, index, width) is None
        for level, index in ((0, 1), (1, 0), (-1, 0), (0, -1), (63, 2**80)):
            assert store.tile(ORIGIN, level, index) is None
            assert store.partial_tile(ORIGIN, level, index, 256) is None

    def test_heads_of_all_logs_are_those_of_each(self, store: Store) -> None:
        assert list(store.heads()) == []
        fill(store, 300)
        store.append([append_after((), entries_of(0, 2), origin=f"{ORIGIN}/mediators")])
        store.keep_cosigned(ORIGIN, 10, b"cosigned at ten")
        assert [head.origin for head in store.heads()] == list(store.origins())
        assert list(store.heads()) == [store.head(origin) for origin in store.origins()]

    def test_the_logs_that_hold_a_kind(self, store: Store) -> None:
        for number, kinds in enumerate((("minute",), ("erase", "minute"), (), ("minute", "erase"))):
            entries = [entry_of(i, kind=kind) for i, kind in enumerate(kinds)]
            store.append([append_after((), entries, origin=f"detente/log{number}")])
        assert store.origins_holding("erase") == ("detente/log1", "detente/log3")
        assert store.origins_holding("convene") == ()

    def test_a_tile_of_level_one(self, store: Store) -> None:
        """65,600 entries in three transactions: the second completes 255 tiles, the third one on each level."""
        entries = entries_of(0, 65_600)
        for start, stop in ((0, 100), (100, 65_500), (65_500, 65_600)):
            store.append([append_to(store, entries[start:stop])])
        leaves = [entry.leaf for entry in entries]
        roots = [root_of(leaves[at : at + 256]) for at in range(0, 65_536, 256)]
        assert store.tile(ORIGIN, 1, 0) == b"".join(roots)
        assert store.partial_tile(ORIGIN, 2, 0, 1) == root_of(roots)
        assert store.partial_tile(ORIGIN, 0, 256, 64) == b"".join(leaves[65_536:])

    # Finding

    def test_find_by_author_and_kind_newest_first(self, store: Store) -> None:
        people, kinds = ("A", "B", "M"), ("propose", "minute")
        entries = [entry_of(i, author=people[i % 3], kind=kinds[i % 2]) for i in range(40)]
        store.append([append_after((), entries)])
        for author in (None, "A", "B", "nobody"):
            for kind in (None, "minute", "assent"):
                for stop, limit in (
                    (40, 100),
                    (40, 3),
                    (17, 2),
                    (0, 5),
                    (40, 0),
                    (-1, 3),
                    (2**70, 1),
                    (40, -1),
                    (40, 2**70),
                ):
                    expected = [
                        index
                        for index, entry in enumerate(entries[: max(stop, 0)])
                        if author in (None, entry.author) and kind in (None, entry.kind)
                    ]
                    found = store.find(ORIGIN, stop, limit, author=author, kind=kind)
                    assert found == tuple(expected[::-1][: max(limit, 0)])

    def test_an_entry_is_found_by_its_leaf_and_by_its_submission(self, store: Store) -> None:
        entries = fill(store, 300)
        assert store.index_of_leaf(ORIGIN, entries[299].leaf) == 299
        assert store.index_of_submission(ORIGIN, entries[0].submission) == 0
        assert store.index_of_leaf(ORIGIN, bytes(32)) is None
        assert store.index_of_submission(ORIGIN, "submission-300") is None

    def test_the_first_of_two_equal_entries_is_found(self, store: Store) -> None:
        store.append([append_after((), [entry_of(0), entry_of(1), entry_of(1)])])
        assert store.index_of_leaf(ORIGIN, entry_of(1).leaf) == 1
        assert store.index_of_submission(ORIGIN, entry_of(1).submission) == 1

    # Disclosures

    def test_disclosures_come_by_leaf_in_their_order(self, store: Store) -> None:
        entries = [entry_of(i, disclosures=tuple(f"{i}-{p}" for p in "cab"[: i % 4])) for i in range(1100)]
        store.append([append_after((), entries)])
        leaves = [entry.leaf for entry in entries]
        assert store.disclosures(ORIGIN, [*leaves, leaves[1], bytes(32)]) == {
            entry.leaf: entry.disclosures for entry in entries if entry.disclosures
        }

    def test_an_erased_disclosure_is_absent_and_the_others_stay(self, store: Store) -> None:
        entries = [entry_of(0, disclosures=("title", "reason")), entry_of(1, disclosures=("place",))]
        store.append([append_after((), entries)])
        store.erase(ORIGIN, {entries[0].leaf: ["title", "never there"], entries[1].leaf: ["place"]})
        assert store.disclosures(ORIGIN, [entry.leaf for entry in entries]) == {entries[0].leaf: ("reason",)}
        kept = list(store.entries(ORIGIN, 0, 2))
        assert [entry.disclosures for entry in kept] == [("reason",), ()]
        assert [entry.entry for entry in kept] == [entry.entry for entry in entries]
        store.erase(ORIGIN, {entries[0].leaf: ["title"], bytes(32): ["reason"]})  # again, and of no entry
        store.erase("detente/of-no-log", {entries[0].leaf: ["reason"]})
        assert store.disclosures(ORIGIN, [entries[0].leaf]) == {entries[0].leaf: ("reason",)}

    # Secrets, cosigned checkpoints, those signed again, stamps

    def test_secrets_are_kept_with_or_without_an_append(self, store: Store) -> None:
        store.append([opening()], [("key/log", b"\x00wrapped")])
        store.append((), [("key/keeper", b"other"), ("key/third", b"")])
        assert (store.secret("key/log"), store.secret("key/keeper")) == (b"\x00wrapped", b"other")
        assert store.secret("key/third") == b""

    def test_a_secret_is_never_overwritten(self, store: Store) -> None:
        store.append((), [("key", b"first")])
        with pytest.raises(Conflict):
            store.append([opening()], [("key", b"second")])
        assert (store.secret("key"), store.origins()) == (b"first", ())

    def test_a_cosigned_checkpoint_gives_way_only_to_one_as_large(self, store: Store) -> None:
        fill(store, 5)
        kept = []
        for size, note in ((3, b"three"), (2, b"two"), (3, b"three and more"), (5, b"five"), (4, b"four")):
            store.keep_cosigned(ORIGIN, size, note)
            head = store.head(ORIGIN)
            assert head is not None
            kept.append(head.cosigned)
        assert kept == [b"three", b"three", b"three and more", b"five", b"five"]

    def test_a_cosigned_checkpoint_ahead_of_the_log_is_not_kept(self, store: Store) -> None:
        fill(store, 5)
        store.keep_cosigned(ORIGIN, 6, b"six")
        store.keep_cosigned("detente/unknown", 0, b"none")
        head = store.head(ORIGIN)
        assert head is not None and head.cosigned == b""
        assert store.origins() == (ORIGIN,)

    def test_a_log_is_stopped_by_the_first_note_until_it_goes_on(self, store: Store) -> None:
        fill(store, 2)
        assert head_of(store).stopped == b""
        store.go_on(ORIGIN)
        store.stop("detente/unknown", b"none")
        for note in (b"first", b"second"):
            store.stop(ORIGIN, note)
            assert head_of(store).stopped == b"first"
        store.append([append_to(store, [entry_of(2)])])  # what is refused is for the host to say
        store.keep_cosigned(ORIGIN, 3, b"three")
        assert (head_of(store).stopped, head_of(store).cosigned) == (b"first", b"three")
        store.go_on(ORIGIN)
        assert (head_of(store).stopped, head_of(store).cosigned) == (b"", b"three")

    def test_an_append_leaves_the_cosigned_checkpoint_as_it_is(self, store: Store) -> None:
        fill(store, 2)
        store.keep_cosigned(ORIGIN, 2, b"two")
        append = append_to(store, [entry_of(2)])
        store.append([replace(append, head=replace(append.head, cosigned=b"not by this way"))])
        assert store.head(ORIGIN) == replace(append.head, cosigned=b"two")

    def test_of_each_cosigner_the_latest_is_kept_beside_the_largest_note(self, store: Store) -> None:
        fill(store, 5)
        lines = [line_of("a", 3, 10), line_of("b", 3, 11), line_of("a", 2, 99), line_of("a", 3, 9), line_of("a", 5, 1),
                 line_of("b", 3, 12)]  # fmt: skip
        for line in lines:
            store.keep_cosigned(ORIGIN, line.size, line.note, [line])
        assert store.cosignatures(ORIGIN) == (lines[4], lines[5])
        head = store.head(ORIGIN)
        assert head is not None and head.cosigned == lines[4].note
        store.keep_cosigned(ORIGIN, 4, b"four", [line_of("c", 4, 3), line_of("a", 4, 3)])
        assert [line.cosigner for line in store.cosignatures(ORIGIN)] == ["a", "b", "c"]
        assert store.cosignatures(ORIGIN)[0] == lines[4]

    def test_lines_kept_by_themselves_leave_the_largest_note_as_it_is(self, store: Store) -> None:
        fill(store, 5)
        store.keep_cosigned(ORIGIN, 3, b"three", [line_of("a", 3, 10)])
        store.keep_lines(ORIGIN, [line_of("b", 5, 1), line_of("a", 2, 99)])
        store.keep_lines(ORIGIN, [line_of("c", 6, 1)])
        store.keep_lines("detente/unknown", [line_of("a", 0, 1)])
        assert store.cosignatures(ORIGIN) == (line_of("a", 3, 10), line_of("b", 5, 1))
        assert head_of(store).cosigned == b"three"

    def test_a_cosignature_ahead_of_the_log_or_of_no_log_is_not_kept(self, store: Store) -> None:
        store.append([opening("detente/other")])
        fill(store, 5)
        for origin, size in ((ORIGIN, 6), ("detente/unknown", 0)):
            store.keep_cosigned(origin, size, b"note", [line_of("a", size, 1)])
            assert store.cosignatures(origin) == ()
        store.keep_cosigned(ORIGIN, 5, b"note", [line_of("a", 5, 1)])
        assert store.cosignatures("detente/other") == () and store.cosignatures(ORIGIN) == (
            line_of("a", 5, 1),
        )

    def test_a_checkpoint_signed_again_is_kept_apart_from_the_cosigned_one(self, store: Store) -> None:
        fill(store, 5)
        store.keep_cosigned(ORIGIN, 3, b"cosigned")
        kept = []
        for size, note in ((2, b"two"), (4, b"four"), (3, b"three"), (4, b"four again"), (6, b"six")):
            store.keep_signed_again(ORIGIN, size, note)
            head = store.head(ORIGIN)
            assert head is not None and head.cosigned == b"cosigned"
            kept.append(head.signed_again)
        assert kept == [b"two", b"four", b"four", b"four again", b"four again"]
        append = append_to(store, [entry_of(5)])
        store.append([append])
        after = store.head(ORIGIN)
        assert after is not None and after.signed_again == b"four again" and after.cosigned == b"cosigned"
        store.keep_signed_again("detente/unknown", 0, b"none")
        assert store.origins() == (ORIGIN,)

    def test_stamps_are_read_by_size_and_place_and_never_written_over(self, store: Store) -> None:
        fill(store, 5)
        store.append([opening("detente/other")])
        first, second, over = stamp_of(3), stamp_of(5), stamp_of(3, place=1)
        other = stamp_of(3, origin="detente/other")
        for stamp in (
            second,
            first,
            over,
            other,
            replace(first, answer=b"another"),
            stamp_of(1, origin="none"),
        ):
            store.keep_stamp(stamp)
        assert store.stamps(ORIGIN) == (first, over, second)
        assert store.stamps("detente/other") == (other,) and store.stamps("none") == ()
        store.keep_stamp(stamp_of(5, place=1))
        assert (store.newest_stamp(ORIGIN), store.newest_stamp("none")) == (second, None)

    # Feeds

    def test_feeds_are_found_by_digest_and_listed_by_person_in_the_order_kept(self, store: Store) -> None:
        store.append([opening(), opening("detente/other")])
        first, later = feed_of("b"), feed_of("a")
        others = feed_of("c", person="B"), feed_of("d", origin="detente/other")
        for feed in (first, later, *others):
            store.keep_feed(feed)
        assert store.feeds(ORIGIN, "A") == (first, later)
        assert store.feeds("detente/other", "A") == (others[1],)
        assert [store.feed(f.digest) for f in (first, *others)] == [first, *others]
        assert store.feed("e" * 64) is None and store.feeds(ORIGIN, "C") == ()

    def test_a_feed_that_is_dropped_is_gone_and_the_others_stay(self, store: Store) -> None:
        store.append([opening()])
        for letter in "ab":
            store.keep_feed(feed_of(letter))
        for _time in range(2):
            store.drop_feed("a" * 64)
            assert store.feed("a" * 64) is None and store.feeds(ORIGIN, "A") == (feed_of("b"),)

    def test_a_feed_of_no_log_is_not_kept(self, store: Store) -> None:
        store.keep_feed(feed_of("a"))
        assert store.feed("a" * 64) is None

    # Identities behind a passkey

    def test_wrapped_identities_are_found_by_credential_and_listed_by_person(self, store: Store) -> None:
        store.append([opening(), opening("detente/other")])
        first, later = wrapped_of("b"), wrapped_of("a")
        others = wrapped_of("c", person="B"), wrapped_of("b", origin="detente/other", wrapped=b"there")
        for identity in (first, later, *others):
            store.keep_wrapped(identity)
        assert store.wrapped_of(ORIGIN, "A") == (first, later)
        assert store.wrapped(ORIGIN, "b") == first and store.wrapped("detente/other", "b") == others[1]
        assert store.wrapped("detente/other", "a") is None and store.wrapped_of(ORIGIN, "C") == ()

    def test_a_wrapped_identity_is_never_written_over(self, store: Store) -> None:
        store.append([opening()])
        first = wrapped_of("a")
        for identity in (first, wrapped_of("a", person="B"), wrapped_of("a", wrapped=b"another")):
            store.keep_wrapped(identity)
        assert store.wrapped(ORIGIN, "a") == first
        assert store.wrapped_of(ORIGIN, "A") == (first,) and store.wrapped_of(ORIGIN, "B") == ()

    def test_a_wrapped_identity_that_is_dropped_is_gone_and_the_others_stay(self, store: Store) -> None:
        store.append([opening(), opening("detente/other")])
        stay = wrapped_of("b"), wrapped_of("a", origin="detente/other")
        for identity in (wrapped_of("a"), *stay):
            store.keep_wrapped(identity)
        for _time in range(2):
            store.drop_wrapped(ORIGIN, "a")
            assert store.wrapped(ORIGIN, "a") is None and store.wrapped_of(ORIGIN, "A") == (stay[0],)
        assert store.wrapped("detente/other", "a") == stay[1]

    def test_a_second_factor_is_of_one_key_of_one_log_and_never_written_over(self, store: Store) -> None:
        store.append([opening(), opening("detente/other")])
        first, there = factor_of("a"), factor_of("a", origin="detente/other")
        for factor in (first, factor_of("a", credential="another"), there, factor_of("b")):
            store.keep_factor(factor)
        assert store.factor(ORIGIN, "a") == first and store.factor("detente/other", "a") == there
        assert store.factor(ORIGIN, "c") is None and store.factor("detente/other", "b") is None
        for _ in range(2):
            store.drop_factor(ORIGIN, "a")
            assert store.factor(ORIGIN, "a") is None
            assert store.factor(ORIGIN, "b") is not None and store.factor("detente/other", "a") == there

    def test_a_second_factor_of_no_log_is_not_kept(self, store: Store) -> None:
        store.keep_factor(factor_of("a"))
        assert store.factor(ORIGIN, "a") is None

    def test_a_wrapped_identity_of_no_log_is_not_kept(self, store: Store) -> None:
        store.keep_wrapped(wrapped_of("a"))
        assert store.wrapped(ORIGIN, "a") is None


def line_of(cosigner: str, size: int, time: int) -> Cosignature:
    return Cosignature(cosigner, size, time, f"{cosigner} {size} {time}".encode())


def wrapped_of(
    credential: str, *, origin: str = ORIGIN, person: str = "A", wrapped: bytes = b"\x00wrapped"
) -> WrappedIdentity:
    return WrappedIdentity(origin, credential, person, "public", "sealing", wrapped, 0)


def stamp_of(size: int, *, origin: str = ORIGIN, place: int = 0) -> Stamp:
    return Stamp(origin, size, place, b"note of %d" % size, b"answer %d.%d" % (size, place), "Office", 10, 20)


def feed_of(letter: str, *, origin: str = ORIGIN, person: str = "A", made: int = 0) -> Feed:
    return Feed(letter * 64, origin, person, "key", "xyzw", made)


def factor_of(key: str, *, origin: str = ORIGIN, credential: str = "credential") -> SecondFactor:
    return SecondFactor(origin, key, credential, b"\x00public", "localhost", 0)
