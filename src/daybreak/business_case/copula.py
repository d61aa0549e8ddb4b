"""How are inputs drawn that go together? Standard normals with the correlations the file states, one column for each.

Each input has a stream of its own, so that fixing one input or adding another leaves the draws of all others as they
were: two cases that differ in one figure differ by that figure and not by luck.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from daybreak.business_case.terms import Correlation, Numbers

SMALLEST = 1e-9
"""The smallest eigenvalue a correlation matrix may have; below it no inputs can go together that way."""


def matrix_of(pairs: Sequence[Correlation]) -> tuple[list[str], Numbers]:
    """Return the inputs named in the pairs, in order of their names, and their correlation matrix.

    >>> matrix_of([Correlation("reach", "days_used", 0.3)])[1].tolist()
    [[1.0, 0.3], [0.3, 1.0]]
    """
    names = sorted({name for pair in pairs for name in (pair.one, pair.other)})
    matrix = np.eye(len(names))
    for pair in pairs:
        one, other = names.index(pair.one), names.index(pair.other)
        matrix[one, other] = matrix[other, one] = pair.r
    return names, matrix


def goes_together(pairs: Sequence[Correlation]) -> bool:
    """Say whether any draws can have these correlations.

    >>> a, b, c = Correlation("a", "b", 0.8), Correlation("b", "c", 0.5), Correlation("a", "c", -0.8)
    >>> goes_together([a, b]), goes_together([a, b, c])
    (True, False)
    """
    _, matrix = matrix_of(pairs)
    return float(np.linalg.eigvalsh(matrix).min()) > SMALLEST


def normal_blocks(
    order: Sequence[str],
    wanted: Sequence[str],
    pairs: Sequence[Correlation],
    rng: np.random.Generator,
    sizes: Iterable[int],
) -> Iterator[dict[str, Numbers]]:
    """Give normals for each wanted input, block by block; a place in `order`, the list of all, is its stream.

    How draws are cut into blocks changes nothing but the memory it takes.
    """
    streams = dict(zip(order, rng.spawn(len(order)), strict=True))
    bound = [pair for pair in pairs if pair.one in wanted and pair.other in wanted]
    for size in sizes:
        alone = {name: streams[name].standard_normal(size) for name in wanted}
        yield {**alone, **_bound(bound, alone)}


def _bound(pairs: Sequence[Correlation], alone: Mapping[str, Numbers]) -> dict[str, Numbers]:
    if not pairs:
        return {}
    names, matrix = matrix_of(pairs)
    lower = np.linalg.cholesky(matrix)
    together: dict[str, Numbers] = {}
    for row, name in enumerate(names):
        parts = [weight * alone[names[at]] for at, weight in enumerate(lower[row].tolist()) if weight]
        together[name] = np.asarray(sum(parts[1:], parts[0]))
    return together
