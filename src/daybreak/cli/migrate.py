"""`daybreak migrate`: bring the database to this version."""

from datetime import UTC, datetime, timedelta

import click
from django.core.management import call_command

from daybreak.cli.setup import django_ready, make_folder, said_when_away
from daybreak.network.staff.actions import restaff_from


@click.command()
def migrate() -> None:
    """Bring the database named by DATABASE_URL to this version. Safe to run again.

    What staffed rooms may hold is written anew by the rules that come with this version.
    """
    django_ready(database=False)
    make_folder()
    at = datetime.now(UTC)
    with said_when_away():
        call_command("migrate", verbosity=1, interactive=False)
        # A night that began yesterday still counts.
        done = restaff_from(day=at.date() - timedelta(days=1), at=at)
    if done.rooms:
        click.echo(
            f"New rules changed what {done.rooms} rooms may hold in a session, at {done.sites} sites; "
            f"in {done.too_many} of them there are more children than that."
        )
