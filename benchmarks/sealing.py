"""Sealing content to a chamber of eight, and opening it: on the command line, and in Chromium as a page does it."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from typing import Final

from playwright.sync_api import sync_playwright

from benchmarks.figure import Figure, median_rate
from detente.sealing.identity import make_identity, public_of
from detente.sealing.seal import seal, unseal
from tests.javascript.pages import CHROMIUM, FLAGS, served

SIZES: Final = (1_024, 8 * 2**20)
"""Bytes: a note, and half of the largest file."""
READERS: Final = 8
_IN_THE_PAGE: Final = """async ([size, readers, times]) => {
  const { seal, unseal } = await import("/static/js/sealing/age.js");
  const { makeIdentity, publicOf } = await import("/static/js/sealing/identity.js");
  const identities = await Promise.all(Array.from({ length: readers }, () => makeIdentity()));
  const keys = await Promise.all(identities.map(publicOf));
  const content = new Uint8Array(size).fill(7);
  let file = await seal(content, keys);
  const rate = async (work) => {
    const start = performance.now();
    for (let turn = 0; turn < times; turn += 1) await work();
    return (1000 * times) / (performance.now() - start);
  };
  return [
    await rate(async () => { file = await seal(content, keys); }),
    await rate(() => unseal(file, identities.at(-1))),
  ];
}"""


def measure(runs: int) -> Iterator[Figure]:
    for size in SIZES:
        times = 200 if size < 2**20 else 4
        here, there = _python(size, times, runs), _chromium(size, times, runs)
        for deed, ours, browser in zip(("seal", "open"), here, there, strict=True):
            yield _figure(f"{deed} {_said(size)} for {READERS}, command line", ours, size, runs)
            yield _figure("  the same, Chromium", browser, size, runs)


def _said(size: int) -> str:
    return f"{size // 1024:,} KiB" if size < 2**20 else f"{size // 2**20} MiB"


def _figure(what: str, rate: float, size: int, runs: int) -> Figure:
    """Small content is a matter of keys, large content of bytes."""
    if size < 2**20:
        return Figure(what, rate, "files/s", runs)
    return Figure(what, rate * size / 1e6, "MB/s", runs)


def _python(size: int, times: int, runs: int) -> tuple[float, float]:
    identities = [make_identity() for _ in range(READERS)]
    keys, content = [public_of(identity) for identity in identities], os.urandom(size)
    file = seal(content, keys)
    return (
        median_rate(times, lambda: [seal(content, keys) for _ in range(times)], runs),
        median_rate(times, lambda: [unseal(file, identities[-1]) for _ in range(times)], runs),
    )


def _chromium(size: int, times: int, runs: int) -> tuple[float, float]:
    with served() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.goto(f"http://localhost:{port}/")
        page.wait_for_selector("html[data-loaded]", state="attached")
        found = [page.evaluate(_IN_THE_PAGE, [size, READERS, times]) for _ in range(runs)]
        browser.close()
    sealed, opened = zip(*found, strict=True)
    return statistics.median(sealed), statistics.median(opened)
