"""The example in docs/specs/sealed-file.md is read by the code that it specifies."""

from __future__ import annotations

from base64 import b64decode

from detente.sealing.identity import public_of, read_identity
from detente.sealing.recipient import public_behind, recipient_of
from detente.sealing.seal import LARGEST_HEADER, LARGEST_PLAINTEXT, MOST_RECIPIENTS, unseal
from tests.tlog.test_specs import SPECS, block

PAGE = "sealed-file"


def test_the_example_is_opened_by_each_of_its_readers() -> None:
    identities = [read_identity(line.split(": ")[1]) for line in block(PAGE, "identities").splitlines()]
    recipients = block(PAGE, "recipients").split()
    assert [recipient_of(public_of(identity)) for identity in identities] == recipients
    assert [public_behind(recipient) for recipient in recipients] == list(map(public_of, identities))
    file = b64decode(block(PAGE, "sealed"))
    content = block(PAGE, "content").rstrip("\n").encode()
    assert {unseal(file, identity) for identity in identities} == {content}
    assert read_identity(block(PAGE, "typed")) == identities[2]
    assert len(file) == len(content) + 22 + 3 * 98 + 48 + 16 + 16


def test_the_page_states_the_limits_of_the_code() -> None:
    page = (SPECS / f"{PAGE}.md").read_text("utf-8")
    for limit in (LARGEST_HEADER, LARGEST_PLAINTEXT, MOST_RECIPIENTS):
        assert f"{limit:,}" in page
