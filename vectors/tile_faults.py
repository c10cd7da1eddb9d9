"""Paths of tiles, hash tiles and entry bundles (C2SP tlog-tiles): sound ones, and single faults."""

from __future__ import annotations

from log_parts import ENTRIES, LEAVES, Vector, Vectors

from detente.tlog.tile import format_entry_bundle, format_tile

SOUND_PATHS = {
    "sound_full": ("tile/0/000", 0, 0, 256),
    "sound_partial": ("tile/0/273.p/112", 0, 273, 112),
    "sound_level": ("tile/63/x001/000.p/1", 63, 1000, 1),
    "sound_three_groups": ("tile/0/x001/x234/067", 0, 1234067, 256),
    "sound_entries": ("tile/entries/273.p/112", None, 273, 112),
}

FAULTY_PATHS = {
    "level_leading_zero": ("The level is written with a leading zero.", "tile/00/000"),
    "level_64": ("There is no level above 63.", "tile/64/000"),
    "level_negative": ("The level is negative.", "tile/-1/000"),
    "level_data": ("An entry bundle goes by another name.", "tile/data/000"),
    "index_short": ("The index has two digits.", "tile/0/67"),
    "index_group_without_x": ("A group before the last has no x.", "tile/0/001/067"),
    "index_leading_group": ("A group of zeros stands first.", "tile/0/x000/067"),
    "index_x_at_last_group": ("The last group has an x.", "tile/0/x067"),
    "index_eight_groups": ("The index has eight groups.", "tile/0/x001" + "/x000" * 6 + "/000"),
    "index_capital_x": ("A group has a capital X.", "tile/0/X001/067"),
    "width_zero": ("A tile of no hashes has no name.", "tile/0/000.p/0"),
    "width_full": ("A full tile is named by its width.", "tile/0/000.p/256"),
    "width_leading_zero": ("The width is written with a leading zero.", "tile/0/000.p/07"),
    "width_missing": ("The width is missing.", "tile/0/000.p/"),
    "slash_at_end": ("A slash stands at the end.", "tile/0/000/"),
    "slash_at_start": ("A slash stands at the start.", "/tile/0/000"),
    "newline_at_end": ("A line end stands at the end.", "tile/0/000\n"),
    "parent": ("The path leads out of the log.", "tile/0/../../host.key"),
    "escaped": ("A slash is escaped.", "tile/0%2F000"),
    "query": ("A query follows the path.", "tile/0/000?width=7"),
    "other_digits": ("The index is written in Arabic-Indic digits.", "tile/0/٠٠٠"),
}


def _path_vectors() -> Vectors:
    sound: Vectors = {
        f"path_{name}": {
            "about": "A tile's path." if level is not None else "An entry bundle's path.",
            "path": path,
            "expect": {"stage": "accepted", "code": "", "level": level, "index": index, "width": width},
        }
        for name, (path, level, index, width) in SOUND_PATHS.items()
    }
    return sound | {
        f"path_{name}": {"about": about, "path": path, "expect": {"stage": "tile", "code": "tile.path"}}
        for name, (about, path) in FAULTY_PATHS.items()
    }


def _content(kind: str, about: str, raw: bytes, code: str = "", **expected: object) -> Vector:
    expect = {"stage": "tile" if code else "accepted", "code": code, **expected}
    return {"about": about, kind: raw.hex(), "expect": expect}


def tile_vectors() -> Vectors:
    tile, bundle = format_tile(LEAVES), format_entry_bundle(ENTRIES)
    return _path_vectors() | {
        "hashes_sound": _content(
            "hashes", "A partial tile of five hashes.", tile, items=[leaf.hex() for leaf in LEAVES]
        ),
        "hashes_cut_short": _content("hashes", "The last hash lacks a byte.", tile[:-1], "tile.hash"),
        "hashes_none": _content("hashes", "A tile of no hashes.", b"", "tile.width"),
        "hashes_257": _content("hashes", "A tile of 257 hashes.", bytes(257 * 32), "tile.width"),
        "bundle_sound": _content(
            "bundle", "A bundle of five entries.", bundle, items=[entry.hex() for entry in ENTRIES]
        ),
        "bundle_cut_short": _content("bundle", "The last entry lacks a byte.", bundle[:-1], "tile.truncated"),
        "bundle_cut_in_a_length": _content(
            "bundle", "Half a length follows the last entry.", bundle + b"\0", "tile.truncated"
        ),
        "bundle_length_beyond_the_end": _content(
            "bundle",
            "An entry says that it is longer than the bundle.",
            b"\xff\xff" + bundle[2:],
            "tile.truncated",
        ),
        "bundle_none": _content("bundle", "A bundle of no entries.", b"", "tile.width"),
        "bundle_257": _content("bundle", "A bundle of 257 entries.", bytes(257 * 2), "tile.width"),
    }
