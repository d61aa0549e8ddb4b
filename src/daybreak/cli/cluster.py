"""Where are markets placed: here, or on the machines of a Dask cluster that a setting names?"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

import joblib

from daybreak.kernel.errors import BadInput

WAIT = "10s"


@contextmanager
def markets_at_once() -> Iterator[int | None]:
    """Send markets to the scheduler named by the setting; yields how many it takes at a time, None without one.

    Raises BadInput when Dask is not installed or nobody answers at the address.
    """
    address = os.environ.get("DAYBREAK_DASK", "").strip()
    if not address:
        yield None
        return
    if find_spec("distributed") is None:
        raise BadInput(
            "DAYBREAK_DASK names a cluster, and Dask is not installed.",
            do="Install distributed, or unset DAYBREAK_DASK.",
        )
    # Loaded by name: Dask is no library of Daybreak's, and whoever has no cluster has it not.
    distributed = import_module("distributed")
    try:
        client = distributed.Client(address, timeout=WAIT, set_as_default=True)
    except (OSError, TimeoutError, ValueError) as wrong:
        raise BadInput(
            f"No Dask scheduler answers at {address!r} (DAYBREAK_DASK).", do="Nothing was placed."
        ) from wrong
    with client, joblib.parallel_config(backend="dask"):
        yield max(1, sum(client.ncores().values()))
