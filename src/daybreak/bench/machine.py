"""What did this run on, and how much memory did it take?"""

import os
import platform
import re
import resource
from pathlib import Path


def machine() -> dict[str, object]:
    """Cores, memory and Python of this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"cores": os.cpu_count(), "memory_gb": round(memory, 1), "python": platform.python_version()}


def peak_mb() -> float:
    """The most memory this process has held, in MB.

    Linux counts the starting process in for a moment in `getrusage`, so its own page is read where there is one.
    """
    own = Path("/proc/self/status")
    if own.exists() and (most := re.search(r"VmHWM:\s+(\d+) kB", own.read_text())):
        return int(most[1]) / 2**10
    per_mb = 2**20 if platform.system() == "Darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_mb
