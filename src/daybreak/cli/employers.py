"""`daybreak employer`: who offers the benefit, and where its employees work; a roster names these work sites."""

import re
from uuid import UUID, uuid4
from zoneinfo import available_timezones

import click

from daybreak.cli.clock import now
from daybreak.cli.setup import django_ready
from daybreak.kernel.errors import BadInput
from daybreak.people.actions import add_employer, add_work_site
from daybreak.people.queries import employer_called, employers, work_sites_of
from daybreak.placement.terms import Point

_DEGREES = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)", re.ASCII)


@click.group()
def employer() -> None:
    """Employers and their work sites."""


@employer.command()
@click.argument("name")
def add(name: str) -> None:
    """Add an employer called NAME, and print the id by which other commands may call it."""
    django_ready()
    name = " ".join(name.split())
    if not 0 < len(name) <= 120:
        raise BadInput("An employer's name has 1 to 120 letters.", do="Nothing was added. Give another name.")
    if employer_called(name) is not None:
        raise BadInput(f"There is an employer called {name} already.", do="Nothing was added.")
    click.echo(str(add_employer(employer_id=uuid4(), name=name, at=now())))


@employer.command(name="list")
def list_() -> None:
    """Print every employer with its id and its work sites."""
    django_ready()
    for employer_id, name in employers().items():
        click.echo(f"{employer_id}  {name}")
        for site in work_sites_of(employer_id).values():
            click.echo(f"    {site}")


@employer.command(name="work-site")
@click.argument("ref")
@click.argument("name")
@click.option("--at", "point", required=True, help="Latitude and longitude, such as 42.8986,-78.8672.")
@click.option("--zone", required=True, help="Its time zone, such as America/New_York.")
def work_site(ref: str, name: str, point: str, zone: str) -> None:
    """Add a work site called NAME to the employer REF, its id or name."""
    django_ready()
    employer_id, name = employer_meant(ref), " ".join(name.split())
    if not 0 < len(name) <= 120:
        raise BadInput("A work site's name has 1 to 120 letters.", do="Nothing was added. Give another name.")
    if name.casefold() in {known.casefold() for known in work_sites_of(employer_id).values()}:
        raise BadInput(f"There is a work site called {name} already.", do="Nothing was added.")
    if zone not in available_timezones():
        raise BadInput(f"{zone} is no time zone.", do="Nothing was added. Write it such as America/Chicago.")
    where = _point(point)
    add_work_site(work_site_id=uuid4(), employer_id=employer_id, name=name, point=where, zone=zone, at=now())
    click.echo(f"{name} was added.")


def employer_meant(ref: str) -> UUID:
    """The employer of an id or a name. Raises BadInput that names those there are."""
    known = employers()
    try:
        found = UUID(ref) if UUID(ref) in known else None
    except ValueError:
        found = next((pk for pk, name in known.items() if name.casefold() == ref.strip().casefold()), None)
    if found is None:
        names = ", ".join(known.values()) or "none yet: add one by `daybreak employer add NAME`"
        raise BadInput(f"There is no employer {ref!r}.", do=f"Nothing was done. There are: {names}.")
    return found


def _point(text: str) -> Point:
    found = _DEGREES.fullmatch(text.strip())
    if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        do = "Nothing was added. Write latitude and longitude, such as 42.8986,-78.8672."
        raise BadInput(f"{text!r} is no point on a map.", do=do)
    return Point(float(found[1]), float(found[2]))
