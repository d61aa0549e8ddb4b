"""One command: quick to say what it can do, and every mistake is a sentence with an exit code."""

import os
import subprocess
import sys
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from daybreak.cli import main as one_command
from daybreak.cli.main import COMMANDS, WITHOUT_DJANGO, main
from daybreak.kernel.errors import BadInput, BadRule, DaybreakError, ExampleFailed, LostRace, NotAllowed


@pytest.fixture(autouse=True)
def own_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding the demo's command sets the mode for the process; this puts it back."""
    monkeypatch.setenv("DAYBREAK_MODE", os.environ["DAYBREAK_MODE"])


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


def plain(text: str) -> str:
    return " ".join(text.split())


def test_help_lists_every_command_with_its_sentence() -> None:
    answer = CliRunner().invoke(main, ["--help"])
    assert answer.exit_code == 0
    for name, (_, sentence) in COMMANDS.items():
        assert plain(f"{name} {sentence}") in plain(answer.stdout)


def test_help_needs_no_web_framework_and_none_of_the_commands() -> None:
    program = (
        "import sys; from daybreak.cli.main import main; main(['--help'], standalone_mode=False);"
        "print('loaded', sorted(name for name in sys.modules if name.startswith(('django', 'daybreak.', 'numpy'))))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = answer.stdout.splitlines()[-1]
    assert loaded == "loaded ['daybreak.cli', 'daybreak.cli.main', 'daybreak.kernel', 'daybreak.kernel.errors']"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_sentence_in_the_list_is_that_of_the_command(name: str) -> None:
    own = plain(command(name).help or "")
    assert own.startswith(COMMANDS[name][1].removesuffix("."))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself_and_its_options(name: str) -> None:
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0
    assert answer.stdout.startswith("Usage: ")
    options = [parameter for parameter in command(name).params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", sorted(WITHOUT_DJANGO))
def test_commands_on_files_need_no_web_framework(name: str) -> None:
    module = COMMANDS[name][0].partition(":")[0]
    program = f"import sys, {module}; print([name for name in sys.modules if name == 'django'])"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"


def test_an_unknown_command_is_a_mistake_of_usage() -> None:
    answer = CliRunner().invoke(main, ["fly"])
    assert answer.exit_code == 2
    assert "No such command 'fly'" in answer.stderr


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (BadInput("'02/30' is not a day.", source="roster.csv", line=214), 10),
        (BadRule("No date."), 11),
        (NotAllowed("There is no such thing."), 12),
        (ExampleFailed("Example 1 expects 9."), 13),
        (LostRace("Somebody was first."), 14),
        (DaybreakError("Something else."), 1),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence_with_the_code_of_its_family(
    error: DaybreakError, exit_code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command()
    def fails() -> None:
        raise error

    monkeypatch.setattr(one_command, "COMMANDS", {"place": (f"{__name__}:fails", "Fails.")})
    monkeypatch.setattr(one_command, "import_module", lambda name: type("Module", (), {"fails": fails}))
    answer = CliRunner().invoke(main, ["place"])
    assert (answer.exit_code, answer.stdout, answer.stderr) == (exit_code, "", f"daybreak: {error}\n")


def test_every_place_that_a_command_names_exists() -> None:
    for target, _ in COMMANDS.values():
        module, _, name = target.partition(":")
        assert isinstance(getattr(import_module(module), name), click.Command)
