"""Rules of the house that no linter knows: where tables, raw SQL and logs may be, and what must never be committed."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "daybreak"
FILES = sorted(file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts)
BANNED_NAMES = {"utils", "common", "core", "base", "helpers", "services", "managers"}
FRAMEWORK_NAMES = {SOURCE / "config" / "fifo_sqlite" / "base.py"}
"""Django finds a database backend by this file name."""


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def names(files: list[Path]) -> list[str]:
    return [str(file.relative_to(SOURCE)) for file in files]


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [file for file in FILES if file.stem in BANNED_NAMES and file not in FRAMEWORK_NAMES] == []


def test_packages_export_nothing_from_their_init() -> None:
    assert [file for file in FILES if file.name == "__init__.py" and file.read_text().strip()] == []


@pytest.mark.parametrize("file", FILES, ids=names(FILES))
def test_has_no_import_inside_a_function(file: Path) -> None:
    inside = [
        node.lineno
        for function in ast.walk(tree(file))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


@pytest.mark.parametrize("file", FILES, ids=names(FILES))
def test_stays_short_enough_to_read(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= 400


def test_every_module_says_what_question_it_answers() -> None:
    silent = [
        str(file.relative_to(SOURCE))
        for file in FILES
        if file.name not in ("__init__.py", "apps.py") and not ast.get_docstring(tree(file))
    ]
    assert silent == []


def test_nobody_reaches_a_table_behind_its_owner() -> None:
    """Tables of a package are imported by that package only; `get_model` and database aliases would go around that."""
    found = []
    for file in FILES:
        package = file.relative_to(SOURCE).parts[0]
        for line, module in imports(file):
            parts = module.split(".")
            # due.models.DueRow is an abstract table: its columns are there to be inherited.
            if parts[:1] == ["daybreak"] and parts[2:3] == ["models"] and parts[1] not in (package, "due"):
                found.append(f"{file.relative_to(SOURCE)}:{line} {module}")
        if re.search(r"\bget_model\(|\.using\(", file.read_text()):
            found.append(str(file.relative_to(SOURCE)))
    assert found == []


def imports(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name


def test_raw_sql_stays_with_the_tables_it_touches() -> None:
    with_sql = {
        file.relative_to(SOURCE).parts[0]
        for file in FILES
        if re.search(r"\bcursor\(\)|\.raw\(|RawSQL|\.extra\(", file.read_text())
    }
    assert with_sql <= {"network", "bench", "web", "interviews"}  # web asks SELECT 1 in its health check


def test_no_signals_and_no_save_overrides() -> None:
    found = [
        str(file.relative_to(SOURCE))
        for file in FILES
        if re.search(r"@receiver\b|\bSignal\(|def save\(|\.connect\(\s*\w+,\s*sender", file.read_text())
    ]
    assert found == []


PRIVATE = re.compile(r"\b(name|email|phone|care_notes|notes|text|body|birth_date|address|token)\b")


def test_logs_carry_refs_and_facts_only() -> None:
    found = []
    for file in FILES:
        for node in ast.walk(tree(file)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if ast.unparse(node.func.value) not in ("log", "logger"):
                continue
            message, *rest = node.args
            if not isinstance(message, ast.Constant):
                found.append(f"{file.name}:{node.lineno} the message is not a fixed text")
            found += [
                f"{file.name}:{node.lineno} {ast.unparse(value)}"
                for value in rest
                if isinstance(value, ast.Attribute) and PRIVATE.search(value.attr)
            ]
    assert found == []


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of tracked files")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_nothing_committed_names_a_registry_or_a_machine() -> None:
    hosts = "|".join(("pypi" + r"\.org", "registry" + r"\.npmjs", "pythonhosted" + r"\.org", "index" + "-url"))
    paths = r"(?<![\w./~-])/(?:" + "|".join(("work", "root", "home/\\w+")) + ")/"
    found = []
    for file in tracked():
        if file.suffix in (".png", ".gz", ".woff2", ".ico", ".mo"):
            continue
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
            if re.search(f"{hosts}|{paths}", line):
                found.append(f"{file.relative_to(ROOT)}:{number}")
    assert found == []


def test_no_test_is_silenced() -> None:
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"xf" + r"ail\(", r"mark\.sk" + "ip")))
    python = [file for file in tracked() if file.suffix == ".py"]
    assert [str(file.relative_to(ROOT)) for file in python if marks.search(file.read_text())] == []
