"""When are waiting answers written, and how do they come out without their order?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from daybreak.interviews.terms import BATCH, Answers

Thing = TypeVar("Thing")
Shuffle = Callable[[list[Thing]], None]


@dataclass(frozen=True)
class Batch:
    """What a batch writes: closed answers and texts, each in an order of its own."""

    closed: tuple[Answers, ...]
    texts: tuple[tuple[str, str], ...]
    """Item and text."""


def is_full(waiting: int) -> bool:
    """Say whether enough answers wait to hide one another. Fewer wait for the next wave, however long that takes."""
    return waiting >= BATCH


def mixed(answers: Sequence[Answers], shuffle: Callable[[list[object]], None]) -> Batch:
    """Shuffle answers and texts apart from each other. Raises ValueError for too few.

    Texts are shuffled anew: in one order with the answers they would lead from words to everything else a person said.
    """
    if not is_full(len(answers)):
        raise ValueError(f"{len(answers)} answers are too few to hide one another.")
    closed: list[object] = list(answers)
    texts: list[object] = [(item, text) for one in answers for item, text in one.texts.items()]
    shuffle(closed)
    shuffle(texts)
    return Batch(tuple(closed), tuple(texts))  # type: ignore[arg-type]  # what went in comes out
