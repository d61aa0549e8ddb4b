"""`daybreak serve`: the web process."""

import os
import sys
import tempfile
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from daybreak.cli.safety import refuse_if_unsafe
from daybreak.cli.setup import django_ready


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
        "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir(),
        "--log-level",
        "warning",
    ]


def gather_static() -> None:
    """Gather pages' files when one is newer than what was gathered; compressing them takes a moment."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    gathered = manifest.stat().st_mtime if manifest.exists() else 0.0
    if any(file.stat().st_mtime > gathered for file in settings.PACKAGE.glob("*/static/**/*") if file.is_file()):
        call_command("collectstatic", verbosity=0, interactive=False)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--processes", default=2, show_default=True, help="Web processes; always one on SQLite.")
@click.option("--threads", default=4, show_default=True, help="Threads in each process.")
def serve(host: str, port: int, processes: int, threads: int) -> None:
    """Run the web process. Any number of them on PostgreSQL, one on SQLite."""
    refuse_if_unsafe()
    django_ready()
    gather_static()
    one = connection.vendor == "sqlite"
    command = gunicorn_command(port=port, host=host, processes=1 if one else processes, threads=threads)
    connection.close()
    os.execv(command[0], command)
