"""A plan file with anything changed is read as a whole, or refused with the line, the reason and what to do."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybreak.kernel.errors import BadInput, ExampleFailed
from daybreak.plan.plan_file import FIX, read_plan
from daybreak.plan.terms import Plan
from plans import text_of

LINES = text_of().splitlines()
SAYING = [at for at, line in enumerate(LINES) if re.match(r"\w+ = ", line)]
VALUES = (
    "-1",
    "0",
    "1",
    "10.005",
    "1e400",
    '"ten"',
    '""',
    "true",
    "[]",
    "{}",
    "2026-02-30",
    "2026-07-01",
    "nan",
    "9" * 30,
)


def answer_to(text: str) -> Plan | str:
    try:
        return read_plan(text, source="plan.toml")
    except (BadInput, ExampleFailed) as error:
        return str(error)


def is_told_well(said: str) -> bool:
    """Each problem has its line and is a sentence, and the answer ends with what was not done and what to do."""
    problems = [line for line in said.removesuffix(FIX).strip().splitlines() if not line.startswith("and ")]
    return said.endswith(FIX) and all(re.match(r"plan\.toml, line \d+: .+[.?)]", line) for line in problems)


@st.composite
def mutants(draw: st.DrawFn) -> str:
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        deed = draw(st.sampled_from(["drop", "twice", "swap", "value", "letter", "cut"]))
        if deed == "drop":
            del lines[at]
        elif deed == "twice":
            lines.insert(at, lines[at])
        elif deed == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif deed == "value":
            lines[at] = re.sub(r"= .*", f"= {draw(st.sampled_from(VALUES))}", lines[at])
        elif deed == "letter" and lines[at]:
            place = draw(st.integers(0, len(lines[at]) - 1))
            lines[at] = lines[at][:place] + draw(st.characters(exclude_categories=("Cs",))) + lines[at][place + 1 :]
        else:
            lines = [*lines[:at], lines[at][: len(lines[at]) // 2]]
        lines = lines or [""]
    return "\n".join(lines)


@given(mutants())
@settings(max_examples=1000)
def test_a_mutant_is_a_whole_plan_or_is_told_well(text: str) -> None:
    answer = answer_to(text)
    assert isinstance(answer, Plan) or is_told_well(answer), answer


@pytest.mark.parametrize("at", SAYING, ids=[f"line {at + 1}" for at in SAYING])
def test_a_value_of_the_wrong_kind_is_found_on_its_line(at: int) -> None:
    lines = [*LINES[:at], re.sub(r"= .*", "= [[1]]", LINES[at]), *LINES[at + 1 :]]
    answer = answer_to("\n".join(lines))
    assert isinstance(answer, str)
    assert f"plan.toml, line {at + 1}: " in answer


@pytest.mark.parametrize("at", SAYING, ids=[f"line {at + 1}" for at in SAYING])
def test_a_misspelled_key_is_never_passed_over(at: int) -> None:
    lines = [*LINES[:at], "x" + LINES[at], *LINES[at + 1 :]]
    answer = answer_to("\n".join(lines))
    assert isinstance(answer, str)
    assert f"plan.toml, line {at + 1}: 'x{LINES[at].split(' ')[0]}' is not a key" in answer


@pytest.mark.parametrize("at", SAYING, ids=[f"line {at + 1}" for at in SAYING])
def test_a_line_left_out_is_missed_where_the_plan_needs_it(at: int) -> None:
    key = LINES[at].split(" ")[0]
    answer = answer_to("\n".join([*LINES[:at], *LINES[at + 1 :]]))
    assert isinstance(answer, Plan) if key == "highly_paid_most" else f"has no '{key}'" in answer
