"""`daybreak doctor`: does everything add up? Settings, database, counters, audit, messages, rules, requests, keys."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import click
from django.db import OperationalError

from daybreak.audit import queries as audit
from daybreak.care import queries as care
from daybreak.cli.clock import now
from daybreak.cli.safety import problems
from daybreak.cli.setup import migrations_behind
from daybreak.kernel.errors import BadInput
from daybreak.network import queries as network
from daybreak.notices import queries as notices
from daybreak.plan.books import queries as books
from daybreak.rulebook.queries import packaged
from daybreak.vault import queries as vault

LATE = timedelta(minutes=5)
"""A message that waits longer means that no worker runs or a gateway is shut."""
GIVEN_UP_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Finding:
    """What one check found, in a sentence."""

    check: str
    is_well: bool
    says: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output and nothing else.")
def doctor(as_json: bool) -> None:
    """Look for anything that does not add up: settings, counters, audit chain.

    Nothing is changed. Each check prints one line.

    Exit 0: all is well. 10: a check found something.
    """
    findings = list(examine(now()))
    is_well = all(finding.is_well for finding in findings)
    if as_json:
        click.echo(json.dumps({"well": is_well, "checks": [asdict(finding) for finding in findings]}))
    else:
        for finding in findings:
            click.echo(f"{'well' if finding.is_well else 'LOOK':<5} {finding.check:<9} {finding.says}")
    if not is_well:
        click.get_current_context().exit(BadInput.exit_code)


def examine(at: datetime) -> Iterator[Finding]:
    """Every check in turn; what needs the database is left out when it cannot be used."""
    yield from (_settings(), _rules(at))
    database = _database()
    yield database
    if database.is_well:
        checks: tuple[Callable[[], Finding], ...] = (
            *(_counters, _audit, lambda: _messages(at), lambda: _requests(at)),
            lambda: _licenses(at),
            _books,
            _keys,
        )
        yield from (check() for check in checks)


def _settings() -> Finding:
    found = list(problems())
    return Finding("settings", not found, " ".join(found) or "Nothing keeps this process from serving families.")


def _rules(at: datetime) -> Finding:
    book = packaged()
    late = [rule.path for rule in book.due(at.date())]
    says = (
        f"Past the day to be looked at again: {', '.join(late)}." if late else f"{len(book.rules)} rules, none overdue."
    )
    return Finding("rules", not late, says)


def _database() -> Finding:
    try:
        behind, _ = migrations_behind()
    except OperationalError:
        return Finding("database", False, "It cannot be reached. Nothing in it was looked at. Check DATABASE_URL.")
    if behind:
        says = f"It is {behind} migrations behind. Nothing in it was looked at. Run `daybreak migrate`."
        return Finding("database", False, says)
    return Finding("database", True, "It can be reached and is at this version.")


def _counters() -> Finding:
    found = network.drift()
    if not found:
        return Finding("counters", True, "Every counter of spots equals its bookings.")
    first = found[0]
    says = (
        f"{len(found)} counters of spots differ from their bookings; the {first.counter} session {first.counter_id} "
        f"says {first.says} where {first.rows} are taken."
    )
    return Finding("counters", False, says)


def _audit() -> Finding:
    broken, waiting = audit.broken_at(), audit.waiting()
    if broken is not None:
        return Finding("audit", False, f"The chain is broken at link {broken}: from there on the record was changed.")
    return Finding("audit", True, f"The chain is whole; {waiting} events wait for their link.")


def _messages(at: datetime) -> Finding:
    overdue, given_up = notices.undelivered(overdue_at=at - LATE, given_up_since=at - GIVEN_UP_WITHIN)
    says = f"{overdue} overdue by more than {LATE // timedelta(minutes=1)} minutes, {given_up} given up within a day."
    return Finding("messages", not overdue and not given_up, says)


def _requests(at: datetime) -> Finding:
    late = care.overdue(at=at)
    if not late:
        return Finding("requests", True, "No family waits past its decide-by.")
    says = f"{len(late)} families wait past their decide-by. Is `daybreak worker` running?"
    return Finding("requests", False, says)


def _books() -> Finding:
    off, found, waiting = books.off_balance(), books.drift(), books.waiting()
    if off:
        return Finding("books", False, f"{len(off)} entries do not balance; the first is {off[0]}.")
    if found:
        one = found[0]
        where = f"the {one.what} {one.row_id} says {one.says}, not {one.lines}"
        says = f"{len(found)} passbooks differ from their lines; {where}."
        return Finding("books", False, says)
    return Finding(
        "books", True, f"Every entry balances, every passbook equals its lines; {waiting} wait for a number."
    )


def _licenses(at: datetime) -> Finding:
    left = care.unlicensed_bookings(at=at)
    if not left:
        return Finding("licenses", True, "Every booking ahead is at a site with a license for its day.")
    says = f"{len(left)} bookings ahead are at sites without a license. Import the state's list again to end them."
    return Finding("licenses", False, says)


def _keys() -> Finding:
    try:
        sealing, older = vault.keyring().sealing, vault.sealed_by_other_keys()
    except BadInput as error:
        return Finding("keys", False, str(error))
    if not older:
        return Finding("keys", True, f"Every private value is sealed with the key {sealing}.")
    says = f"{older:,} private values are sealed with another key than {sealing}. Run `daybreak rotate-keys`."
    return Finding("keys", False, says)
