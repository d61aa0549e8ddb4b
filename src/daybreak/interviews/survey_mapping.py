"""How is an existing survey read? By a mapping that names its columns and what its words mean here.

A column that the mapping does not name is never read: names, ids and dates of a survey stay where they were. An
imported survey is a question set of its own; its items are never pooled with ours, which ask in other words.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from daybreak.interviews.terms import Answers
from daybreak.kernel.errors import BadInput


@dataclass(frozen=True)
class MappedItem:
    """One item of the survey: a column with words, or several columns that are ticked."""

    id: str
    column: str
    values: Mapping[str, str]
    ticked: Mapping[str, str]
    """Code by column, for a list of tick boxes."""


@dataclass(frozen=True)
class Total:
    """A count that the file is known for, to see at once whether it was read as it was meant."""

    name: str
    item: str
    among: tuple[str, ...]


@dataclass(frozen=True)
class SurveyMapping:
    """What a mapping file says."""

    question_set: str
    quarter: str
    missing: frozenset[str]
    ticks: frozenset[str]
    items: tuple[MappedItem, ...]
    totals: tuple[Total, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for item in self.items for name in (item.ticked or (item.column,)))


@dataclass(frozen=True)
class Survey:
    """A survey as it was read."""

    answers: tuple[Answers, ...]
    counts: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, int]


def mapping_in(text: str, *, source: str) -> SurveyMapping:
    """Read a mapping file. Raises BadInput for what is missing or not understood."""
    try:
        raw = tomllib.loads(text)
        survey = raw["survey"]
        items = tuple(
            MappedItem(one["id"], one.get("column", ""), one.get("values", {}), one.get("ticked", {}))
            for one in raw["item"]
        )
        totals = tuple(Total(one["name"], one["item"], tuple(one["among"])) for one in raw.get("total", ()))
        mapping = SurveyMapping(
            survey["question_set"],
            survey["quarter"],
            frozenset(survey.get("missing", ())) | {""},
            frozenset(survey.get("ticks", ("TRUE", "1", "yes"))),
            items,
            totals,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        problem = f"It cannot be read as a mapping: {error}."
        raise BadInput(problem, source=source, do="docs/howto/bring-in-a-survey.md shows one.") from error
    for item in items:
        if bool(item.column) == bool(item.ticked):
            raise BadInput(f"{item.id} needs a column or ticked columns.", source=source, do="Name one of the two.")
    unknown = {total.item for total in totals} - {item.id for item in items}
    if unknown:
        raise BadInput(
            f"A total counts {', '.join(sorted(unknown))}.", source=source, do="Count an item that is mapped."
        )
    return mapping


def read_survey(rows: Iterable[Mapping[str, str]], mapping: SurveyMapping, *, source: str) -> Survey:
    """Read every row, or none. Raises BadInput, with the line, for a word that the mapping does not know."""
    answers = [_answers(row, line, mapping, source) for line, row in enumerate(rows, 2)]
    counts = {
        item.id: Counter(code for one in answers for code in one.closed.get(item.id, ())) for item in mapping.items
    }
    totals = {total.name: sum(counts[total.item][code] for code in total.among) for total in mapping.totals}
    return Survey(tuple(answers), counts, totals)


def missing_columns(found: Sequence[str], mapping: SurveyMapping) -> list[str]:
    """Columns that the mapping names and the file lacks."""
    return [name for name in mapping.columns if name not in found]


def _answers(row: Mapping[str, str], line: int, mapping: SurveyMapping, source: str) -> Answers:
    closed = {}
    for item in mapping.items:
        if item.ticked:
            codes = tuple(code for column, code in item.ticked.items() if row[column].strip() in mapping.ticks)
        else:
            codes = _one(row[item.column].strip(), item, line, mapping, source)
        if codes:
            closed[item.id] = codes
    return Answers(closed, {})


def _one(word: str, item: MappedItem, line: int, mapping: SurveyMapping, source: str) -> tuple[str, ...]:
    if word in mapping.missing:
        return ()
    if word not in item.values:
        raise BadInput(
            f"'{word}' in column '{item.column}' is not in the mapping.",
            source=source,
            line=line,
            do=f"Nothing was imported. Say under {item.id} what it means, or count it as missing.",
        )
    return (item.values[word],)
