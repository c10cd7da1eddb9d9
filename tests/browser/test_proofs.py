"""A proof in the hands of somebody who has nothing else: a file opened from disk with the network off, the page of a
host, and a sheet of paper before a camera."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from detente.acts.convening import Convene
from detente.acts.kinds import read_act
from detente.cli.verify import CONTAINERS
from detente.proofs.misconduct import check_evidence, read_evidence
from detente.proofs.parts import proof_in
from detente.proofs.unchained import read_unchained
from detente.signing.envelope import parse_envelope
from detente.tlog.signed_note import NoteSigner, format_vkey
from detente.web.checker import checker_page
from tests.browser.looking import WIDTHS, listen, too_small, too_wide
from tests.browser.scanning import codes_of
from tests.depositary.talks import NOW, WITNESSES, Talks, cosigner_named, open_host
from tests.web.hosting import address, on_a_socket

pytestmark = pytest.mark.browser

VECTORS = Path(__file__).parents[2] / "vectors" / "proved"
SPEC_OF_EVIDENCE = VECTORS.parents[1] / "docs/specs/evidence-against-a-log.md"
SECRET = "The road stays open, they say."


def vector(name: str) -> bytes:
    raw: str = json.loads((VECTORS / f"{name}.json").read_text("ascii"))["raw"]
    return raw.encode("latin-1")


@pytest.fixture(scope="module")
def talks() -> Talks:
    talks = Talks(open_host(), cosigners=WITNESSES, quorum=2).convene().seat().open_text()
    talks.issue()
    talks.say("B", SECRET)
    talks.cosign(NOW + 1, NOW + 2)
    return talks


@pytest.fixture(scope="module")
def at(talks: Talks) -> Iterator[str]:
    with on_a_socket(talks.depositary) as where:
        yield where.replace("127.0.0.1", "localhost")


@pytest.fixture
def alone(browser: Browser) -> Iterator[Page]:
    """A tab of a browser with the network off."""
    context = browser.new_context()
    context.set_offline(True)
    tab = context.new_page()
    complaints = listen(tab)
    yield tab
    context.close()
    assert complaints == []


def opened_from_disk(tab: Page, folder: Path, page: bytes) -> None:
    file = folder / "page.html"
    file.write_bytes(page)
    tab.goto(file.as_uri())


def test_a_page_from_disk_checks_the_proof_that_it_brings(alone: Page, tmp_path: Path) -> None:
    opened_from_disk(alone, tmp_path, checker_page(vector("sound_with_names")))
    found = alone.locator("#found")
    expect(found.get_by_role("heading")).to_have_text("✓ Everything in this proof holds.")
    for words in (
        "Office of B (B), admitted as delegate of side B",
        "Talks on a road",
        "harbour.example, 2026-03-02 10:00:00",
        "Act 4 of the 5 acts in the main log",
        "whether the act kept the rules",
    ):
        expect(found).to_contain_text(words)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("signature", "envelope.signature"),
        ("another_root", "proof.root"),
        ("word", "Line 3: it should begin with “proves”."),
        ("part_missing", "these are missing: 1."),
    ],
)
def test_it_says_what_broke_and_where(alone: Page, tmp_path: Path, name: str, said: str) -> None:
    opened_from_disk(alone, tmp_path, checker_page(vector(name)))
    expect(alone.locator("#found h2")).to_have_text("✗ This proof does not hold.")
    expect(alone.locator("#found")).to_contain_text(said)


def test_an_empty_one_checks_a_file_that_is_chosen(alone: Page, tmp_path: Path) -> None:
    opened_from_disk(alone, tmp_path, checker_page())
    expect(alone.locator("#found")).to_be_hidden()
    proof = tmp_path / "note.proof"
    proof.write_bytes(vector("sound_chamber"))
    alone.set_input_files("#chosen", proof)
    expect(alone.locator("#found")).to_contain_text("Act 1 of the 1 acts in the chamber side-B")
    expect(alone.locator("#found")).to_contain_text("Ask the capital.")
    alone.fill("#pasted", vector("sound").decode().rstrip("\n"))
    alone.get_by_role("button", name="Check what is pasted").click()
    expect(alone.locator("#found")).to_contain_text("The road stays open.")


# --- under a policy of the reader's own


COSIGNER = "harbour.example+"


def policy(quorum: str = "both", *, besides: str = "") -> bytes:
    """Of the cosigner of the vectors, and of another who has signed nothing there."""
    (ours,) = (vkey for vkey in vkeys_in(vector("sound")) if vkey.startswith(COSIGNER))
    other = format_vkey(cosigner_named("upland.example").key)
    lines = (f"witness harbour {ours}", f"witness upland {other}", "group both all harbour upland", besides)
    return "\n".join((*lines, f"quorum {quorum}", "")).encode()


def vkeys_in(proof: bytes) -> list[str]:
    convening = next(line for line in proof.splitlines() if line.startswith(b"act 1 ")).split(b" ")[2]
    clear = read_act(parse_envelope(convening).payload)
    assert isinstance(clear, Convene)
    return list(clear.cosigners)


def chosen(*files: tuple[str, bytes]) -> list[FilePayload]:
    return [{"name": name, "mimeType": "text/plain", "buffer": raw} for name, raw in files]


def test_a_policy_that_comes_with_the_proof_is_met_or_says_who_is_missing(
    alone: Page, tmp_path: Path
) -> None:
    opened_from_disk(alone, tmp_path, checker_page())
    found = alone.locator("#found")
    alone.set_input_files(
        "#chosen", chosen(("ours.policy", policy("harbour")), ("act.proof", vector("sound")))
    )
    expect(found.locator("h2")).to_have_text("✓ Everything in this proof holds, and your policy is met.")
    expect(found).to_contain_text("✓ harbour has cosigned (harbour.example)")
    expect(alone.locator("#demanded")).to_have_value(policy("harbour").decode())
    alone.locator("#demanded").fill(policy().decode())
    alone.get_by_role("button", name="Check what is pasted").focus()
    expect(found.locator("h2")).to_have_text("✗ This proof holds, but your policy is not met.")
    expect(found).to_have_class("found broken")
    expect(found).to_contain_text("✗ “both”: 1 of 2, and 2 are asked for")
    expect(found).to_contain_text("✗ no cosignature by upland (upland.example)")
    expect(found).to_contain_text("The road stays open.")


def test_a_policy_says_who_else_has_signed_and_whose_log_it_believes(alone: Page, tmp_path: Path) -> None:
    opened_from_disk(alone, tmp_path, checker_page())
    found = alone.locator("#found")
    alone.set_input_files(
        "#chosen", chosen(("none.policy", b"quorum none\n"), ("act.proof", vector("sound")))
    )
    expect(found).to_contain_text("It asks for no cosignature, so it is met.")
    expect(found).to_contain_text(
        "Signed too by keys that the policy does not name, which count for nothing: harb"
    )
    log = f"log {format_vkey(NoteSigner.from_seed('elsewhere.example', bytes(32)).key)}"
    alone.set_input_files("#chosen", chosen(("another.policy", policy("harbour", besides=log))))
    expect(found.locator("h2")).to_have_text("✗ This proof holds, but your policy is not met.")
    expect(found).to_contain_text("policy.log")


def test_a_policy_that_cannot_be_used_names_its_line(alone: Page, tmp_path: Path) -> None:
    opened_from_disk(alone, tmp_path, checker_page(vector("sound")))
    found = alone.locator("#found")
    for bent, said in (
        (
            policy().replace(b"all harbour", b"3 harbour"),
            "Line 3: it asks for no number from 1 to that of its",
        ),
        (
            policy().replace(b"\n", b"\r\n"),
            "Line 1: a control character, such as a carriage return, stands in it.",
        ),
        (policy()[:-1], "Line 5: the file ends in the middle of this line."),
    ):
        alone.set_input_files("#chosen", chosen(("bent.policy", bent)))
        expect(found.locator("h2")).to_have_text("✗ This policy cannot be used.")
        expect(found).to_contain_text(said)
        expect(found).not_to_contain_text("The road stays open.")


# --- what else somebody may be given


def test_evidence_against_a_log_is_judged_in_the_words_of_the_command_line(
    alone: Page, tmp_path: Path
) -> None:
    spec = SPEC_OF_EVIDENCE.read_text("utf-8")
    evidence = spec.partition("```evidence\n")[2].partition("```")[0].encode()
    said = check_evidence(read_evidence(io.BytesIO(evidence))).sentence
    opened_from_disk(alone, tmp_path, checker_page())
    alone.set_input_files("#chosen", chosen(("evidence-first-4.detente", evidence)))
    found = alone.locator("#found")
    expect(found.locator("h2")).to_have_text("✓ This evidence against a log holds.")
    expect(found.locator(".shown")).to_have_text(said)
    expect(found).to_contain_text("whether it was meant")
    alone.fill("#pasted", evidence.replace(b"about first 4", b"about first 3").decode())
    alone.get_by_role("button", name="Check what is pasted").click()
    expect(found.locator("h2")).to_have_text("✗ This evidence does not hold.")


def test_two_checkpoints_not_shown_to_chain_are_judged_in_the_words_of_the_command_line(
    alone: Page, tmp_path: Path
) -> None:
    spec = SPEC_OF_EVIDENCE.read_text("utf-8")
    unchained = spec.partition("```unchained\n")[2].partition("```")[0].encode()
    held = read_unchained(io.BytesIO(unchained))
    opened_from_disk(alone, tmp_path, checker_page())
    alone.set_input_files("#chosen", chosen(("unchained-3-5.detente", unchained)))
    found = alone.locator("#found")
    expect(found.locator("h2")).to_have_text("✓ Both checkpoints are signed with this key.")
    expect(found.locator(".shown")).to_have_text(held.proved)
    expect(found).to_contain_text(held.lacking)
    alone.fill("#pasted", unchained.replace(b"\n5\nfKo0", b"\n6\nfKo0").decode())
    alone.get_by_role("button", name="Check what is pasted").click()
    expect(found.locator("h2")).to_have_text("✗ This file does not hold.")


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        (b"detente certified copy v1\nprocess x\n", "detente verify FILE"),
        (b"detente time stamps v1\n", "detente verify FILE --time-stamp-certificate CERTIFICATE"),
        (b"c2sp.org/tlog-proof@v1\nindex 1\n", "detente verify FILE --policy POLICY"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", "This page does not know such a file."),
        (b"detente proof of an act v2\n", "a later version wrote it"),
        (b"", "This page does not know such a file."),
    ],
)
def test_of_another_file_it_says_which_command_checks_it(
    alone: Page, tmp_path: Path, begins: bytes, said: str
) -> None:
    opened_from_disk(alone, tmp_path, checker_page())
    alone.set_input_files("#chosen", chosen(("given", begins)))
    expect(alone.locator("#found")).to_contain_text(said)


def test_every_kind_of_file_that_the_command_line_checks_is_known_to_the_page() -> None:
    """A container of a later day is named here too, or the page would call it no file of detente's."""
    page = checker_page().decode()
    assert [one.first_line for one in CONTAINERS if one.first_line not in page] == []


def test_from_the_page_of_the_act_to_a_page_that_checks_itself(
    browser: Browser, alone: Page, at: str, talks: Talks, tmp_path: Path
) -> None:
    """Its reader has no script; whoever is given the file has no network."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{at}{address(talks, f'acts/{talks.size}')}")
    tab.get_by_role("link", name="Prove this act to somebody").click()
    expect(tab.get_by_text(SECRET, exact=True)).to_be_visible()
    tab.get_by_label("Words").check()
    with tab.expect_download() as downloading:
        tab.get_by_role("button", name="Page that checks itself").click()
    opened_from_disk(alone, tmp_path, Path(downloading.value.path()).read_bytes())
    expect(alone.locator("#found h2")).to_have_text("✓ Everything in this proof holds.")
    expect(alone.locator("#found")).to_contain_text(SECRET)
    expect(alone.locator("#found")).not_to_contain_text("Office of B")
    context.close()


def test_a_host_checks_for_a_stranger_and_is_sent_nothing(browser: Browser, at: str) -> None:
    context = browser.new_context()
    tab = context.new_page()
    complaints = listen(tab)
    tab.goto(f"{at}/check")
    expect(tab.locator("#check[data-ready]")).to_be_visible()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.fill("#pasted", vector("sound_parts").decode())
    tab.get_by_role("button", name="Check what is pasted").click()
    expect(tab.locator("#found h2")).to_have_text("✓ Everything in this proof holds.")
    assert asked == [] and complaints == []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        assert too_wide(tab, "ltr") + too_wide(tab, "rtl") + too_small(tab) == []
    context.close()


def test_a_sheet_of_paper_is_scanned_and_checked(
    browser: Browser, at: str, talks: Talks, tmp_path: Path
) -> None:
    """As wide as A4 without its margins, at the resolution of an ordinary printer's draft."""
    context = browser.new_context(viewport={"width": 672, "height": 1000}, device_scale_factor=2)
    tab = context.new_page()
    number = talks.size
    answer = tab.request.get(f"{at}{address(talks, f'acts/{number}/sheet.html?show=text')}")
    opened_from_disk(tab, tmp_path, answer.body())
    tab.emulate_media(media="print")
    expect(tab.locator("main")).to_contain_text(SECRET)
    scanned = codes_of(tab.screenshot(full_page=True), context.new_page())
    assert len(scanned) == tab.locator("figure").count() > 2
    proof = tab.request.get(f"{at}{address(talks, f'acts/{number}/proof?show=text')}")
    assert proof_in("\n".join(scanned)) == proof.body()
    context.close()
