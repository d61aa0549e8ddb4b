"""May this be done? Every answer is a Yes, or a No that carries all its reasons.

A refusal is a value, never an exception: it has a code, the facts behind it and a citation, and is worded once, in
notices/catalogue.py, for page, text message, API and command line alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Fact = str | int | float | bool | None


@dataclass(frozen=True)
class Reason:
    """Why something is refused: a stable code, the facts that decided it, and the rule that says so."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    cite: str = ""


@dataclass(frozen=True)
class Yes:
    """It may be done."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class No:
    """It may not be done, for every reason found and not only the first."""

    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("A refusal must give at least one reason.")

    def __bool__(self) -> bool:
        return False


Decision = Yes | No


def all_of(decisions: Iterable[Decision]) -> Decision:
    """Say yes when every decision does, else no with the reasons of all that do not, in order.

    >>> all_of([Yes(), No((Reason("hours"),)), No((Reason("age"),))])
    No(reasons=(Reason(code='hours', facts={}, cite=''), Reason(code='age', facts={}, cite='')))
    """
    reasons = tuple(reason for decision in decisions if isinstance(decision, No) for reason in decision.reasons)
    return No(reasons) if reasons else Yes()
