"""May this person be erased now?"""

from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.own_data.terms import Standing


def decide(standing: Standing) -> Decision:
    """Say no while children are at a place, and while a site would be left with bookings and nobody who speaks for it.

    >>> decide(Standing((), 0, (), ()))
    Yes()
    >>> decide(Standing((), 2, (), ())).reasons[0]
    Reason(code='only-speaker', facts={'number': 2}, cite='')
    """
    reasons = [Reason("care-going-on", {"day": one.day.isoformat()}) for one in standing.going_on]
    if standing.alone_for:
        reasons.append(Reason("only-speaker", {"number": standing.alone_for}))
    return No(tuple(reasons)) if reasons else Yes()
