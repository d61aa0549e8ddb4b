"""Somebody steals the database of a filled town, without the keys: no name, note, phone, address or birth date."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from cast import DAWN, MONDAY, ROSA, Opened
from daybreak.accounts.queries import account_of
from daybreak.demo import cast
from daybreak.demo.cast import made_id
from daybreak.notices.actions import send_due
from daybreak.people.queries import children_of
from daybreak.people.roster.actions.arrivals import arrive
from daybreak.people.roster.actions.newcomers import say_newcomer
from daybreak.people.roster.terms import Said
from daybreak.people.terms import PayClass
from daybreak.vault.queries import sealed_columns
from rosters import brought_in, row, written

pytestmark = pytest.mark.django_db

SEALED = re.compile(r"v1:\w+:[A-Za-z0-9+/=]+")
MAIN = "Harbor Health, main hospital"


@pytest.fixture
def filled(opened: Opened, tmp_path: Path) -> list[dict[str, str]]:
    """The cast's morning with a request, messages, a roster, somebody who arrived by it and a newcomer."""
    opened.asked()
    send_due(at=DAWN + timedelta(minutes=1), holder="worker-1")
    rows = [row(number, work_site=MAIN) for number in range(1, 6)]
    brought_in(written(tmp_path, rows), made_id("Harbor Health"))
    assert arrive(email=rows[0]["email"], at=DAWN) is not None
    said = Said("Jo Newcome", "jo@example.org", "", "N-77", "14201", made_id(MAIN), PayClass.HOURLY)
    say_newcomer(said, at=DAWN)
    return rows


def stolen() -> Iterator[tuple[str, str]]:
    """Every table with all its rows as text, without what is sealed."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            # What the demo's screens show is made for the demo; production has no such rows.
            if table.startswith(("demo_", "django_")):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            yield table, SEALED.sub("sealed", "\n".join(str(values) for values in cursor.fetchall()))


def private(rows: list[dict[str, str]]) -> dict[str, str]:
    """What must not be found, by what it is."""
    found = {"newcomer": "Jo Newcome", "newcomer's mail": "jo@example.org"}
    for parent in cast.PARENTS:
        found |= {f"{parent.key}'s name": parent.name, f"{parent.key}'s mail": parent.email}
        found |= {f"{parent.key}'s phone": parent.phone}
        for child in parent.children:
            found |= {f"child {child.name}": child.name, f"{child.name}'s birth date": child.born(MONDAY).isoformat()}
            found |= {f"{child.name}'s notes": child.care_notes} if child.care_notes else {}
    for speaker in cast.PROVIDERS:
        found |= {f"{speaker.key}'s mail": speaker.email, f"{speaker.key}'s phone": speaker.phone}
    for one in rows:
        digits = re.sub(r"\D", "", one["phone"])
        found |= {f"{one['employee_id']} mail": one["email"], f"{one['employee_id']} phone": digits}
        found |= {f"{one['employee_id']} name": one["name"], f"{one['employee_id']} number": one["employee_id"]}
    return found


def test_nothing_private_is_read_without_the_keys(filled: list[dict[str, str]]) -> None:
    tables = dict(stolen())
    # The search would find what is there in clear: a place's name, and a job family.
    assert "Little Oaks" in "".join(tables.values())
    assert "Transport" in tables["people_rosterline"]
    found = [
        f"{what} in {table}"
        for what, text in private(filled).items()
        for table, content in tables.items()
        if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", content, re.IGNORECASE)
    ]
    assert found == []


def test_with_the_keys_everything_is_read_so_the_search_knew_the_right_words(filled: list[dict[str, str]]) -> None:
    rosa = account_of(ROSA)
    assert rosa is not None
    known = private(filled)
    assert (rosa.name, rosa.email, rosa.phone) == tuple(known[f"rosa's {what}"] for what in ("name", "mail", "phone"))
    household = UUID(str(rosa.households[0]))
    assert [(child.name, child.birth_date.isoformat()) for child in children_of(household)] == [
        (name, known[f"{name}'s birth date"]) for name in ("Ada", "Ben")
    ]
    assert {"person.name", "rosterline.who", "newcomer.said"} <= {str(column) for column in sealed_columns()}
