"""Make Django ready for a command, and the database too where nobody else would have done it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import django
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from daybreak.kernel.errors import BadInput


def django_ready(*, database: bool = True) -> None:
    """Set Django up; with `database`, make sure its tables are there.

    An embedded or empty database is migrated on the spot, so that a first command works. A database that has older
    tables is left alone: raises BadInput that says to run `daybreak migrate`, because other processes may be running
    on it. Raises BadInput too when the database does not answer.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybreak.config.settings")
    django.setup()
    if not database:
        return
    make_folder()
    with said_when_away():
        behind, is_new = migrations_behind()
    if not behind:
        return
    if connection.vendor != "sqlite" and not is_new:
        raise BadInput(
            f"The database is {behind} migrations behind this version.",
            do="Nothing was done. Run `daybreak migrate`, then this command again.",
        )
    click.echo("Making the database ready ...", err=True)
    call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def said_when_away() -> Iterator[None]:
    """Turn a database that does not answer into a sentence."""
    try:
        yield
    except OperationalError as error:
        said = str(error).partition("\n")[0]
        raise BadInput(
            f"The database does not answer: {said}.",
            do="Check that it runs and what DATABASE_URL says, then run this command again.",
        ) from error


def make_folder() -> None:
    """Make the folder of an embedded database."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).absolute().parent.mkdir(parents=True, exist_ok=True)


def migrations_behind() -> tuple[int, bool]:
    """How many migrations the database lacks, and whether it has none at all."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return len(pending), not executor.loader.applied_migrations
