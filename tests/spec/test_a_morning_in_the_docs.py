"""Every example on the pages about placement runs as it stands."""

import doctest
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "algorithms"


@pytest.mark.parametrize("page", ["what-fits", "first-come-first-served", "proven-bound"])
def test_the_worked_example_of_the_page_gives_what_the_page_says(page: str) -> None:
    examples = doctest.DocTestParser().get_doctest((PAGES / f"{page}.md").read_text(), {}, page, f"{page}.md", 0)
    assert examples.examples
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(examples, out=said.append)
    assert said == []
