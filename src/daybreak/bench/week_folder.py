"""Read a week's folder, and write the log of a week beside it."""

from collections.abc import Callable
from pathlib import Path

from daybreak.bench.cascade import Run
from daybreak.care.week.files import COLUMNS, FIX, read_week, week_files, write_log
from daybreak.care.week.terms import Week
from daybreak.kernel.errors import BadInput


def week_at(folder: Path) -> Week:
    """Read the files of a week; raises BadInput with every problem found."""
    return read_week({name: _text(folder / name) for name in COLUMNS if (folder / name).is_file()})


def write_week(
    folder: Path, played: Run, drawn: Week | None, *, required: bool, say: Callable[[str], None]
) -> Path | None:
    """Write log.csv, and the files of a week that was drawn; returns the log's path.

    A folder nobody asked to write to may refuse: then that is said, and None returned.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (week_files(drawn) if drawn else {}).items():
            (folder / name).write_text(text, encoding="utf-8")
        written = folder / "log.csv"
        written.write_text(write_log(played.ours), encoding="utf-8")
    except OSError as error:
        problem = f"the log cannot be written ({error.strerror})."
        if required:
            raise BadInput(problem, source=str(folder), do="Name another folder with --out.") from error
        say(f"{folder}: {problem} Name a folder with --out to have it.")
        return None
    return written


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("the file cannot be read as UTF-8 text.", source=path.name, do=FIX) from error
