"""What can be typed? Every command with its own help, as one page for readers.

`python -m daybreak.cli.reference` prints docs/reference/commands.md; a test keeps the two alike.
"""

import os
from collections.abc import Iterator

import click

from daybreak.cli.main import main

WIDTH = 100

HEAD = """# The commands

One command, `daybreak`, with a sub-command for each thing a person does with it. `--json` prints one JSON object on
standard output and nothing else; progress goes to standard error. Exit codes: 0 done, 2 usage, 10 bad input, 11 bad
rule file, 12 not allowed, 13 a worked example failed, 14 lost race.

This page is what each command says of itself. It is printed by `python -m daybreak.cli.reference`.
"""


def page() -> str:
    """The page as Markdown, in the order of the alphabet."""
    top = click.Context(main, info_name="daybreak", help_option_names=["-h", "--help"])
    return HEAD + "".join(_sections(main, top, 2))


def _sections(group: click.Group, within: click.Context, level: int) -> Iterator[str]:
    for name in sorted(group.list_commands(within)):
        command = group.get_command(within, name)
        if command is None:
            continue
        context = click.Context(command, info_name=name, parent=within, terminal_width=WIDTH, max_content_width=WIDTH)
        yield _section(command, context, level)
        if isinstance(command, click.Group):
            yield from _sections(command, context, level + 1)


def _section(command: click.Command, context: click.Context, level: int) -> str:
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"\n{'#' * level} {context.command_path}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    # One command runs beside another database than the rest; only here, as in tests, are both looked at in one process.
    os.environ["DJANGO_SETTINGS_MODULE"] = "daybreak.config.both_settings"
    click.echo(page(), nl=False)
