"""Every test run gets a cache folder of its own, and leaves the user's alone."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EMPATHY_LINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield
