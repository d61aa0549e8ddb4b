"""The words of counting requests without saying whose they are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DayCount:
    """How the requests of an employer's families for one day stand."""

    asked: int = 0
    """Every request but those a family canceled itself."""
    looking: int = 0
    placed: int = 0
    unfilled: int = 0
