"""Rows written by one statement for all of them are the rows that the ORM would have written, on either database."""

from datetime import date, time
from uuid import uuid4

import pytest

from daybreak.network.license_lists.actions import rows
from daybreak.network.models import License, Provider, Room, Site

pytestmark = pytest.mark.django_db

LIMITS = [{"under_months": 24, "most": 2, "room_most": 6, "cite": "§ 1 (“quoted”)"}]


def written(model: type, pk: object) -> dict[str, object]:
    return model.objects.filter(pk=pk).values().get()


def test_every_kind_of_column_comes_back_as_it_went() -> None:
    site_id, room_id, license_id = uuid4(), uuid4(), uuid4()
    rows.insert(Provider, [{"id": site_id, "name": "O'Neil & Söhne %s"}])
    site = {
        **{"id": site_id, "provider_id": site_id, "external_ref": "oh:1", "name": "O'Neil", "kind": "center"},
        **{"latitude": 40.5, "longitude": -82.25, "zone": "America/New_York", "opens": time(6, 30), "closes": None},
        "listed_on": date(2026, 3, 2),
    }
    site["closes"] = time(18)
    rows.insert(Site, [site])
    rows.insert(Room, [{"id": room_id, "site_id": site_id, "name": "A", **ages(), "limits": LIMITS}])
    terms = {"number": "7", "program": "p", "status": "License", "capacity": 9, "source": "list", "from_day": None}
    rows.insert(License, [{"id": license_id, "site_id": site_id, "until_day": None, **terms}])

    twin = Site(**{**site, "id": uuid4(), "external_ref": "oh:2"})
    twin.save()
    assert without_ids(written(Site, site_id)) == without_ids(written(Site, twin.pk))
    assert written(Room, room_id)["limits"] == LIMITS
    assert Room.objects.get(pk=room_id).licensed_spots == 4
    assert written(License, license_id) == {"id": license_id, "site_id": site_id, "until_day": None, **terms}


def ages() -> dict[str, int]:
    return {"from_months": 0, "until_months": 36, "licensed_spots": 4}


def without_ids(columns: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in columns.items() if name not in ("id", "external_ref")}


def test_only_the_columns_named_change_and_only_in_the_rows_named() -> None:
    ids = [uuid4() for _ in range(3)]
    rows.insert(Provider, [{"id": pk, "name": "before"} for pk in ids])
    rows.update(Provider, [(ids[0], {"name": "after"}), (ids[2], {"name": "%s"})], ("name",))
    assert [Provider.objects.get(pk=pk).name for pk in ids] == ["after", "before", "%s"]


def test_nothing_to_write_asks_the_database_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        rows.insert(Provider, [])
        rows.update(Provider, [], ("name",))
