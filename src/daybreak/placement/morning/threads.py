"""Run one compiled loop over parts of a range side by side; compiled loops let go of the interpreter while they run."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Part = TypeVar("Part")


def in_parts(work: Callable[[int, int], Part], count: int, threads: int) -> list[Part]:
    """Call `work(since, until)` for consecutive parts of range(count) and return the answers in order.

    >>> in_parts(lambda since, until: until - since, 10, 3)
    [3, 3, 4]
    """
    ends = [count * part // threads for part in range(threads + 1)]
    parts = [(since, until) for since, until in itertools.pairwise(ends) if since < until or count == 0]
    if len(parts) <= 1:
        return [work(since, until) for since, until in parts[:1]]
    return list(_pool(threads).map(lambda part: work(*part), parts))


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """Threads made once, since a search asks for them hundreds of times."""
    return ThreadPoolExecutor(threads, thread_name_prefix="placement")
