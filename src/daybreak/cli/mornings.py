"""What `daybreak place` and `daybreak check` share: reading a morning's folder and writing a plan's, whole or not."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from daybreak.kernel.errors import BadInput
from daybreak.placement.morning_files import COLUMNS, read_morning, read_worth
from daybreak.placement.ranking import WORTH
from daybreak.placement.terms import Morning

JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on standard output and nothing else."
)


def _worth(_ctx: click.Context, _param: click.Parameter, text: str) -> tuple[float, float, float]:
    """Read the option's text; what is wrong with it is a question of usage, not of a file."""
    try:
        return read_worth(text)
    except BadInput as error:
        raise click.BadParameter(str(error)) from error


VALUE = click.option(
    "--value",
    "worth",
    metavar="MINUTES,MINUTES,MINUTES",
    callback=_worth,
    default=",".join(f"{minutes:g}" for minutes in WORTH),
    show_default=True,
    help="What placing a child is worth, for priority 0, 1 and 2.",
)


def morning_at(folder: Path) -> Morning:
    """Read the files of a morning; raises BadInput with every problem found."""
    return read_morning({name: text_of(folder / name) for name in COLUMNS if (folder / name).exists()})


def text_of(path: Path) -> str:
    """Read a file as UTF-8; raises BadInput that names the first line that is not, or holds a zero byte."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror}). Nothing was done."
        raise BadInput(problem, source=path.name, do="Make it readable and run the command again.") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = "the line is not UTF-8 text. Nothing was done."
        raise BadInput(problem, source=path.name, line=line, do="Save the file as UTF-8 and run it again.") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        problem = "a zero byte stands here, so this is not text. Nothing was done."
        raise BadInput(problem, source=path.name, line=line, do="Save the file as CSV and run it again.")
    return text


def write_whole(folder: Path, files: Mapping[str, Callable[[], str | bytes]], *, what: str = "plan") -> None:
    """Write all files under temporary names first and rename them when every one is complete.

    Contents are made one after the other, as the files are written. A new folder appears with all its files at once.
    Raises BadInput when the disk refuses; nothing half written stays.
    """
    try:
        if folder.is_dir():
            _rename_into(folder, files)
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as room:
                fresh = Path(room) / folder.name
                fresh.mkdir()
                for name, text_for in files.items():
                    (fresh / name).write_bytes(_as_bytes(text_for()))
                fresh.rename(folder)
    except OSError as error:
        problem = f"the folder cannot be written ({error.strerror}). No {what} was written."
        raise BadInput(problem, source=str(folder), do="Make room or name another folder with --out.") from error


def _as_bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _rename_into(folder: Path, files: Mapping[str, Callable[[], str | bytes]]) -> None:
    written: dict[Path, Path] = {}
    try:
        for name in files:
            # Renaming onto a folder would fail when the files before it are already there.
            if (folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(folder / name))
        for name, text_for in files.items():
            handle, fresh = tempfile.mkstemp(prefix=f".{name}-", dir=folder)
            written[Path(fresh)] = folder / name
            with os.fdopen(handle, "wb") as file:
                file.write(_as_bytes(text_for()))
            Path(fresh).chmod(0o644)
        for fresh_file, target in written.items():
            fresh_file.replace(target)
    finally:
        for fresh_file in written:
            with contextlib.suppress(FileNotFoundError):
                fresh_file.unlink()
