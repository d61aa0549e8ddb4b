"""The worked example of docs/algorithms/taking-a-spot.md is run, so that the page stays true."""

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "algorithms" / "taking-a-spot.md"


def test_the_example_on_the_page_is_what_the_code_does():
    outcome = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.FAIL_FAST)
    assert (outcome.failed, outcome.attempted > 8) == (0, True)
