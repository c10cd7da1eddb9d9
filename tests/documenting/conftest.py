from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.demonstration import Site, demonstration


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with demonstration(tmp_path_factory.mktemp("demonstration")) as running:
        yield running
