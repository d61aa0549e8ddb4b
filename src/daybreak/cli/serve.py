"""`daybreak serve`: the web process."""

import tempfile
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, connections
from gunicorn.app.base import BaseApplication

from daybreak.cli.safety import refuse_if_unsafe
from daybreak.cli.setup import django_ready


class WebProcess(BaseApplication):
    """Gunicorn around the application loaded here, so that a worker that died is forked anew in a moment."""

    def __init__(self, **options: object) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        application = get_wsgi_application()
        # A connection must not be shared by the workers that are forked from here.
        connections.close_all()
        return application


def gather_static() -> None:
    """Gather pages' files when one is newer than what was gathered; compressing them takes a moment."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    gathered = manifest.stat().st_mtime if manifest.exists() else 0.0
    if any(file.stat().st_mtime > gathered for file in settings.PACKAGE.glob("*/static/**/*") if file.is_file()):
        call_command("collectstatic", verbosity=0, interactive=False)


@click.command()
@click.argument("what", type=click.Choice(["interviews"]), required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--processes", default=2, show_default=True, help="Web processes; always one on SQLite.")
@click.option("--threads", default=4, show_default=True, help="Threads in each process.")
def serve(what: str | None, host: str, port: int, processes: int, threads: int) -> None:
    """Run the web process, or the INTERVIEWS' own. Any number of them on PostgreSQL, one on SQLite."""
    refuse_if_unsafe()
    alias = what or DEFAULT_DB_ALIAS
    django_ready(alias=alias)
    gather_static()
    memory = Path("/dev/shm")
    WebProcess(
        bind=f"{host}:{port}",
        # Threads rather than async: measured at a third of the CPU per page.
        worker_class="gthread",
        workers=1 if connections[alias].vendor == "sqlite" else processes,
        threads=threads,
        preload_app=True,
        graceful_timeout=5,
        keepalive=30,
        # Gunicorn's heartbeat is a file; on a slow disk it would stall a worker.
        worker_tmp_dir=str(memory) if memory.is_dir() else tempfile.gettempdir(),
        loglevel="warning",
    ).run()
