"""Age limits as a column holds them, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from daybreak.placement.terms import AgeLimit


def limits_of(stored: Iterable[Mapping[str, Any]]) -> tuple[AgeLimit, ...]:
    """Age limits as their column holds them."""
    return tuple(AgeLimit(**limit) for limit in stored)


def stored(limits: Iterable[AgeLimit]) -> list[dict[str, object]]:
    """The other way; a limit without a citation is stored without the word.

    >>> stored([AgeLimit(18, most_of_them=2)])
    [{'under_months': 18, 'most_of_them': 2, 'room_most': None}]
    """
    return [{name: part for name, part in asdict(limit).items() if name != "cite" or part} for limit in limits]
