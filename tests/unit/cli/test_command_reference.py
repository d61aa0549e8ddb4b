"""The page of commands is what the commands say."""

import subprocess
import sys
from pathlib import Path

from daybreak.cli.case_reference import page as case_page
from daybreak.cli.main import COMMANDS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "commands.md"


def test_the_page_is_as_the_commands_are() -> None:
    # In a process of its own: a command that was run alone before keeps the help option it had then.
    program = [sys.executable, "-m", "daybreak.cli.reference"]
    printed = subprocess.run(program, capture_output=True, text=True, check=True).stdout
    assert PAGE.read_text(encoding="utf-8") == printed


def test_every_command_has_its_section() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line.removeprefix("## daybreak ") for line in lines if line.startswith("## ")] == sorted(COMMANDS)


def test_the_page_of_a_business_cases_inputs_is_as_the_library_is() -> None:
    page = PAGE.parent / "business-case-inputs.md"
    assert page.read_text(encoding="utf-8") == case_page()
