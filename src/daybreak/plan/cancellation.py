"""What does a cancellation cost the family? Nothing, unless it was late, confirmed before, and the plan says so."""

from datetime import timedelta

from daybreak.plan.terms import Cancellation, Part


def kept_parts(terms: Cancellation, family_canceled_before: timedelta | None) -> frozenset[Part]:
    """The parts of a charge that a cancellation does not give back.

    `family_canceled_before` is how long before arrival the family canceled; None when it was not the family.

    >>> late = Cancellation(hours_before=2, keeps_day=True, keeps_copay=False, cite="3.4")
    >>> [part.value for part in kept_parts(late, timedelta(hours=1))]
    ['day']
    >>> kept_parts(late, timedelta(hours=2)) or kept_parts(late, None)
    frozenset()
    """
    if family_canceled_before is None or family_canceled_before >= timedelta(hours=terms.hours_before):
        return frozenset()
    kept = {Part.DAY: terms.keeps_day, Part.COPAY: terms.keeps_copay}
    return frozenset(part for part, is_kept in kept.items() if is_kept)
