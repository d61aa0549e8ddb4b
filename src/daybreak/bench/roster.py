"""How long does an employer's whole roster take to come in, beside a bare bulk load of the same file?

The roster is generated from a seed. Each arm runs in a process of its own, on a database of its own made for it on the
server, or in a file, that DATABASE_URL names. The baseline reads the same file with Python's csv and loads its cells as
they are into one table, by COPY on PostgreSQL and by one executemany on SQLite: nothing is checked, compared or sealed.
"""

import base64
import csv
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import click
import numpy as np

from daybreak.bench.machine import machine

ROUNDS = 3
SHARE = 10
"""The short roster, whose memory the long one's is compared with, has a tenth of its lines."""
CHANGED = 100
"""Of so many employees one is another in the third import: their pay class, or somebody who joins or leaves."""
BASELINE = "csv.reader into one table of texts by COPY or one executemany, nothing checked, compared or sealed"
COLUMNS = (
    *("employee_id", "email", "phone", "name", "work_site", "job_family", "pay_class", "start_date", "weekly_hours"),
    *("shift", "home_zip", "locale"),
)
SITES = ("Main hospital", "East clinic", "Warehouse")
FAMILIES = ("Nursing", "Transport", "Kitchen", "Engineering", "Fulfillment")
SHIFTS = ("07:00-15:30", "15:00-23:30", "23:00-07:30", "")


def run(*, rows: int, seed: int) -> dict[str, object]:
    """Measure both arms in every round and report as formats.md says."""
    found: dict[tuple[str, int], list[dict[str, float]]] = {}
    database = ""
    with tempfile.TemporaryDirectory() as folder:
        sizes = (max(rows // SHARE, 1), rows)
        for size in sizes:
            _write(Path(folder) / f"{size}.csv", employees(size, seed))
            _write(Path(folder) / f"{size}-newer.csv", newer(size, seed))
        for number in range(ROUNDS):
            for size in sizes:
                for arm in ("bare", "ours"):
                    click.echo(f"round {number + 1} of {ROUNDS}: {size:,} lines, {arm}", err=True)
                    said = _measured(arm, Path(folder), size)
                    database = str(said.pop("database"))
                    found.setdefault((arm, size), []).append({key: float(str(one)) for key, one in said.items()})
    few, many = sizes
    ours = {key: _middle(found["ours", many], key) for key in ("first", "again", "newer", "peak_mb")}
    bare = {key: _middle(found["bare", many], key) for key in ("seconds", "peak_mb")}
    few_peak = _middle(found["ours", few], "peak_mb")
    return {
        "what": "import of a generated roster into an empty database, once more unchanged, and a newer one",
        "n": rows,
        "seed": seed,
        "database": database,
        "rounds": ROUNDS,
        "ours": {
            "seconds": ours["first"],
            "again_seconds": ours["again"],
            "newer_seconds": ours["newer"],
            "rows_per_second": round(rows / ours["first"]),
            "peak_mb": ours["peak_mb"],
            "peak_mb_of_a_tenth": few_peak,
        },
        "baseline": {"name": BASELINE, **bare},
        "ratio": {
            "seconds": round(ours["first"] / bare["seconds"], 1),
            "peak_mb_of_ten_times_the_rows": round(ours["peak_mb"] / few_peak, 3),
        },
        "machine": machine(),
    }


def employees(rows: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Every employee as the cells of COLUMNS."""
    dice = np.random.default_rng(seed)
    for number in range(rows):
        site, family, shift = (int(dice.integers(len(of))) for of in (SITES, FAMILIES, SHIFTS))
        yield (
            f"{number:07d}",
            f"employee{number}@example.org",
            f"716{number:07d}",
            f"Employee Number {number}",
            SITES[site],
            FAMILIES[family],
            "hourly" if family else "salaried",
            f"20{10 + number % 15}-{1 + number % 12:02d}-{1 + number % 28:02d}",
            "36",
            SHIFTS[shift],
            f"142{number % 20:02d}",
            "es-US" if number % 7 == 0 else "en-US",
        )


def newer(rows: int, seed: int) -> Iterator[tuple[str, ...]]:
    """The same employees a month later: some pay classes differ, some have left, as many have come."""
    for number, cells in enumerate(employees(rows + max(rows // CHANGED // 2, 1), seed)):
        if number % (CHANGED * 2) == 1:
            continue
        changed = "salaried" if cells[6] == "hourly" else "hourly"
        yield (*cells[:6], changed, *cells[7:]) if number % (CHANGED * 2) == 3 else cells


def _write(file: Path, rows: Iterator[tuple[str, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(COLUMNS)
        table.writerows(rows)


def _measured(arm: str, folder: Path, size: int) -> dict[str, object]:
    """Run one arm in a process of its own."""
    files = [str(folder / f"{size}.csv"), str(folder / f"{size}-newer.csv")]
    command = [sys.executable, "-m", "daybreak.bench.roster_arm", arm, *files]
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    environment = {**os.environ, "DAYBREAK_VAULT_KEYS": f"bench:{key}", "DAYBREAK_VAULT_INDEX_KEY": key}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    said: dict[str, object] = json.loads(done.stdout)
    return said


def _middle(samples: list[dict[str, float]], key: str) -> float:
    return round(median(sample[key] for sample in samples), 3 if "mb" not in key else 1)


def sentence(found: dict[str, object]) -> str:
    """The report for people."""
    ours, baseline, ratio = found["ours"], found["baseline"], found["ratio"]
    assert isinstance(ours, dict)
    assert isinstance(baseline, dict)
    assert isinstance(ratio, dict)
    return (
        f"{found['database']}: {found['n']:,} employees in {ours['seconds']:,} s "
        f"({ours['rows_per_second']:,} a second); once more unchanged {ours['again_seconds']:,} s; a newer roster, one "
        f"employee in {CHANGED} another, {ours['newer_seconds']:,} s.\n"
        f"Peak {ours['peak_mb']:,} MB, {ours['peak_mb_of_a_tenth']:,} MB for a tenth of the lines.\n"
        f"{baseline['name']}: {baseline['seconds']:,} s, {baseline['peak_mb']:,} MB.\n"
        f"An import takes {ratio['seconds']:,} times as long as the bare load; ten times the lines take "
        f"{ratio['peak_mb_of_ten_times_the_rows']:.2f} times the memory."
    )
