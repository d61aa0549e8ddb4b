"""The command `daybreak bench`: measure against a named baseline in the same run, and say on which machine."""

import json

import click

from daybreak.bench import booking


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
