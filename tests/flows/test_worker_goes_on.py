"""A database that is away for a while ends nothing: the worker says so in a line each round and goes on."""

import pytest
from django.db import OperationalError

from cast import DAWN, open_cast
from daybreak.cli import worker


def away(**_: object) -> int:
    raise OperationalError("connection refused\n\tIs the server running?")


def test_a_round_without_a_database_is_one_line_for_each_part_and_the_next_round_works(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        for part in ("work_due", "send_due", "chain_batch"):
            patch.setattr(worker, part, away)
        assert worker.round_of_work(DAWN, "worker-1") == 0
    assert [record.getMessage() for record in caplog.records] == [
        f"round failed part={part}: the database said 'connection refused'; it is asked again"
        for part in ("care", "notices", "audit")
    ]
    assert [record.exc_info for record in caplog.records] == [None] * 3
    open_cast()
    assert worker.round_of_work(DAWN, "worker-1") > 0
