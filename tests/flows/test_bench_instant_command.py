"""`daybreak bench instant` on a small town: one JSON object with the figures of formats.md, and a page of text."""

import json

import pytest
from click.testing import CliRunner

from daybreak.cli.main import main

SMALL = ["bench", "instant", "--children", "120", "--tightness", "1.2", "--seed", "3", "--requests", "400"]


@pytest.mark.parametrize("as_json", [True, False])
def test_every_policy_is_held_against_nearest_first_and_hindsight(as_json: bool) -> None:
    result = CliRunner().invoke(main, SMALL + ["--json"] * as_json)
    assert result.exit_code == 0, result.output
    if not as_json:
        assert "live prices, may refuse, forecast x 2.0" in result.stdout
        assert "every state counted twice: 0 broken" in result.stdout
        return
    found = json.loads(result.stdout)
    assert {"what", "n", "seed", "ours", "baseline", "ratio", "machine"} <= set(found)
    assert found["n"] == 120
    assert found["hindsight"]["placed"] <= 120
    assert found["policies"]["nearest first"]["to_nearest"] == 1.0
    assert found["policies"]["nearest first"]["waited"] == 0
    for row in [found["policies"], *found["forecast_times"].values()]:
        for figures in row.values():
            assert figures["value"] <= found["hindsight"]["value_bound"] + 1
            assert figures["placed_at_once"] <= figures["placed"]
    assert found["ours"]["requests_per_second"] > 0
    assert found["fuzz"]["events"] == 400
    assert found["fuzz"]["asks"] + found["fuzz"]["releases"] <= 400
