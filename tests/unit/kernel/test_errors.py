"""Each family of errors has its own exit code, and bad input says where it was found."""

import pytest

from daybreak.kernel.errors import BadInput, BadRule, DaybreakError, ExampleFailed, LostRace, NotAllowed

EXIT_CODES = {DaybreakError: 1, BadInput: 10, BadRule: 11, NotAllowed: 12, ExampleFailed: 13, LostRace: 14}


@pytest.mark.parametrize(
    ("family", "code"), EXIT_CODES.items(), ids=lambda value: getattr(value, "__name__", str(value))
)
def test_each_family_has_its_promised_exit_code(family: type[DaybreakError], code: int) -> None:
    assert family.exit_code == code
    assert issubclass(family, DaybreakError)


def test_every_family_in_the_tree_is_tested_here() -> None:
    families = {family for family in DaybreakError.__subclasses__() if family.__module__ == DaybreakError.__module__}
    assert families == set(EXIT_CODES) - {DaybreakError}


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (BadInput("'02/30' is not a day."), "'02/30' is not a day."),
        (BadInput("'x' is not a day.", source="roster.csv"), "roster.csv: 'x' is not a day."),
        (BadInput("'x' is not a day.", line=1), "line 1: 'x' is not a day."),
        (BadInput("'x' is not a day.", source="roster.csv", line=0), "roster.csv, line 0: 'x' is not a day."),
        (BadInput("'x' is not a day.", do="Send it again."), "'x' is not a day. Send it again."),
        (
            BadInput("'x' is not a day.", source="roster.csv", line=214, do="Fix the line and send the file again."),
            "roster.csv, line 214: 'x' is not a day. Fix the line and send the file again.",
        ),
    ],
    ids=["bare", "file", "line", "line zero", "what to do", "all"],
)
def test_bad_input_says_where_what_and_what_to_do(error: BadInput, sentence: str) -> None:
    assert str(error) == sentence


def test_the_parts_of_bad_input_stay_apart_for_programs() -> None:
    error = BadInput("'x' is not a day.", source="roster.csv", line=214, do="Send it again.")
    assert (error.source, error.line, error.problem, error.do) == (
        "roster.csv",
        214,
        "'x' is not a day.",
        "Send it again.",
    )
