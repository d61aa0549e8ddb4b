"""`daybreak migrate`: bring the database to this version."""

import click
from django.core.management import call_command

from daybreak.cli.setup import django_ready, make_folder, said_when_away


@click.command()
def migrate() -> None:
    """Bring the database named by DATABASE_URL to this version. Safe to run again."""
    django_ready(database=False)
    make_folder()
    with said_when_away():
        call_command("migrate", verbosity=1, interactive=False)
