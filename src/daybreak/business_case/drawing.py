"""Which figures does each draw give, and what is the value of every input at the middle of its range?"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from daybreak.business_case.accounts import Figures, key_of
from daybreak.business_case.copula import normal_blocks
from daybreak.business_case.input_file import LIMITS
from daybreak.business_case.shapes import value_at
from daybreak.business_case.terms import FAMILY_FIGURES, Correlation, Inputs, Kind, Numbers, Quantity, Value

BLOCK = 20_000
"""Draws worked out at a time: a block's columns stay in a processor's near memory, which is worth a factor of two."""


def quantities_of(inputs: Inputs) -> dict[str, Quantity]:
    """Every quantity of a case by its key: the library's inputs, then those of each job family."""
    own = {
        key_of(at, figure): family.figures[figure]
        for at, family in enumerate(inputs.families)
        for figure in FAMILY_FIGURES
    }
    return {**inputs.quantities, **own}


def uncertain(inputs: Inputs) -> tuple[str, ...]:
    """The keys of the quantities that a draw may move, in their fixed order."""
    return tuple(key for key, quantity in quantities_of(inputs).items() if quantity.is_uncertain)


def limits_of(key: str, kinds: Mapping[str, Kind]) -> tuple[float, float]:
    """The least and the most a quantity may be."""
    if key in kinds:
        return kinds[key].least, kinds[key].most
    return LIMITS[key.partition(".")[2]]


def figures_at(inputs: Inputs, kinds: Mapping[str, Kind], z: Mapping[str, Value]) -> dict[str, Value]:
    """The value of each quantity where its normal number is `z`; at 0, which is its median, where `z` is silent."""
    found: dict[str, Value] = {}
    for key, quantity in quantities_of(inputs).items():
        least, most = limits_of(key, kinds)
        found[key] = value_at(quantity, z.get(key, 0.0), least=least, most=most)
    return found


def drawn(
    inputs: Inputs,
    kinds: Mapping[str, Kind],
    rng: np.random.Generator,
    draws: int,
    *,
    correlations: Sequence[Correlation] | None = None,
) -> Iterator[tuple[slice, dict[str, Numbers], Figures]]:
    """Draw the uncertain quantities block by block: which draws, their normal numbers, and every quantity's figures."""
    pairs = inputs.correlations if correlations is None else correlations
    sizes = [min(BLOCK, draws - begin) for begin in range(0, draws, BLOCK)]
    blocks = normal_blocks(tuple(quantities_of(inputs)), uncertain(inputs), pairs, rng, sizes)
    begin = 0
    for size, z in zip(sizes, blocks, strict=True):
        yield slice(begin, begin + size), z, figures_at(inputs, kinds, z)
        begin += size
