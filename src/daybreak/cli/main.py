"""One command, `daybreak`, with a sub-command for each thing a person does with it.

Sub-commands are imported when they are called, so that placing a morning from files starts without a web framework; for
those that use the database, Django is set up before their module is imported.
"""

import os
import sys
from importlib import import_module

import click

from daybreak.kernel.errors import DaybreakError

COMMANDS = {
    "account": (
        "daybreak.cli.account:account",
        "Say how the person at ADDRESS comes in; give or end a post.",
    ),
    "bench": ("daybreak.bench.command:bench", "Measure against a named baseline in the same run."),
    "business-case": (
        "daybreak.cli.business_case:business_case",
        "Work out the business case of an input file: does it pay, how sure is that, what decides it.",
    ),
    "check": (
        "daybreak.cli.check:check",
        "Check the plan in OUT (placements.csv) for the morning in DIR, whoever made it.",
    ),
    "demo": ("daybreak.demo.command:demo", "Open a made-up employer's morning at 5:40 and serve it on this machine."),
    "district": ("daybreak.cli.district:district", "School districts, and the days on which they are closed."),
    "doctor": (
        "daybreak.cli.doctor:doctor",
        "Look for anything that does not add up: settings, counters, audit chain.",
    ),
    "employer": ("daybreak.cli.employers:employer", "Employers and their work sites."),
    "erase": ("daybreak.cli.own_data:erase", "Erase a person; say what stays and why."),
    "export": ("daybreak.cli.own_data:export", "Write all that is held about a person as JSON."),
    "import": ("daybreak.cli.imports:imports", "Bring in lists that others keep."),
    "ledger": (
        "daybreak.cli.ledger:ledger",
        "The books: what the employer owes whom, what was granted and used, payroll and imputed income.",
    ),
    "interviews": (
        "daybreak.cli.interviews:interviews",
        "Interviews nobody can trace: their keys, codes, trustees, surveys and backups.",
    ),
    "migrate": ("daybreak.cli.migrate:migrate", "Bring the database named by DATABASE_URL to this version."),
    "network": ("daybreak.cli.network:network", "The directory of sites, for other programs."),
    "plan": (
        "daybreak.cli.plan:plan",
        "An employer's plan: who is eligible, how many days, what it costs, how it is taxed.",
    ),
    "place": ("daybreak.cli.place:place", "Place the children of one morning, from the files in DIR."),
    "replay": (
        "daybreak.cli.replay:replay",
        "Print a service report from a request log, whoever wrote it: filled, told late, minutes, by pay class.",
    ),
    "rotate-keys": (
        "daybreak.cli.rotate_keys:rotate_keys",
        "Seal every private value anew with the first key of DAYBREAK_VAULT_KEYS.",
    ),
    "rules": ("daybreak.cli.rules:rules", "The rulebook: law and plans as dated, cited figures."),
    "serve": ("daybreak.cli.serve:serve", "Run the web process, or the INTERVIEWS' own."),
    "tickets": (
        "daybreak.cli.tickets:tickets",
        "The ticket desk: open waves of interviews, invite, and write down how many answered.",
    ),
    "why": ("daybreak.cli.why:why", "What happened to a request, or what a reason code means."),
    "words": ("daybreak.cli.words:words", "Collect, check and compile what Daybreak says in each language."),
    "worker": (
        "daybreak.cli.worker:worker",
        "Do what is due: send messages, place families who wait, alone or together, end holds, chain the audit record.",
    ),
}
"""Where each command is and what it does, said here so that `--help` imports nothing."""

WITHOUT_DJANGO = frozenset({"business-case", "check", "place", "replay", "rules"})


HELD_APART = "daybreak.config.interview_settings"
"""What runs beside the interviews' database has settings of its own, with nothing of the employer's in them."""


class Commands(click.Group):
    """Finds commands by name, and answers what goes wrong with a sentence and the exit code of its family."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[:1] == ["interviews"] or args[:2] == ["serve", "interviews"]:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", HELD_APART)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name == "demo":
            os.environ["DAYBREAK_MODE"] = "demo"
        if cmd_name not in WITHOUT_DJANGO:
            setup = import_module("daybreak.cli.setup")
            setup.django_ready(database=False)
            # The demo is a neighbor and may not import this package, so it is handed the way to its database.
            ctx.obj = setup.django_ready
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in sorted(COMMANDS.items())])

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DaybreakError as error:
            click.echo(f"daybreak: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="daybreak")
def main() -> None:
    """Backup child care as an employer benefit.

    \b
    Exit codes: 0 done, 2 usage, 10 bad input, 11 bad rule file, 12 not allowed,
    13 a worked example failed, 14 lost race.
    """


if __name__ == "__main__":
    sys.exit(main())
