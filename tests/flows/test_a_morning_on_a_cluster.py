"""The markets of a morning may be placed by a Dask cluster that a setting names; the plan is the same."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from daybreak.bench.town import draw_town
from daybreak.bench.town_files import town_files
from daybreak.cli.main import main

TWO_TOWNS = draw_town(160, 1.1, seed=4, metros=2)


def placed(folder: Path, out: Path) -> str:
    result = CliRunner().invoke(main, ["place", str(folder), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return (out / "placements.csv").read_text()


@pytest.fixture
def morning(tmp_path: Path) -> Path:
    folder = tmp_path / "morning"
    folder.mkdir()
    for name, text in town_files(TWO_TOWNS).items():
        (folder / name).write_text(text)
    return folder


@pytest.mark.timeout(300)
def test_a_cluster_makes_the_plan_that_this_machine_makes(
    morning: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = placed(morning, tmp_path / "here")
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None) as cluster:
        monkeypatch.setenv("DAYBREAK_DASK", cluster.scheduler_address)
        there = placed(morning, tmp_path / "there")
        finished = cluster.scheduler.transition_log
        assert any("_place_apart" in str(line) or "joblib" in str(line) for line in finished), "the cluster did nothing"
    assert there == here


def test_a_cluster_that_does_not_answer_is_said_and_nothing_is_placed(
    morning: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daybreak.cli.cluster.WAIT", "200ms")
    monkeypatch.setenv("DAYBREAK_DASK", "tcp://127.0.0.1:9")
    result = CliRunner().invoke(main, ["place", str(morning), "--out", str(tmp_path / "out")])
    assert result.exit_code == 10
    assert "No Dask scheduler answers at 'tcp://127.0.0.1:9' (DAYBREAK_DASK)" in result.output
    assert not (tmp_path / "out").exists()


def test_a_cluster_without_dask_is_said(morning: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daybreak.cli.cluster.find_spec", lambda name: None)
    monkeypatch.setenv("DAYBREAK_DASK", "tcp://127.0.0.1:9")
    result = CliRunner().invoke(main, ["place", str(morning), "--out", str(tmp_path / "out")])
    assert result.exit_code == 10
    assert "Dask is not installed" in result.output
