"""Which table lies in which database? Interviews in their own, everything else in the other; nothing crosses."""

from typing import Any

INTERVIEWS = "interviews"


class Stores:
    """Django asks this for every query, and for every migration."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:  # noqa: ARG002 — Django hands them over
        return INTERVIEWS if model._meta.app_label == INTERVIEWS else None

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return self.db_for_read(model, **hints)

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:  # noqa: ARG002
        return self.db_for_read(first) == self.db_for_read(second)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:  # noqa: ARG002
        return (app_label == INTERVIEWS) == (db == INTERVIEWS)
