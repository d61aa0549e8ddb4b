"""No table about a person is forgotten: own_data says of each what a copy shows and what erasing leaves."""

import pytest
from django.apps import apps
from django.db import models

from daybreak.own_data.holdings import HOLDINGS
from daybreak.own_data.queries import copy_of
from daybreak.own_data.terms import Holding, WhenErased

PEOPLE = {"accounts.Person", "people.Household", "people.Child", "people.Employee", "care.CareRequest", "care.Booking"}
THEIR_OWN = {"demo", "sessions", "contenttypes", "auth"}
"""Apps whose rows are made up, or run out by themselves."""


def is_about_people(model: type[models.Model]) -> bool:
    fields = model._meta.concrete_fields
    named = {field.related_model._meta.label for field in fields if field.is_relation and field.related_model}
    words = {field.name for field in fields}
    is_sealed = any(name.endswith("_sealed") for name in words)
    return model._meta.label in PEOPLE or bool(named & PEOPLE) or is_sealed or bool({"actor", "person_id"} & words)


TABLES = [model for model in apps.get_models() if model._meta.app_label not in THEIR_OWN]
ABOUT_PEOPLE = {model._meta.label for model in TABLES if is_about_people(model)}
WHAT_TO_DO = "Say in own_data/holdings.py what becomes of these, and do it in its queries and actions."


def test_every_table_about_people_says_what_a_copy_and_an_erasing_do_with_it() -> None:
    missing, gone = sorted(ABOUT_PEOPLE - HOLDINGS.keys()), sorted(HOLDINGS.keys() - ABOUT_PEOPLE)
    assert missing == [], WHAT_TO_DO
    assert gone == []


@pytest.mark.parametrize(("label", "holding"), HOLDINGS.items(), ids=list(HOLDINGS))
def test_what_is_kept_or_left_out_has_its_reason(label: str, holding: Holding) -> None:
    needs_reason = holding.when_erased is WhenErased.KEPT or not holding.in_copy
    assert bool(holding.because) == needs_reason


@pytest.mark.django_db
def test_every_part_that_is_named_stands_in_a_copy(opened: object) -> None:
    from_cast = apps.get_model  # the test may ask Django for a table; the product may not
    person = from_cast("people", "Employee").objects.order_by("pk").first().person_id
    held = copy_of(person)
    assert held is not None
    assert {holding.in_copy for holding in HOLDINGS.values() if holding.in_copy} <= held.keys()
