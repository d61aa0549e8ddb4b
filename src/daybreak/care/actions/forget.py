"""Forget what a person was last asked by text."""

from uuid import UUID

from daybreak.care.models import Talk


def forget_talk(*, person_id: UUID) -> None:
    """Nothing of their conversation is left; the texts themselves were never kept."""
    Talk.objects.filter(pk=person_id).delete()
