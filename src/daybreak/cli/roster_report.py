"""How is a roster told? What is wrong line by line, or who joins, changes and leaves; never a name or an address."""

from collections.abc import Iterator
from dataclasses import asdict

from daybreak.people.roster.terms import Compared

SHOWN = 50
"""How many problems are named one by one for people; the JSON names the first thousand."""
HOW = {"joins": "join", "changes": "change", "leaves": "leave"}


def as_json(compared: Compared) -> dict[str, object]:
    """The JSON of an import or a dry run."""
    followed = compared.followed
    return {
        "read": compared.read,
        "imported": followed is not None,
        "joins": compared.joins,
        "changes": compared.changes,
        "leaves": compared.leaves,
        "unchanged": compared.unchanged,
        "bad": compared.bad,
        "bad_lines": [asdict(problem) for problem in compared.problems],
        "looks_cut_off": compared.looks_cut_off,
        "differences": [asdict(difference) for difference in compared.differences],
        "followed": asdict(followed) if followed else None,
    }


def lines_of(compared: Compared, *, dry_run: bool) -> Iterator[str]:
    """The same for people, line by line."""
    if compared.bad:
        yield from _problems(compared)
        return
    done = "nothing was written" if dry_run else "imported" if compared.followed else "nothing to import"
    yield f"{compared.source}: {compared.read:,} employees read, {done}."
    yield (
        f"  Beside {compared.known:,} on the roster: {compared.joins:,} join, {compared.changes:,} change, "
        f"{compared.leaves:,} leave, {compared.unchanged:,} are as before."
    )
    yield from _differences(compared)
    if dry_run and compared.looks_cut_off:
        yield "  So many leave that the file looks cut off; importing it takes --accept-leavers."
    yield from _followed(compared)


def _problems(compared: Compared) -> Iterator[str]:
    for problem in compared.problems[:SHOWN]:
        column = f" ({problem.column})" if problem.column else ""
        yield f"Line {problem.line}{column}: {problem.says} {problem.do}"
    if compared.bad > SHOWN or len(compared.problems) > SHOWN:
        yield f"And more; {compared.bad:,} lines in all. --json names the first thousand."


def _differences(compared: Compared) -> Iterator[str]:
    if not compared.known:
        return
    for how, count in (("joins", compared.joins), ("changes", compared.changes), ("leaves", compared.leaves)):
        shown = [one for one in compared.differences if one.how == how]
        for one in shown:
            what = f" ({'; '.join(one.what)})" if one.what else ""
            yield f"    {one.ref} {how}{what}"
        if count > len(shown):
            yield f"    and {count - len(shown):,} more {HOW[how]}"


def _followed(compared: Compared) -> Iterator[str]:
    if compared.followed is None:
        return
    said = {
        "lost access": compared.followed.left,
        "are back": compared.followed.back,
        "are known by a new number": compared.followed.renumbered,
        "asked before they were on it and are settled by it": compared.followed.settled,
    }
    for words, count in said.items():
        if count:
            yield f"  Of those who have come, {count:,} {words}."
