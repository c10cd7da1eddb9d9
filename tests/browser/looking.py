"""What a browser can say about an open page: too wide, too small to touch, or complaining."""

from __future__ import annotations

import shutil
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response

WIDTHS = (360, 768, 1280)
# A closed <details> takes no room, and everything in it must have room once it is open: open them all.
WIDER = """direction => {
  const root = document.documentElement, before = root.dir;
  root.dir = direction;
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
  const wide = [...document.querySelectorAll('body *')]
    .filter((one) => !one.closest('.unseen, .symbols, .skip, svg') && one.checkVisibility())
    .filter((one) => { const box = one.getBoundingClientRect();
      return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1); });
  const found = wide.slice(0, 3).map((one) => `${one.tagName}.${one.className} is wider than the window`);
  if (!wide.length && root.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
  document.querySelectorAll('details').forEach((one) => { one.open = false; });
  root.dir = before;
  return found; }"""
# A link within a line of words is as high as the line (WCAG 2.5.8, inline); everything else is 44 px high.
TOO_SMALL = """() => {
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
  const words = (one) => one.textContent.replace(/[\\s·]+/g, '').length;
  const withinALine = (link) => { const line = link.parentElement.closest('p, li, dd, dt, td, th, h2, h3, span');
    if (!line) return false;
    const links = [...line.querySelectorAll('a')].reduce((sum, one) => sum + words(one), 0);
    return getComputedStyle(link).display === 'inline' && words(line) > links; };
  // Whoever ticks a box touches the label around it.
  const touched = (one) => one.matches('[type=checkbox], [type=radio]') ? one.closest('label') ?? one : one;
  const found = [...document.querySelectorAll('a, summary, button, select, input:not([type=hidden])')]
    .filter((one) => one.checkVisibility() && !one.closest('.skip'))
    .filter((one) => touched(one).getBoundingClientRect().height < 43.5)
    .filter((one) => !(one.tagName === 'A' && withinALine(one)))
    .map((one) => `${one.textContent.trim()} is ${one.getBoundingClientRect().height} px high`);
  document.querySelectorAll('details').forEach((one) => { one.open = false; });
  return found; }"""


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )


def too_wide(tab: Page, direction: str) -> list[str]:
    """What is wider than the window, with every `details` open."""
    found: list[str] = tab.evaluate(WIDER, direction)
    return found


def too_small(tab: Page) -> list[str]:
    found: list[str] = tab.evaluate(TOO_SMALL)
    return found


def listen(tab: Page) -> list[str]:
    """A list that fills with what goes wrong in a tab: script errors, the console, requests that fail or leave."""
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    tab.on("console", lambda said: _add(complaints, _said(said)))
    tab.on("requestfailed", lambda request: _add(complaints, _failed(request)))
    tab.on("request", lambda request: _add(complaints, _abroad(request.url)))
    tab.on("response", lambda answer: _add(complaints, _refused(answer)))
    return complaints


def _add(complaints: list[str], complaint: str) -> None:
    if complaint:
        complaints.append(complaint)


def _said(message: ConsoleMessage) -> str:
    return f"console {message.type}: {message.text}" if message.type in ("error", "warning") else ""


def _failed(request: Request) -> str:
    # The icon comes after the page; the next page cancels it.
    return f"failed: {request.url}" if request.failure != "net::ERR_ABORTED" else ""


def _abroad(url: str) -> str:
    return f"another host: {url}" if urlsplit(url).hostname not in ("localhost", None) else ""


def _refused(answer: Response) -> str:
    """The page itself is looked at by its test; this is about what it brings along."""
    brought_along = not answer.request.is_navigation_request()
    return f"{answer.status}: {answer.url}" if brought_along and answer.status >= 400 else ""
