"""The page of commands is what the commands say."""

import os
from pathlib import Path

import pytest

from daybreak.cli.main import COMMANDS
from daybreak.cli.reference import page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "commands.md"


@pytest.fixture(autouse=True)
def own_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding the demo's command sets the mode for the process; this puts it back."""
    monkeypatch.setenv("DAYBREAK_MODE", os.environ["DAYBREAK_MODE"])


def test_the_page_is_as_the_commands_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_command_has_its_section() -> None:
    headings = [line.removeprefix("## daybreak ") for line in page().splitlines() if line.startswith("## ")]
    assert headings == sorted(COMMANDS)
