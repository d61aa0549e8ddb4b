"""Which rules come with the product, as one page for readers?"""

from collections.abc import Iterable

from daybreak.rulebook.figures import words
from daybreak.rulebook.terms import Rule

HEAD = """# The rules

Every figure that comes from a law or a license rule, with its citation, the day it began to hold, and the day by which
somebody looks at it again. This page is made from the files by `daybreak rules index`; a test keeps the two alike.

Confidence: **high** was read in the law's or the agency's own words or in several sources that agree; **medium** was
read in fewer or shorter sources, or its first day was inferred; **verify** could not be confirmed in a figure or a
date, and says so wherever its answer is shown. What a rule leaves out is written at the top of its file.
"""


def page(rules: Iterable[Rule]) -> str:
    """Write the index of rules as Markdown, in order of their paths.

    >>> page([]).startswith("# The rules")
    True
    """
    ordered = sorted(rules, key=lambda rule: rule.path)
    lines = ["| rule | says who | holds from | confidence | look again by |", "|---|---|---|---|---|"]
    for rule in ordered:
        last = rule.values[-1]
        cells = (f"[{rule.title}](#{_anchor(rule)})", last.cite, last.since, last.confidence, rule.review_by)
        lines.append(_row(*cells))
    return HEAD + "\n" + "\n".join(lines) + "\n" + "".join(_section(rule) for rule in ordered)


def _section(rule: Rule) -> str:
    file = f"../../src/daybreak/rules/{rule.path}.toml"
    asked = f", asked by {rule.by}" if rule.by else ""
    lines = [
        "",
        f"## {rule.path}",
        "",
        f"{rule.title}. In {rule.unit}{asked}. [The file]({file}) has {len(rule.examples)} worked examples.",
        "",
        "| from | until | figures | says who | read on | confidence |",
        "|---|---|---|---|---|---|",
    ]
    followers = [value.since for value in rule.values[1:]] + [rule.values[-1].until]
    for value, until in zip(rule.values, followers, strict=True):
        cite = f"[{value.cite}]({value.source})" if value.source.startswith("http") else f"{value.cite}, {value.source}"
        lines.append(_row(value.since, until or "", words(value.figure), cite, value.read_on, value.confidence))
    return "\n".join(lines) + "\n"


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _anchor(rule: Rule) -> str:
    """The fragment that readers of Markdown make from the heading: slashes go, underscores stay."""
    return rule.path.replace("/", "")
