"""Reading a table, or refusing the whole file."""

import pytest

from daybreak.kernel import tables
from daybreak.kernel.errors import BadInput
from daybreak.kernel.tables import rows_of, sound_lines


def test_columns_are_found_by_name_in_any_order_and_others_are_ignored():
    text = 'c,b,a\n3," two, too ",1\n\n6,5,4\n'
    assert list(rows_of(text.splitlines(keepends=True), ["a", "b"], source="x.csv")) == [
        (2, {"a": "1", "b": "two, too"}),
        (4, {"a": "4", "b": "5"}),
    ]


def test_an_optional_column_may_be_missing_and_is_then_empty():
    assert list(rows_of(["a\n", "1\n"], ["a"], source="x.csv", optional=["b"])) == [(2, {"a": "1", "b": ""})]
    assert list(rows_of(["b,a\n", "2,1\n"], ["a"], source="x.csv", optional=["b"])) == [(2, {"a": "1", "b": "2"})]


def test_a_file_that_unpacks_to_more_than_any_list_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_LETTERS", 1000)
    with pytest.raises(BadInput, match="so it is no list"):
        list(sound_lines(["0" * 500 + "\n"] * 3, source="x.csv"))


def test_a_line_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "LONGEST_LINE", 1000)
    with pytest.raises(BadInput, match=r"x\.csv, line 2: This line is longer than a million letters"):
        list(sound_lines(["a\n", "0" * 1001], source="x.csv"))


def test_a_zero_byte_names_its_line():
    with pytest.raises(BadInput, match=r"x\.csv, line 2: A zero byte stands here, so this is not text\."):
        list(sound_lines(["a\n", "\0\n"], source="x.csv"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "x.csv, line 1: The file has no header."),
        ("a\n1\n", "x.csv, line 1: The header has no column b."),
        ("a,b,a\n1,2,3\n", "x.csv, line 1: The header names a more than once."),
        ("a,b\n1,2\n3\n", "x.csv, line 3: The row has 1 cells, the header has 2."),
        ('a,b\n1,"2\n', "x.csv, line 2: This cannot be read as CSV (unexpected end of data)."),
        ('a,b\n1,"2"3\n', "x.csv, line 2: This cannot be read as CSV (',' expected after '\"')."),
    ],
    ids=["empty", "missing column", "repeated column", "short row", "open quote", "text after a quote"],
)
def test_a_broken_table_names_its_line(text, problem):
    with pytest.raises(BadInput) as refused:
        list(rows_of(text.splitlines(keepends=True), ["a", "b"], source="x.csv"))
    assert str(refused.value).startswith(f"{problem} Nothing was imported.")
