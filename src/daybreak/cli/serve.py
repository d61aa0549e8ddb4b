"""`daybreak serve`: the web process."""

import os
import sys

import click
from django.core.management import call_command
from django.db import connection

from daybreak.cli.setup import django_ready
from daybreak.config.safety import refuse_if_unsafe


def gunicorn_command(*, port: int, host: str, processes: int, threads: int) -> list[str]:
    """The command line of the web server; threads rather than async, measured at a third of the CPU per page."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "daybreak.config.wsgi:application",
        "--bind",
        f"{host}:{port}",
        "--worker-class",
        "gthread",
        "--workers",
        str(processes),
        "--threads",
        str(threads),
        "--graceful-timeout",
        "5",
        "--keep-alive",
        "30",
        "--worker-tmp-dir",
        "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp",
        "--log-level",
        "warning",
    ]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--processes", default=2, show_default=True, help="Web processes; always one on SQLite.")
@click.option("--threads", default=4, show_default=True, help="Threads in each process.")
def serve(host: str, port: int, processes: int, threads: int) -> None:
    """Run the web process. Any number of them on PostgreSQL, one on SQLite."""
    refuse_if_unsafe()
    django_ready()
    call_command("collectstatic", verbosity=0, interactive=False)
    one = connection.vendor == "sqlite"
    command = gunicorn_command(port=port, host=host, processes=1 if one else processes, threads=threads)
    connection.close()
    os.execv(command[0], command)
