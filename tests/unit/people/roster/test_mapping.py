"""A mapping says what a file calls things, and is refused where it says something nobody would use."""

import pytest

from daybreak.kernel.errors import BadInput
from daybreak.people.roster.mapping import DayFormat, parse_mapping


def test_everything_that_can_be_said_is_read() -> None:
    mapping = parse_mapping(
        '[columns]\nemail = " Work Email "\n[values.pay_class]\n1 = "hourly"\n[values.locale]\nES = "es"\n'
        '[dates]\nformat = "MM/DD/YYYY"\nend_date = "YYYYMMDD"\n[file]\nencoding = "UTF-16"\ndelimiter = "Tab"\n',
        source="m.toml",
    )
    assert (mapping.column("email"), mapping.column("phone")) == ("Work Email", "phone")
    assert (mapping.meaning("pay_class", "1"), mapping.meaning("pay_class", "2")) == ("hourly", "2")
    assert (mapping.day_format("start_date").written, mapping.day_format("end_date").written) == (
        "MM/DD/YYYY",
        "YYYYMMDD",
    )
    assert (mapping.encoding, mapping.delimiter) == ("utf-16", "\t")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[columns", "This is not TOML"),
        ("columns = 3", "columns is no table."),
        ("[column]\nemail = 'x'", "names column, which nothing here is called."),
        ("[columns]\nmail = 'x'", "[columns] names mail, which nothing here is called."),
        ("[columns]\nemail = 3", "email in [columns] is no text."),
        ("[values]\npay_class = 'hourly'", "pay_class is no table."),
        ("[values.salary]\na = 'b'", "[values] names salary, which nothing here is called."),
        ("[dates]\nformat = 'MM/YYYY'", "does not name year, month and day once each."),
        ("[dates]\nbirthday = 'MM/DD/YYYY'", "[dates] names birthday"),
        ("[file]\nencoding = 'ebcdic'", "[file] says the encoding is 'ebcdic'."),
        ("[file]\ndelimiter = 'x'", "[file] says the delimiter is 'x'."),
    ],
)
def test_what_would_not_be_used_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_mapping(text, source="m.toml")
    assert str(refused.value).startswith("m.toml: ")
    assert says in str(refused.value)
    assert "Nothing was imported." in str(refused.value)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("YYYY-MM-DD", "2026-02-30"),
        ("YYYY-MM-DD", "26-02-03"),
        ("MM/DD/YYYY", "13/01/2026"),
        ("DD-MON-YYYY", "01-Foo-2026"),
        ("YYYYMMDD", "2026-03-02"),
        ("MM/DD/YYYY", "03/02/2026 07:00"),
        ("YYYY-MM-DD", "0000-01-01"),
        ("YYYY-MM-DD", "２０２６-01-01"),
    ],
)
def test_what_is_no_day_as_written_is_none(written: str, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — whichever part of it cannot be
        DayFormat(written).read(text)
