"""One arm of the import benchmark, as a process: `python -m daybreak.bench.importing_arm first list.csv`.

Prints one JSON object: seconds of the work alone, with everything loaded beforehand, and the process's peak memory.
"""

import csv
import json
import os
import resource
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from time import perf_counter

import click
import django
from django.core.management import call_command


def main(arm: str, file: Path) -> dict[str, object]:
    """Do the arm's work and say what it took."""
    if arm == "plain":
        begun = perf_counter()
        with file.open(encoding="utf-8", newline="") as lines:
            for _ in csv.DictReader(lines):
                pass
        return _taken(perf_counter() - begun)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybreak.config.settings")
    django.setup()
    if arm == "first":
        call_command("migrate", verbosity=0, interactive=False)
    # Models are loaded only once Django is set up.
    read_license_list = import_module("daybreak.care.actions.licenses").read_license_list
    import_module("daybreak.network.license_lists.queries").zip_centroids()
    begun = perf_counter()
    imported = read_license_list(file, "generic", at=datetime.now(UTC)).imported
    counts = {"read": imported.listing.read, "imported": imported.listing.imported}
    return {**_taken(perf_counter() - begun), **counts}


def _taken(seconds: float) -> dict[str, object]:
    return {"seconds": seconds, "peak_mb": _peak_kb() / 1024}


def _peak_kb() -> float:
    """The most memory this process had. Not by getrusage on Linux: it counts what the parent had before the start."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return float(line.split()[1])


if __name__ == "__main__":
    click.echo(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
