"""Sealed columns are named alike everywhere, because rotating keys finds them, and what binds them, by their names."""

import re
from pathlib import Path

from django.apps import apps

SOURCE = Path(__file__).resolve().parents[2] / "src" / "daybreak"
BOUND = re.compile(r'\bbinding\(\s*"([^"]+)",\s*("([^"]+)"|[a-z_]+),')


def columns() -> dict[str, set[str]]:
    """The sealed columns of each table, as the values in them are bound."""
    return {
        str(model._meta.model_name): {
            field.name.removesuffix("_sealed")
            for field in model._meta.concrete_fields
            if field.name.endswith("_sealed")
        }
        for model in apps.get_models()
    }


def test_a_value_is_bound_to_the_names_of_its_table_and_column() -> None:
    found, known = [], columns()
    for file in sorted(SOURCE.rglob("*.py")):
        for table, _, column in BOUND.findall(file.read_text()):
            if not known.get(table) or (column and column not in known[table]):
                found.append(f"{file.relative_to(SOURCE)} binds to {table}.{column or '?'}, which no table has sealed")
    assert found == []


def test_rows_with_sealed_columns_have_ids_made_before_they_are_written() -> None:
    made_later = [
        model.__name__
        for model in apps.get_models()
        if columns()[str(model._meta.model_name)] and model._meta.pk.get_internal_type() != "UUIDField"
    ]
    assert made_later == []
