"""Plan files for tests: the demo's, and the same with lines changed."""

from importlib.resources import files

from daybreak.plan.plan_file import read_plan
from daybreak.plan.terms import Plan


def text_of(name: str = "harbor-health") -> str:
    """A plan file of the demo, as it is written for 2026."""
    return (files("daybreak") / "demo" / "plans" / f"{name}.toml").read_text(encoding="utf-8")


def changed(*swaps: tuple[str, str], name: str = "harbor-health") -> str:
    """A plan file with the first of each text replaced; each must be there."""
    text = text_of(name)
    for before, after in swaps:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def plan(*swaps: tuple[str, str], name: str = "harbor-health") -> Plan:
    """A plan of the demo, perhaps changed."""
    return read_plan(changed(*swaps, name=name), source=f"{name}.toml")
