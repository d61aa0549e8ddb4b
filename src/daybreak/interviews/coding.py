"""Which texts do two people read, and how well do they agree on what is in them?"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from daybreak.interviews.agreement import krippendorff_alpha


def is_shared(text_id: UUID) -> bool:
    """Say whether every coder reads this text: one in ten, drawn by its random id, so that nobody chooses."""
    return text_id.int % 10 == 0


def agreement_by_theme(
    codings: Sequence[Sequence[frozenset[str]]], themes: Sequence[str]
) -> Mapping[str, float | None]:
    """Krippendorff's alpha for each theme, found or not found; None where every coder always said the same.

    >>> both = [(frozenset({"cost"}), frozenset({"cost"})), (frozenset(), frozenset())]
    >>> agreement_by_theme(both, ["cost", "stigma_manager"])
    {'cost': 1.0, 'stigma_manager': None}
    """
    return {theme: krippendorff_alpha([[float(theme in one) for one in text] for text in codings]) for theme in themes}
