"""A module is pure unless its name says it is not."""

import ast
from pathlib import Path

import grimp
import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "daybreak"
SHELL = {"models", "queries", "actions", "transports", "apps", "migrations"}
EDGES = {"web", "api", "cli", "bench", "demo", "config"}
OUTSIDE = {
    *("django", "os", "pathlib", "shutil", "tempfile", "random", "secrets", "time", "socket", "sqlite3", "subprocess"),
    *("urllib", "http", "httpx", "smtplib", "psycopg", "logging", "threading", "sesame", "click", "tqdm"),
}

GRAPH = grimp.build_graph("daybreak", include_external_packages=True, cache_dir=None)


def is_pure(module: str) -> bool:
    parts = module.split(".")
    return parts[0] == "daybreak" and len(parts) > 2 and parts[1] not in EDGES and not SHELL & set(parts[2:])


PURE = sorted(module for module in GRAPH.modules if is_pure(module) and not GRAPH.find_children(module))


def test_the_list_of_pure_modules_is_not_empty_by_mistake() -> None:
    assert {"daybreak.kernel.decisions", "daybreak.placement.request", "daybreak.care.states"} <= set(PURE)


@pytest.mark.parametrize("module", PURE)
def test_knows_nothing_of_the_outside(module: str) -> None:
    reached = GRAPH.find_upstream_modules(module)
    assert {name.split(".")[0] for name in reached} & OUTSIDE == set()


@pytest.mark.parametrize("module", PURE)
def test_depends_on_pure_modules_only(module: str) -> None:
    inside = {name for name in GRAPH.find_upstream_modules(module) if name.startswith("daybreak.")}
    assert {name for name in inside if not is_pure(name) and not GRAPH.find_children(name)} == set()


@pytest.mark.parametrize("module", PURE)
def test_reads_no_clock_and_rolls_no_dice(module: str) -> None:
    file = SOURCE.parent / Path(*module.split(".")).with_suffix(".py")
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)}
    banned = ("datetime.now", "datetime.utcnow", "date.today", "uuid4", "uuid1", "random.", "default_rng", "open")
    assert [call for call in calls for bad in banned if call == bad or call.endswith(f".{bad}")] == []
