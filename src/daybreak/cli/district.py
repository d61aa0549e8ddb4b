"""`daybreak district`: which school districts are known, and saying that one is closed."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import click

from daybreak.care.standing.actions import add_district, close_district
from daybreak.care.standing.queries import closures_for, district_named, districts
from daybreak.care.standing.terms import Announced, Closed, ClosureKind
from daybreak.cli.clock import now
from daybreak.cli.setup import django_ready
from daybreak.kernel.decisions import No
from daybreak.kernel.errors import BadInput
from daybreak.kernel.spans import parse_clock
from daybreak.notices.queries import sentence


@click.group()
def district() -> None:
    """School districts, and the days on which they are closed."""


@district.command(name="list")
def list_() -> None:
    """Every district, and the closures that lie ahead."""
    django_ready()
    for known in districts():
        click.echo(f"{known.name} ({known.zone})")
    for one in closures_for(None, since=now().date()):
        click.echo(f"  {_said(one)}")


@district.command()
@click.argument("name")
@click.option("--zone", default="America/New_York", show_default=True, help="The time zone of its clocks.")
def add(name: str, zone: str) -> None:
    """Write the district NAME, so that families can make standing requests for it."""
    if zone not in available_timezones():
        raise BadInput(f"--zone {zone!r} is no time zone.", do="Nothing was written. Give one like America/New_York.")
    django_ready()
    add_district(name=name, zone=zone, at=now())
    click.echo(f"{name.strip()} is known; families can make standing requests for it.")


@district.command()
@click.argument("name")
@click.option("--day", default="", help="The day, like 2026-03-02; today where it is left out.")
@click.option("--opens", default="", help="For a day that only begins late: when it opens, like 10:00.")
@click.option("--closes", default="", help="For a day that only ends early: when it closes, like 12:00.")
def closed(name: str, day: str, opens: str, closes: str) -> None:
    """Say that the district NAME is closed, and have its families' standing requests asked, all in one round.

    Exit 10: no such district, a day that has passed, or a time that is none.
    """
    if opens and closes:
        raise BadInput("A day opens late or ends early.", do="Nothing was written. Give --opens or --closes.")
    django_ready()
    at = now()
    known = district_named(name)
    if known is None:
        raise BadInput(f"No district is called {name!r}.", do="Nothing was written. See `daybreak district list`.")
    on = _day(day) if day else at.astimezone(ZoneInfo(known.zone)).date()
    kind = ClosureKind.LATE if opens else ClosureKind.EARLY if closes else ClosureKind.CLOSED
    said = close_district(Closed(known.district_id, on, kind, _hour(opens or closes)), at=at)
    if isinstance(said, No):
        raise BadInput(sentence(said.reasons[0], "en"))
    click.echo(_when(known.name, on, at))


def _when(name: str, day: date, at: datetime) -> str:
    asked = [one for one in closures_for(None, since=day) if one.district == name and one.closed.day == day]
    due = asked[0].asks_at if asked else None
    if due is None:
        return f"{name} is closed on {day}. No family has a standing request for it."
    moment = "now" if due <= at else f"at {due:%Y-%m-%d %H:%M} UTC"
    return f"{name} is closed on {day}. Its standing requests are asked {moment}, in one round."


def _said(one: Announced) -> str:
    hour = f" from {one.closed.hour:%H:%M}" if one.closed.hour else ""
    waits = " (standing requests wait)" if one.asks_at else ""
    return f"{one.closed.day} {one.district}: {one.closed.kind}{hour}{waits}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"--day {text!r} is not a day.", do="Nothing was written. Write it like 2026-03-02.") from None


def _hour(text: str) -> time | None:
    try:
        return parse_clock(text) if text else None
    except ValueError:
        raise BadInput(f"{text!r} is not a time.", do="Nothing was written. Write it like 10:00.") from None
