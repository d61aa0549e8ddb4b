"""`daybreak rules`: check rule files, ask a rule about a day, see what is due and what changed.

Nothing here needs a database.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import click

from daybreak.kernel.errors import BadInput, BadRule, ExampleFailed
from daybreak.rulebook import index as rules_index
from daybreak.rulebook.examples import prove
from daybreak.rulebook.figures import changed, same, words
from daybreak.rulebook.load import rule_from
from daybreak.rulebook.queries import packaged, packaged_files
from daybreak.rulebook.ruling import ask, everything
from daybreak.rulebook.terms import Change, Confidence, Figure, Rule, Ruling

DAY = click.DateTime(["%Y-%m-%d"])
JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on standard output and nothing else."
)


@click.group()
def rules() -> None:
    """The rulebook: law and plans as dated, cited figures.

    A rule is a file that says what held from which day, which paragraph says so, and how somebody worked it out by
    hand.
    `daybreak rules index` lists the rules that come with the product.
    """


@rules.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@JSON
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Check rule files: form, dates, citations and worked examples.

    PATHS are files or folders; without any, the rules that come with the product are checked. A file in a folder goes
    by its path inside that folder. Every problem is printed on its own line, and nothing is changed.

    Exit 0: all can be trusted. 11: a file cannot. 13: every file has the right form, but a worked example fails.
    """
    files = _files_at(paths) if paths else list(packaged_files().items())
    bad, failed = _problems(files)
    problems = [*bad, *failed]
    if as_json:
        click.echo(json.dumps({"files": len(files), "problems": problems}, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(problem, err=True)
        if not problems:
            click.echo(f"{_counted(len(files), 'rule file')} checked; every citation is dated and every example holds.")
    if problems:
        click.get_current_context().exit(BadRule.exit_code if bad else ExampleFailed.exit_code)


@rules.command()
@click.argument("path")
@click.option("--day", type=DAY, metavar="YYYY-MM-DD", help="The day to ask about; today when left out.")
@click.option(
    "--given", "given", multiple=True, metavar="NAME=CHOICE", help="What selects the figure, as filing=anyone_else."
)
@JSON
def show(path: str, day: datetime | None, given: tuple[str, ...], as_json: bool) -> None:
    """Say what the rule PATH held on a day, who says so, since when, and how sure it is.

    PATH is the file's path without .toml, such as us/ny/licensing/family_home_capacity. A rule that selects among
    figures is asked with --given; without it, such a rule shows all its figures.

    Exit 10: no such rule, a day it does not cover, or a choice it does not know.
    """
    asked_on, chosen = _day_or_today(day), _chosen(given)
    rule = packaged().rule(path.removesuffix(".toml"))
    ruling = ask(rule, asked_on, chosen) if chosen else everything(rule, asked_on)
    if as_json:
        click.echo(json.dumps(_ruling_facts(rule, ruling, asked_on, chosen), ensure_ascii=False))
        return
    click.echo(f"{rule.title} ({rule.unit})")
    named = ruling.value.items() if isinstance(ruling.value, Mapping) else [("value", ruling.value)]
    for name, figure in named:
        click.echo(f"  {name}: {words(figure)}")
    click.echo(f"  cite: {ruling.cite}")
    click.echo(f"  source: {ruling.source}")
    click.echo(f"  since: {ruling.since}")
    click.echo(f"  confidence: {ruling.confidence}")
    if ruling.caution:
        click.echo(f"  {ruling.caution}")


@rules.command()
@click.option("--day", type=DAY, metavar="YYYY-MM-DD", help="The day to look from; today when left out.")
@JSON
def due(day: datetime | None, as_json: bool) -> None:
    """List the rules that somebody should have looked at again by a day.

    It is a reminder and always exits 0: an old figure is still the last one read.
    """
    asked_on = _day_or_today(day)
    late = packaged().due(asked_on)
    if as_json:
        entries = [{"path": rule.path, "title": rule.title, "review_by": rule.review_by.isoformat()} for rule in late]
        click.echo(json.dumps({"day": asked_on.isoformat(), "due": entries}, ensure_ascii=False))
        return
    for rule in late:
        click.echo(f"{rule.path}: {rule.title}; look again by {rule.review_by}")
    if not late:
        click.echo(f"No rule is overdue on {asked_on}.")


@rules.command()
@click.option("--from", "after", type=DAY, metavar="YYYY-MM-DD", required=True, help="Changes later than this day.")
@click.option(
    "--to", "upto", type=DAY, metavar="YYYY-MM-DD", required=True, help="Changes up to and including this day."
)
@click.option("--sites", "with_sites", is_flag=True, help="Name the sites in the database that each change touches.")
@JSON
def diff(after: datetime, upto: datetime, with_sites: bool, as_json: bool) -> None:
    """List what changed in the rules between two days, each step with its citation.

    A rise that came and went between the two days is shown as two steps. With --sites the database is asked whom a
    change touches: centers by the rules for centers of their place, family homes by those for homes, by ZIP code.
    """
    first, last = after.date(), upto.date()
    if last < first:
        raise BadInput(f"--to {last} is before --from {first}, so no day lies between them.", do="Swap the two days.")
    steps = packaged().changes(after=first, upto=last)
    # Imported when asked for: nothing else here needs a database or a web framework.
    asked = import_module("daybreak.cli.sites_touched") if with_sites else None
    touched = asked.touched(steps) if asked else {}
    if as_json:
        entries = [_step_facts(step) | ({"sites": touched[step.path]} if asked else {}) for step in steps]
        click.echo(
            json.dumps({"from": first.isoformat(), "to": last.isoformat(), "changes": entries}, ensure_ascii=False)
        )
        return
    for step in steps:
        doubt = ", not confirmed" if step.confidence is Confidence.VERIFY else ""
        click.echo(f"{step.day} {step.path} ({step.cite}{doubt})")
        for name, before, now in changed(step.before, step.after):
            click.echo(f"  {name}: {words(before)} -> {words(now)}")
        if same(step.before, step.after):
            click.echo("  the figures stay, the citation is new")
        if asked:
            click.echo(asked.line(touched[step.path]))
    if not steps:
        click.echo(f"No rule changed after {first} and up to {last}.")


@rules.command()
def index() -> None:
    """Print the index of packaged rules as Markdown; docs/reference/rules.md is this output."""
    click.echo(rules_index.page(packaged().rules.values()), nl=False)


def _day_or_today(day: datetime | None) -> date:
    return day.date() if day else datetime.now(UTC).astimezone().date()


def _files_at(paths: Iterable[Path]) -> list[tuple[str, bytes]]:
    files: list[tuple[str, bytes]] = []
    for path in paths:
        if path.is_dir():
            found = {file.relative_to(path).as_posix(): file for file in sorted(path.rglob("*.toml"))}
            if not found:
                raise BadInput(f"{path} holds no .toml file, so nothing was checked.", do="Name a file or its folder.")
            files += [(name, file.read_bytes()) for name, file in found.items()]
        else:
            files.append((path.name, path.read_bytes()))
    return files


def _problems(files: Iterable[tuple[str, bytes]]) -> tuple[list[str], list[str]]:
    """Return what is wrong with the form of the files, and which of their examples fail."""
    bad: list[str] = []
    failed: list[str] = []
    for path, data in files:
        try:
            prove(rule_from(path, data))
        except BadRule as error:
            bad += str(error).splitlines()
        except ExampleFailed as error:
            failed += str(error).splitlines()
    return bad, failed


def _chosen(given: Iterable[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for pair in given:
        name, equals, choice = pair.partition("=")
        if not equals or not name or not choice:
            raise BadInput(
                f"--given {pair!r} does not name a choice.", do="Write it as NAME=CHOICE, such as filing=anyone_else."
            )
        chosen[name] = choice
    return chosen


def _ruling_facts(rule: Rule, ruling: Ruling, day: date, given: Mapping[str, str]) -> dict[str, object]:
    return {
        "path": rule.path,
        "title": rule.title,
        "unit": rule.unit,
        "day": day.isoformat(),
        "given": dict(given),
        "value": _plain(ruling.value),
        "cite": ruling.cite,
        "source": ruling.source,
        "since": ruling.since.isoformat(),
        "confidence": ruling.confidence,
        "caution": ruling.caution,
        "sha256": ruling.sha256,
    }


def _step_facts(step: Change) -> dict[str, object]:
    return {
        "path": step.path,
        "day": step.day.isoformat(),
        "before": _plain(step.before),
        "after": _plain(step.after),
        "cite": step.cite,
        "confidence": step.confidence,
    }


def _plain(figure: Figure | None) -> object:
    """Turn a figure into what JSON can hold; numbers with a fraction stay exact as text."""
    if figure is None or isinstance(figure, bool | int | str):
        return figure
    if isinstance(figure, Mapping):
        return {key: _plain(part) for key, part in figure.items()}
    if isinstance(figure, tuple):
        return [_plain(part) for part in figure]
    return str(figure)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
