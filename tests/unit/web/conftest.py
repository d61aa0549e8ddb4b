from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever language another test left behind, these read English."""
    with translation.override("en"):
        yield
