"""How long does a long license list take to import, beside plain reading of the same file, and does memory grow?

The list is generated from a seed: centers and homes of one state with hours, days and rooms, a few of them set aside.
Each arm runs in a process of its own, on an embedded database made for it, so that its peak memory is its own. The
baseline reads the same file with Python's csv.DictReader and does nothing else.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click
import numpy as np

from daybreak.bench.machine import machine
from daybreak.network.license_lists.generic import COLUMNS, OPTIONAL

ROUNDS = 3
ARMS = ("plain", "first", "again")
BASELINE = "csv.DictReader over the same file, nothing kept"
SHARE = 10
"""The short list, whose memory the long one's is compared with, has a tenth of its rows."""
AGES = ("0-18:8; 18-36:12; 36-60:20", "0-156:6", "36-60:18; 60-156:20", "0-156:12", "18-60:24")
HOURS = (("06:30", "18:00"), ("07:00", "17:30"), ("00:00", "00:00"), ("06:00", "23:59"), ("14:00", "02:00"))
DAYS = ("Mo-Fr", "Mo-Fr", "Mo-Sa", "Mo-Su")


@dataclass(frozen=True)
class Taken:
    """What one arm took: seconds of its work, and the most memory its process had."""

    seconds: float
    peak_mb: float


def run(*, rows: int, seed: int) -> dict[str, object]:
    """Measure every arm in every round and report as formats.md says."""
    found: dict[tuple[str, int], list[Taken]] = {}
    counted: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        sizes = (max(rows // SHARE, 1), rows)
        files = {size: _written(Path(folder) / f"{size}.csv", size, seed) for size in sizes}
        for number in range(ROUNDS):
            for size in sizes:
                database = Path(folder) / f"{number}-{size}.sqlite3"
                for arm in ARMS:
                    click.echo(f"round {number + 1} of {ROUNDS}: {size:,} rows, {arm}", err=True)
                    taken, counts = _measured(arm, files[size], database)
                    found.setdefault((arm, size), []).append(taken)
                    counted = counts or counted
                database.unlink()
    few, many = sizes
    ours = {
        "seconds": _seconds(found["first", many]),
        "again_seconds": _seconds(found["again", many]),
        "rows_per_second": round(rows / _seconds(found["first", many])),
        "peak_mb": _peak(found["first", many]),
        "peak_mb_of_a_tenth": _peak(found["first", few]),
        **counted,
    }
    plain = {"seconds": _seconds(found["plain", many]), "peak_mb": _peak(found["plain", many])}
    return {
        "what": "import of a generated license list into an empty embedded database, and once more unchanged",
        "n": rows,
        "seed": seed,
        "rounds": ROUNDS,
        "ours": ours,
        "baseline": {"name": BASELINE, **plain},
        "ratio": {
            "seconds": round(_seconds(found["first", many]) / _seconds(found["plain", many]), 1),
            "peak_mb_of_ten_times_the_rows": round(_peak(found["first", many]) / _peak(found["first", few]), 3),
        },
        "machine": machine(),
    }


def listed(rows: int, seed: int) -> Iterator[dict[str, object]]:
    """The rows of the list: of a hundred, one is suspended and one has ages nobody can read."""
    dice = np.random.default_rng(seed)
    for number in range(rows):
        opens, closes = HOURS[dice.integers(len(HOURS))]
        is_home = dice.random() < 0.6
        yield {
            "state": "OH",
            "license_number": f"{100000 + number}",
            "name": f"{'Family home' if is_home else 'Center'} {number}",
            "kind": "family_home" if is_home else "center",
            "status": "Suspended" if dice.random() < 0.01 else "License",
            "city": "Columbus",
            "zip_code": "43004",
            "capacity": "60",
            "ages": "any" if dice.random() < 0.01 else AGES[dice.integers(len(AGES))],
            "latitude": f"{40 + dice.normal(0, 0.5):.5f}",
            "longitude": f"{-82.8 + dice.normal(0, 0.5):.5f}",
            "opens": opens,
            "closes": closes,
            "days": DAYS[dice.integers(len(DAYS))],
        }


def _written(file: Path, rows: int, seed: int) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, (*COLUMNS, *OPTIONAL))
        table.writeheader()
        table.writerows(listed(rows, seed))
    return file


def _measured(arm: str, file: Path, database: Path) -> tuple[Taken, dict[str, object]]:
    """Run one arm in a process of its own; what it imported comes along when it imported."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "DAYBREAK_DATA": str(file.parent)}
    command = [sys.executable, "-m", "daybreak.bench.importing_arm", arm, str(file)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    said = json.loads(done.stdout)
    return Taken(said.pop("seconds"), said.pop("peak_mb")), said


def _seconds(samples: list[Taken]) -> float:
    return round(median(sample.seconds for sample in samples), 3)


def _peak(samples: list[Taken]) -> float:
    return round(median(sample.peak_mb for sample in samples), 1)
