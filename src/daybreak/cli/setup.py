"""Make Django ready for a command, and the database too where nobody else would have done it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import django
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from daybreak.kernel.errors import BadInput

_MIGRATE = {DEFAULT_DB_ALIAS: "daybreak migrate", "interviews": "daybreak interviews migrate"}


def django_ready(*, database: bool = True, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Set Django up; with `database`, make sure its tables are there. `alias` is the interviews' in their process.

    An embedded or empty database is migrated on the spot, so that a first command works. A database that has older
    tables is left alone: raises BadInput that says to run `daybreak migrate`, because other processes may be running
    on it. Raises BadInput too when the database does not answer.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybreak.config.settings")
    django.setup()
    if not database:
        return
    make_folder(alias)
    with said_when_away():
        behind, is_new = migrations_behind(alias)
    if not behind:
        return
    if connections[alias].vendor != "sqlite" and not is_new:
        raise BadInput(
            f"The database is {behind} migrations behind this version.",
            do=f"Nothing was done. Run `{_MIGRATE[alias]}`, then this command again.",
        )
    click.echo("Making the database ready ...", err=True)
    call_command("migrate", database=alias, verbosity=0, interactive=False)


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


def make_folder(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Make the folder of an embedded database."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).absolute().parent.mkdir(parents=True, exist_ok=True)


def migrations_behind(alias: str = DEFAULT_DB_ALIAS) -> tuple[int, bool]:
    """How many migrations the database lacks, and whether it has none at all."""
    executor = MigrationExecutor(connections[alias])
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return len(pending), not executor.loader.applied_migrations
