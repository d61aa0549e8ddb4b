"""Commands as somebody runs them in a fresh folder: on an embedded database, and on PostgreSQL with older tables."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from daybreak import care


def daybreak(*arguments: str, folder: Path, mode: str = "test", **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DAYBREAK", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "daybreak.cli.main", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=folder,
        env={**kept, "DAYBREAK_MODE": mode, "DAYBREAK_DATA": str(folder / "data"), **environment},
    )


def test_migrating_twice_is_migrating_once(tmp_path: Path) -> None:
    first, second = (daybreak("migrate", folder=tmp_path) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "Applying care.0001_first_tables" in first.stdout
    assert "No migrations to apply." in second.stdout


def test_a_first_command_makes_its_embedded_database(tmp_path: Path) -> None:
    answer = daybreak("worker", "--once", folder=tmp_path)
    assert (answer.returncode, answer.stdout) == (0, ""), answer.stderr
    assert answer.stderr == "Making the database ready ...\n"
    assert daybreak("worker", "--once", folder=tmp_path).stderr == ""


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_what_serves_families_refuses_production_without_keys_in_one_breath(tmp_path: Path, command: str) -> None:
    answer = daybreak(command, folder=tmp_path, mode="production")
    assert (answer.returncode, answer.stdout) == (10, "")
    assert answer.stderr.startswith("daybreak: Daybreak does not start like this. DAYBREAK_SECRET_KEY is not set.")
    assert answer.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path, command: str) -> None:
    answer = daybreak(command, folder=tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert (answer.returncode, answer.stdout.count("\n")) == (10, 0)
    assert answer.stderr.startswith("daybreak: The database does not answer: ")
    assert answer.stderr.endswith("Check that it runs and what DATABASE_URL says, then run this command again.\n")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["serve", "worker", "demo", "doctor", "migrate"])
def test_help_needs_no_keys_and_makes_nothing(tmp_path: Path, command: str) -> None:
    answer = daybreak(command, "--help", folder=tmp_path, mode="production")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_a_mode_that_does_not_exist_is_bad_input(tmp_path: Path) -> None:
    answer = daybreak("migrate", folder=tmp_path, mode="prod")
    assert answer.returncode == 10
    assert answer.stderr == (
        "daybreak: DAYBREAK_MODE is 'prod', which is no mode. Set it to production, demo or test.\n"
    )


def test_an_address_that_names_no_database_is_bad_input_and_is_not_repeated(tmp_path: Path) -> None:
    answer = daybreak("doctor", "--json", folder=tmp_path, DATABASE_URL="my-secret-password@host")
    assert (answer.returncode, answer.stdout) == (10, "")
    assert answer.stderr == (
        "daybreak: DATABASE_URL is not the address of a database. "
        "Set it to one like postgres://user@host/name or sqlite:////folder/file.\n"
    )


def test_doctor_looks_at_production_without_keys_and_says_what_is_missing(tmp_path: Path) -> None:
    answer = daybreak("doctor", folder=tmp_path, mode="production")
    lines = {line.split()[1]: line for line in answer.stdout.splitlines()}
    assert answer.returncode == 10
    assert lines["settings"].startswith("LOOK  settings  DAYBREAK_SECRET_KEY is not set.")
    assert lines["database"].startswith("LOOK  database  It cannot be reached.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_a_database_with_older_tables_is_left_alone_on_postgresql_and_brought_up_when_embedded(tmp_path: Path) -> None:
    older = ("-c", "import django; django.setup(); from django.core.management import call_command; "
             "call_command('migrate', 'care', 'zero', verbosity=0)")  # fmt: skip
    if connection.vendor == "sqlite":
        assert daybreak("migrate", folder=tmp_path).returncode == 0
        go_back(older, tmp_path)
        answer = daybreak("worker", "--once", folder=tmp_path)
        assert (answer.returncode, answer.stderr) == (0, "Making the database ready ...\n")
        return
    behind = len(list((Path(care.__file__).parent / "migrations").glob("0*.py")))
    name = f"older_{uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        url = f"{os.environ['DATABASE_URL'].partition('?')[0].rpartition('/')[0]}/{name}"
        query = os.environ["DATABASE_URL"].partition("?")[2]
        url += f"?{query}" if query else ""
        assert daybreak("migrate", folder=tmp_path, DATABASE_URL=url).returncode == 0
        go_back(older, tmp_path, DATABASE_URL=url)
        answer = daybreak("worker", "--once", folder=tmp_path, DATABASE_URL=url)
        assert (answer.returncode, answer.stdout) == (10, "")
        assert answer.stderr == (
            f"daybreak: The database is {behind} migrations behind this version. "
            "Nothing was done. Run `daybreak migrate`, then this command again.\n"
        )
        seen = daybreak("doctor", folder=tmp_path, DATABASE_URL=url)
        assert seen.returncode == 10
        assert f"LOOK  database  It is {behind} migrations behind." in seen.stdout
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def go_back(older: tuple[str, ...], folder: Path, **environment: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DAYBREAK", "DATABASE"))}
    own = {"DAYBREAK_MODE": "test", "DAYBREAK_DATA": str(folder / "data")}
    subprocess.run([sys.executable, *older], check=True, cwd=folder, env={**kept, **own, **environment})
