"""A survey is read by its mapping: all of it or nothing, and a file with other columns by another mapping only."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from daybreak.interviews.survey_mapping import SurveyMapping, mapping_in, missing_columns, read_survey
from daybreak.kernel.errors import BadInput

DETE = Path(__file__).resolve().parents[3] / "docs" / "howto" / "surveys" / "dete.toml"
OTHER = """
[survey]
question_set = "plant-2026"
quarter = "2026-Q1"
missing = ["-"]
ticks = ["x"]

[[item]]
id = "why"
column = "Reason given"
values = { "Childcare" = "care", "Pay" = "pay" }

[[item]]
id = "wanted"
ticked = { "Wants creche" = "care", "Wants shift" = "hours" }

[[total]]
name = "about care"
item = "why"
among = ["care"]
"""
ROWS = [
    {"Reason given": "Childcare", "Wants creche": "x", "Wants shift": "", "Name": "Mei"},
    {"Reason given": "-", "Wants creche": "", "Wants shift": "x", "Name": "Rosa"},
]


def mapped(text: str = OTHER) -> SurveyMapping:
    return mapping_in(text, source="other.toml")


@pytest.mark.real_data
def test_the_dete_survey_has_its_known_reasons(real_data: Path) -> None:
    packed = real_data / "hr_exit_survey_dete" / "dete_survey.csv.gz"
    plan = mapping_in(DETE.read_text(), source=DETE.name)
    with io.TextIOWrapper(gzip.open(packed), encoding="utf-8-sig", newline="") as text:
        survey = read_survey(csv.DictReader(text), plan, source=packed.name)
    assert len(survey.answers) == 822
    assert survey.totals == {"resignations": 311}
    resigned = {code: number for code, number in survey.counts["separation"].items() if code.startswith("resigned")}
    assert resigned == {"resigned_other_reasons": 150, "resigned_other_employer": 91, "resigned_moved": 70}
    assert (survey.counts["factors"]["family"], survey.counts["factors"]["balance"]) == (62, 217)


def test_a_file_with_other_columns_needs_only_another_mapping() -> None:
    survey = read_survey(ROWS, mapped(), source="plant.csv")
    assert survey.counts == {"why": {"care": 1}, "wanted": {"care": 1, "hours": 1}}
    assert survey.totals == {"about care": 1}


def test_what_is_not_mapped_is_never_read() -> None:
    assert "Name" not in mapped().columns
    assert "Mei" not in repr(read_survey(ROWS, mapped(), source="plant.csv"))


def test_a_word_that_nobody_explained_stops_the_import_with_its_line() -> None:
    rows = [*ROWS, {**ROWS[0], "Reason given": "Weather"}]
    with pytest.raises(BadInput, match=r"plant\.csv, line 4: 'Weather' in column 'Reason given'"):
        read_survey(rows, mapped(), source="plant.csv")


def test_columns_that_are_not_there_are_named() -> None:
    assert missing_columns(["Reason given", "Wants shift"], mapped()) == ["Wants creche"]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("[survey", "cannot be read"),
        (OTHER.replace('column = "Reason given"', ""), "needs a column or ticked columns"),
        (OTHER.replace('item = "why"', 'item = "whom"'), "A total counts whom"),
        (OTHER.replace('quarter = "2026-Q1"', ""), "cannot be read"),
    ],
)
def test_a_broken_mapping_is_refused(broken: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        mapped(broken)
