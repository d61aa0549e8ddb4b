"""Whatever is done to a rule file, the loader refuses it in words or reads a sound rule; it never crashes."""

from collections.abc import Callable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from daybreak.kernel.errors import BadInput, BadRule, ExampleFailed
from daybreak.rulebook.examples import prove
from daybreak.rulebook.load import rule_from
from daybreak.rulebook.queries import packaged_files
from daybreak.rulebook.ruling import everything

Edit = Callable[[list[bytes]], list[bytes]]

VALUES = (
    *(b"1", b"-7500", b"7500.5", b"nan", b"inf", b"1e999", b"9" * 5000, b"true", b'""', b'"7,500"', b"'''"),
    *(b"[]", b"[[1], {}]", b"{}", b"{ a = 1 }", b"[" * 2000, b"\xff\xfe", b"\x00"),
    *(b"2026-02-30", b"2026-01-01", b"2026-01-01T00:00:00", b"05:00:00"),
)
LINES = (
    *(b"", b"=", b"# a remark", b"[[value]]", b"[[example]]", b"[value]", b"[example.expect]", b"[value.toddler]"),
    *(b"until = 2020-01-01", b"by = 3", b"digits = 2", b"digits = 9.5", b"given = 5", b"given = { filing = [1] }"),
    *(
        b'expect_error = "ended"',
        b"expect = {}",
        b'"" = 1',
        b"a.b.c = 1",
        b"value = 3",
        b"example = [1]",
        b"value = []",
    ),
)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """One change to the lines of a file: take out, double, move, or write something else behind the equals sign."""
    where, there = draw(st.integers(0, 10_000)), draw(st.integers(0, 10_000))
    what = draw(st.sampled_from(["delete", "double", "swap", "replace", "insert", "cut"]))
    new_value, new_line = draw(st.sampled_from(VALUES)), draw(st.sampled_from(LINES))

    def edit(lines: list[bytes]) -> list[bytes]:
        place, other = where % len(lines), there % len(lines)
        if what == "delete":
            return lines[:place] + lines[place + 1 :] or [b""]
        if what == "double":
            return lines[: place + 1] + lines[place:]
        if what == "insert":
            return [*lines[:place], new_line, *lines[place:]]
        if what == "cut":
            return [*lines[:place], lines[place][: len(lines[place]) // 2], *lines[place + 1 :]]
        changed = list(lines)
        if what == "swap":
            changed[place], changed[other] = changed[other], changed[place]
        elif b"=" in changed[place]:
            changed[place] = changed[place].split(b"=")[0] + b"= " + new_value
        return changed

    return edit


def reads_or_refuses(path: str, data: bytes) -> None:
    try:
        rule = rule_from(path, data)
    except BadRule as refusal:
        lines = str(refusal).splitlines()
        assert lines
        assert all(line.startswith(path) and line.endswith((".", "?")) for line in lines)
        return
    try:
        prove(rule)
    except ExampleFailed as failure:
        lines = str(failure).splitlines()
        assert all(line.startswith(path) for line in lines)
    for day in (date(1900, 1, 1), date(2021, 6, 1), date(2099, 1, 1)):
        try:
            assert everything(rule, day).since <= day
        except BadInput as gap:
            sentence = str(gap)
            assert sentence.startswith(rule.path)


@given(st.sampled_from(sorted(packaged_files().items())), st.lists(edits(), min_size=1, max_size=4))
def test_an_edited_rule_file_is_read_or_refused_in_words(file: tuple[str, bytes], changes: list[Edit]) -> None:
    path, data = file
    lines = data.split(b"\n")
    for change in changes:
        lines = change(lines)
    reads_or_refuses(path, b"\n".join(lines))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    reads_or_refuses("plans/any.toml", data)


@given(st.text(alphabet="abc=[]{}\"'\n#.,0123456789-: ", max_size=120))
def test_anything_that_looks_like_toml_is_refused_in_words(text: str) -> None:
    reads_or_refuses("plans/any.toml", text.encode())
