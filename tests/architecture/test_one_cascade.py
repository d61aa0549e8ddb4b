"""There is one step for what happens to a request: worker, pages, benchmark and property tests all come through it."""

import ast
import inspect
from pathlib import Path

import pytest

import cascade_world
from daybreak.care import cascade
from daybreak.care.actions import answer, look, rounds, run
from daybreak.care.week import play

SOURCE = Path(cascade.__file__).resolve().parents[1]


def called_in(module: object) -> set[str]:
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    return {ast.unparse(node.func).split(".")[-1] for node in ast.walk(tree) if isinstance(node, ast.Call)}


@pytest.mark.parametrize("driver", [run, play, cascade_world], ids=["the tables", "a week", "the laws"])
def test_every_driver_settles_by_the_same_step(driver: object) -> None:
    assert driver.settle is cascade.settle  # type: ignore[attr-defined]
    assert "settle" in called_in(driver)


@pytest.mark.parametrize("action", [look, answer, rounds], ids=["a look", "an answer", "a round"])
def test_every_action_of_the_worker_and_the_pages_runs_it(action: object) -> None:
    assert action.run is run.run  # type: ignore[attr-defined]
    assert "run" in called_in(action)


def test_nobody_takes_a_place_around_it() -> None:
    users = [
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if "try_place" in file.read_text() and file.name != "take.py"
    ]
    assert users == ["care/actions/run.py"]


def test_settling_goes_by_the_one_table_of_moves() -> None:
    assert "step" in called_in(cascade)
    assert inspect.getsource(cascade.step).count("MOVES.get(") == 1
