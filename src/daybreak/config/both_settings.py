"""The employer's process and the interviews in one, for tests and for the type checker; nothing is ever served with it.

A story is told from both sides, so a test needs both databases. The processes themselves never do: settings.py names no
interview database, interview_settings.py names no other.
"""

from daybreak.config.interview_settings import DATABASES as INTERVIEW_DATABASES
from daybreak.config.interview_settings import INTERVIEWS_OWN
from daybreak.config.settings import *  # noqa: F403 — everything, and then what differs
from daybreak.config.settings import DATABASES as EMPLOYER_DATABASES
from daybreak.config.settings import INSTALLED_APPS as EMPLOYER_APPS

INSTALLED_APPS = [*EMPLOYER_APPS, "daybreak.interviews"]
DATABASES = {**INTERVIEW_DATABASES, **EMPLOYER_DATABASES}
DATABASE_ROUTERS = ["daybreak.config.stores.Stores"]
CARE_ADDRESS, TRUSTEE_HOURS = INTERVIEWS_OWN
