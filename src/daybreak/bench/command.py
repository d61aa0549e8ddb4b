"""The command `daybreak bench`: measure against a named baseline in the same run, and say on which machine."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import click

from daybreak.bench import (
    before_and_after,
    booking,
    business_case,
    cascade,
    employers,
    importing,
    instant,
    placement,
    roster,
    year,
)
from daybreak.bench.cascade_page import figures_in_words, write_week_page
from daybreak.bench.flu_week import flu_week
from daybreak.bench.placement import Size
from daybreak.bench.placement_page import write_page
from daybreak.bench.town import Town, draw_town
from daybreak.bench.town_files import town_files
from daybreak.bench.week_folder import week_at, write_week


@click.group()
def bench() -> None:
    """Measure against a named baseline in the same run."""


@bench.command(name="booking")
@click.option("--clients", type=click.IntRange(1, 90), default=32, show_default=True, help="How many claim at a time.")
@click.option("--seconds", type=click.FloatRange(0.2, 60), default=3.0, show_default=True, help="Per arm and round.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def booking_command(clients: int, seconds: float, as_json: bool) -> None:
    """Take spots as fast as the database named by DATABASE_URL allows, beside the same writes with nothing checked.

    Works on a database of its own, made for the run and dropped afterwards: a file, or one more on the server. Refuses
    a server whose database has sites, because people may be using it. Three rounds, both arms in each; medians.
    """
    click.echo("Making a database for the run ...", err=True)
    found = booking.run(clients=clients, seconds=seconds)
    click.echo(json.dumps(found) if as_json else _sentence(found))


@bench.command(name="business-case")
@click.option("--draws", type=click.IntRange(1000, 2_000_000), default=200_000, show_default=True, help="Per round.")
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True, help="Of the first round.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def business_case_command(draws: int, seed: int, as_json: bool) -> None:
    """Work out the skeptic's case with all its sensitivities, beside plain NumPy making the same draws.

    Five rounds, both arms in each; medians. Tables are built before the first round.
    """
    found = business_case.run(draws=draws, seed=seed)
    click.echo(json.dumps(found) if as_json else _case_sentence(found))


@bench.command(name="employers")
@click.option("--clients", type=click.IntRange(1, 90), default=64, show_default=True, help="How many claim at a time.")
@click.option("--seconds", type=click.FloatRange(0.2, 60), default=3.0, show_default=True, help="Per arm and round.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def employers_command(clients: int, seconds: float, as_json: bool) -> None:
    """Book for the families of one employer as fast as the database allows, beside those of as many employers.

    Each claim takes its spots and is charged under its plan in one transaction. Works on a database of its own, like
    `daybreak bench booking`. Three rounds, both arms in each; medians.
    """
    click.echo("Making a database for the run ...", err=True)
    found = employers.run(clients=clients, seconds=seconds)
    click.echo(json.dumps(found) if as_json else _employers_sentence(found))


def _employers_sentence(found: dict[str, object]) -> str:
    ours, baseline, ratio = found["ours"], found["baseline"], found["ratio"]
    assert isinstance(ours, dict)
    assert isinstance(baseline, dict)
    assert isinstance(ratio, dict)
    return (
        f"{found['database']}, {found['n']} clients: {ours['claims_per_second']:,} claims a second for one employer, "
        f"p99 {ours['p99_ms']:,} ms.\n"
        f"{baseline['name']}: {baseline['claims_per_second']:,} a second, p99 {baseline['p99_ms']:,} ms.\n"
        f"One employer keeps {ratio['claims_per_second']:.0%} of the rate."
    )


@bench.command(name="year")
@click.option("--employees", type=click.IntRange(100, 1_000_000), default=250_000, show_default=True, help="How many.")
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True, help="Of the made-up year.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def year_command(employees: int, seed: int, as_json: bool) -> None:
    """Close a made-up plan year of a large employer, beside the same rows summed with plain SQL.

    Works on a database of its own, made for the run and dropped afterwards. Progress goes to standard error.
    """
    found = year.run(employees=employees, seed=seed, say=lambda line: click.echo(line, err=True))
    click.echo(json.dumps(found) if as_json else _year_sentence(found))


def _year_sentence(found: dict[str, object]) -> str:
    ours, baseline = found["ours"], found["baseline"]
    assert isinstance(ours, dict)
    assert isinstance(baseline, dict)
    return (
        f"{found['n']:,} employees, {found['bookings']:,} bookings, {found['lines']:,} lines: the year closed in "
        f"{ours['minutes']} minutes with at most {ours['peak_mb']:,} MB.\n"
        f"{baseline['name']}: {baseline['seconds']} s. "
        f"{'The figures agree to the cent.' if found['agrees_to_the_cent'] else 'THE FIGURES DIFFER.'}"
    )


def _case_sentence(found: dict[str, object]) -> str:
    ours, baseline, ratio = found["ours"], found["baseline"], found["ratio"]
    assert isinstance(ours, dict)
    assert isinstance(baseline, dict)
    assert isinstance(ratio, dict)
    return (
        f"{found['n']:,} draws: a whole case takes {ours['seconds']:.3f} s, its middle return {ours['roi_p50']:.1%}.\n"
        f"{baseline['name']}: {baseline['seconds']:.3f} s, {baseline['roi_p50']:.1%}.\n"
        f"The whole case takes {ratio['seconds']:.2f} times as long."
    )


def _sentence(found: dict[str, object]) -> str:
    ours, baseline, ratio = found["ours"], found["baseline"], found["ratio"]
    assert isinstance(ours, dict)
    assert isinstance(baseline, dict)
    assert isinstance(ratio, dict)
    return (
        f"{found['database']}, {found['n']} clients: {ours['claims_per_second']:,} claims a second, "
        f"p99 {ours['p99_ms']:,} ms, {ours['refused']} refused, {ours['drift']} counters wrong.\n"
        f"{baseline['name']}: {baseline['claims_per_second']:,} a second, p99 {baseline['p99_ms']:,} ms.\n"
        f"A claim keeps {ratio['claims_per_second']:.0%} of the bare rate."
    )


@bench.command(name="import")
@click.option("--rows", type=click.IntRange(10, 5_000_000), default=100_000, show_default=True, help="How long a list.")
@click.option("--seed", type=int, default=1, show_default=True, help="What the list is generated from.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_command(rows: int, seed: int, as_json: bool) -> None:
    """Import a generated license list, beside plain reading of the same file with Python's csv.

    Each import runs in a process of its own on an embedded database made for it, whatever DATABASE_URL names. A list of
    a tenth of the rows is imported too: the ratio of the two peaks says whether memory grows with the list. Three
    rounds; medians.
    """
    found = importing.run(rows=rows, seed=seed)
    click.echo(json.dumps(found) if as_json else _import_sentence(found))


def _import_sentence(found: dict[str, object]) -> str:
    ours, baseline, ratio = found["ours"], found["baseline"], found["ratio"]
    assert isinstance(ours, dict)
    assert isinstance(baseline, dict)
    assert isinstance(ratio, dict)
    return (
        f"{found['n']:,} rows in {ours['seconds']:,} s ({ours['rows_per_second']:,} rows a second), "
        f"once more unchanged {ours['again_seconds']:,} s.\n"
        f"Peak {ours['peak_mb']:,} MB, {ours['peak_mb_of_a_tenth']:,} MB for a tenth of the rows.\n"
        f"{baseline['name']}: {baseline['seconds']:,} s, {baseline['peak_mb']:,} MB.\n"
        f"An import takes {ratio['seconds']:,} times as long as reading the file; ten times the rows take "
        f"{ratio['peak_mb_of_ten_times_the_rows']:.2f} times the memory."
    )


@bench.command(name="roster")
@click.option("--rows", type=click.IntRange(10, 2_000_000), default=250_000, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="What the roster is generated from.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def roster_command(rows: int, seed: int, as_json: bool) -> None:
    """Import a generated roster, beside a bare bulk load of the same file into one table.

    Each arm works on a database of its own on the server, or in a file, that DATABASE_URL names; it is dropped
    afterwards. The roster comes in once more unchanged, and then a newer one. Three rounds; medians.
    """
    found = roster.run(rows=rows, seed=seed)
    click.echo(json.dumps(found) if as_json else roster.sentence(found))


@bench.command(name="placement")
@click.option("--children", type=click.IntRange(10, 1_000_000), default=10_000, show_default=True)
@click.option("--tightness", type=click.FloatRange(0.1, 10), default=1.0, show_default=True, help="Children per spot.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Another seed is another town.")
@click.option("--metros", type=click.IntRange(1, 50), default=1, show_default=True, help="Towns that no family joins.")
@click.option(
    "--minutes", type=click.FloatRange(0.05, 600), help="Also let the best known method try, for so long a way."
)
@click.option(
    "--files", type=click.Path(path_type=Path, file_okay=False), help="Only write the town as a morning's files."
)
@click.option(
    "--picture", type=click.Path(path_type=Path, dir_okay=False), help="Only draw the town placed both ways, as SVG."
)
@click.option(
    "--page", type=click.Path(path_type=Path, file_okay=False), help="Measure every row and write its page here."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def placement_command(  # noqa: PLR0913 - one name per option
    children: int,
    tightness: float,
    seed: int,
    metros: int,
    minutes: float | None,
    files: Path | None,
    picture: Path | None,
    page: Path | None,
    as_json: bool,
) -> None:
    """Place a made-up morning, beside plain min-cost flow (OR-Tools, siblings ignored) and first come, first served.

    Each arm runs in a process of its own, and the arms take turns; medians of the rounds. With --files the town is
    written for `daybreak place` and nothing is measured. With --page all towns of the benchmark's page are measured,
    which takes about 25 minutes, and what there is is written after each.
    """
    size = Size(children, tightness, seed, metros)
    if files is not None:
        _write_town(size, files)
    elif picture is not None:
        picture.write_text(before_and_after.picture(_town(size)), encoding="utf-8")
        click.echo(f"Written: {picture}, a morning of {size}.")
    elif page is not None:
        click.echo(f"Written: {write_page(page, day=datetime.now(UTC).date(), commit=_commit(), say=_progress)}.")
    else:
        found = placement.run(size, say=_progress)
        if minutes is not None:
            found["best_known"] = placement.run_best_known(size, minutes=minutes, say=_progress)
        click.echo(json.dumps(found) if as_json else _placed(found))


def _progress(text: str) -> None:
    click.echo(text, err=True)


def _town(size: Size) -> Town:
    return draw_town(size.children, size.tightness, size.seed, metros=size.metros)


def _write_town(size: Size, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in town_files(_town(size)).items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"Written: {folder}, a morning of {size}.")


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def _placed(found: dict[str, object]) -> str:
    ours, baseline, line, ratio = (found[name] for name in ("ours", "baseline", "first_come", "ratio"))
    assert isinstance(ours, dict)
    assert isinstance(baseline, dict)
    assert isinstance(line, dict)
    assert isinstance(ratio, dict)
    said = (
        f"{ours['placed']:,.0f} of {ours['coverable']:,.0f} coverable children placed in "
        f"{ours['seconds']['total']:.2f} s, {ours['gap']:.3%} below the bound, {ours['peak_mb']:,.0f} MB.\n"
        f"First come, first served: {line['placed']:,.0f}; ours places {ratio['children_to_first_come']:.3f} times as "
        f"many.\n{baseline['name']}: {baseline['seconds']['total']:.2f} s. Ours takes "
        f"{ratio['seconds_cold']:.2f} times its arcs and solving; from earlier prices {ratio['seconds_warm']:.2f}."
    )
    best = found.get("best_known")
    if isinstance(best, dict):
        for way in ("settled", "whole_program"):
            if way in best:
                said += f"\nBest known, {way.replace('_', ' ')}: {best[way]['placed']:,}, gap {best[way]['gap']:.3%}."
    return said


@bench.command(name="cascade")
@click.option("--week", type=click.Path(path_type=Path, file_okay=False, exists=True), help="A week in files.")
@click.option(
    "--households", type=click.IntRange(20, 100_000), help="Draw a week of flu in which so many families ask."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Another seed is another week.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where the log goes, and a drawn week.")
@click.option("--page", type=click.Path(path_type=Path, file_okay=False), help="Write the benchmark's page here.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def cascade_command(
    week: Path | None, households: int | None, seed: int, out: Path | None, page: Path | None, as_json: bool
) -> None:
    """Play a week of requests, beside the same week where a family asks the nearest center and then gives up.

    The week is read from the files in --week, or drawn with --households. The request log, which `daybreak replay`
    reads, is written as log.csv to --out, or into the folder of the week. A place is counted as filled when nobody took
    it back; money promised for the family's own person is counted apart.

    Exit 10: a file cannot be read; every problem is named and nothing is played.
    """
    if (week is None) == (households is None):
        raise click.UsageError("Name a week with --week, or draw one with --households; one of the two.")
    drawn = flu_week(households, seed) if households is not None else None
    played = cascade.run(drawn or week_at(week or Path()), seed=None if week else seed)
    target = out or week
    if target is not None:
        log = write_week(target, played, drawn, required=out is not None, say=_progress)
        played.found["log"] = str(log) if log else None
    if page is not None:
        click.echo(
            f"Written: {write_week_page(page, played, day=datetime.now(UTC).date(), commit=_commit())}.", err=True
        )
    click.echo(json.dumps(played.found) if as_json else figures_in_words(played.found))


@bench.command(name="instant")
@click.option("--children", type=click.IntRange(40, 200_000), default=10_000, show_default=True, help="About how many.")
@click.option("--tightness", type=click.FloatRange(0.3, 3), default=1.0, show_default=True, help="Children per spot.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Another number, another town.")
@click.option(
    "--requests",
    type=click.IntRange(1),
    default=1_000_000,
    show_default=True,
    help="Asks and releases to be counted twice.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def instant_command(children: int, tightness: float, seed: int, requests: int, as_json: bool) -> None:
    """Answer the families of a made-up morning one at a time, beside nearest first and a plan that knew everything.

    Forecasts come from other days of the same town and are also tried wrong; then speed, and a long run of asks and
    releases of which every state is counted a second time. Needs no database. A million requests take minutes.
    """
    found = instant.run(
        children=children,
        tightness=tightness,
        seed=seed,
        requests=requests,
        say=lambda what: click.echo(f"{what} ...", err=True),
    )
    click.echo(json.dumps(found) if as_json else instant.table(found))
