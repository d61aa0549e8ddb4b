"""What has this household told about itself?"""

from collections.abc import Iterable
from uuid import UUID

from daybreak.people import models
from daybreak.people.telling.terms import Fetcher, HouseholdTold, Question
from daybreak.vault.queries import binding, reveal

NOTHING = HouseholdTold({}, ())


def told_by(household_id: UUID) -> HouseholdTold:
    """All that a household has told, for its own page."""
    return told_by_all([household_id]).get(household_id, NOTHING)


def told_by_all(household_ids: Iterable[UUID]) -> dict[UUID, HouseholdTold]:
    """The same for several households, for whoever cares for their children; the caller answers for the right to it."""
    ids = list(household_ids)
    answers: dict[UUID, dict[Question, str]] = {}
    for row in models.HouseholdAnswer.objects.filter(household__in=ids):
        said = reveal(row.answer_sealed, binding("householdanswer", "answer", row.pk))
        answers.setdefault(row.household_id, {})[Question(row.question)] = said
    fetchers: dict[UUID, list[Fetcher]] = {}
    for one in models.Fetcher.objects.filter(household__in=ids).order_by("added_at", "pk"):
        fetchers.setdefault(one.household_id, []).append(_fetcher(one))
    return {id_: HouseholdTold(answers.get(id_, {}), tuple(fetchers.get(id_, ()))) for id_ in ids}


def _fetcher(row: models.Fetcher) -> Fetcher:
    def opened(column: str) -> str:
        return reveal(getattr(row, f"{column}_sealed"), binding("fetcher", column, row.pk))

    return Fetcher(row.pk, opened("name"), opened("tie"), opened("phone"))
