"""A thousand rosters with something done to them: none is ever half imported, and what is refused names its line.

Each example takes one employer's roster, writes a newer one, and does something to the file: another encoding, days
that are none, quotes, lines twice, cells too few, addresses and numbers and columns that change places in a circle.
What must come of it is worked out beside, from the rows themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybreak.kernel.errors import BadInput
from daybreak.people.models import Employer, RosterImport, RosterLine
from daybreak.people.roster.actions.rosters import BadRoster
from daybreak.people.roster.mapping import parse_mapping
from rosters import COLUMNS, as_csv, brought_in, harbor, on_roster, row, written

pytestmark = pytest.mark.django_db

PEOPLE = 9
ENCODINGS = {"utf-8": "", "utf-8-sig": "", "utf-16": "", "cp1252": "windows-1252", "latin-1": "latin-1"}
NO_DAYS = ("02/30/2026", "2026-02-30", "2026-13-01", "yesterday", "20260302", "")


@dataclass
class Made:
    """A roster as a file, and what must come of it by a reading of its own: slow, and of rows instead of text."""

    rows: list[dict[str, str]]
    columns: tuple[str, ...] = COLUMNS
    encoding: str = "utf-8"
    says_encoding: bool = True
    broken: dict[int, str] = field(default_factory=dict)
    """Lines of the file that are written as they stand here, and are no rows."""

    def called(self, name: str) -> str:
        return self.columns[COLUMNS.index(name)]

    def lines(self) -> list[str]:
        lines = as_csv(self.rows, self.columns).splitlines(keepends=True)
        return [self.broken.get(number, line) for number, line in enumerate(lines, 1)]

    def mapping(self) -> str:
        named = ENCODINGS[self.encoding] if self.says_encoding else ""
        renamed = "".join(f'{name} = "{column}"\n' for name, column in zip(COLUMNS, self.columns, strict=True))
        file = f'[file]\nencoding = "{named}"\n' if named else ""
        return f"[columns]\n{renamed}{file}"

    def stops(self) -> set[int]:
        """The lines on one of which reading must stop; text in an encoding that was not said stops it first."""
        if ENCODINGS[self.encoding] and not self.says_encoding:
            accented = [number for number, line in enumerate(self.lines(), 1) if not line.isascii()]
            if accented:
                return {accented[0]}
        return {number for number, line in self.broken.items() if line[0] == '"' or "\0" in line}

    def wrong(self) -> set[int]:
        """The lines that cannot be used: each by itself, or because an earlier one had the same."""
        wrong, seen = set(self.broken), set[str]()
        for number, one in enumerate(self.rows, 2):
            ref, mail, phone = (one[self.called(name)] for name in ("employee_id", "email", "phone"))
            alone = one[self.called("start_date")] in NO_DAYS or not (mail or phone)
            if number in self.broken or alone:
                wrong.add(number)
                continue
            marks = {f"ref {ref}", *([mail] if mail else []), *([phone] if phone else [])}
            if marks & seen:
                wrong.add(number)
            seen |= marks
        return wrong

    def expected(self) -> dict[str, tuple[str, str, str]]:
        """What the file says of each employee: e-mail, the phone's last digits, job family."""
        names = ("employee_id", "email", "phone", "job_family")
        said = [[one[self.called(name)] for name in names] for one in self.rows]
        return {ref: (mail, phone[-4:], family) for ref, mail, phone, family in said}


def place_of(draw: st.DrawFn, made: Made) -> int:
    return draw(st.integers(0, len(made.rows) - 1))


def others_address(draw: st.DrawFn, made: Made) -> None:
    """Addresses or numbers go round among employees."""
    column = made.called(draw(st.sampled_from(("email", "phone", "employee_id"))))
    cells = draw(st.permutations([one[column] for one in made.rows]))
    for one, cell in zip(made.rows, cells, strict=True):
        one[column] = cell


def other_columns(draw: st.DrawFn, made: Made) -> None:
    """The file calls its columns by each other's names, and the mapping says so."""
    made.columns = tuple(draw(st.permutations(COLUMNS)))
    made.rows[:] = [{made.called(name): one[name] for name in COLUMNS} for one in made.rows]


def other_encoding(draw: st.DrawFn, made: Made) -> None:
    made.encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    made.rows[place_of(draw, made)][made.called("name")] = "José Núñez"
    made.says_encoding = draw(st.booleans())


def no_day(draw: st.DrawFn, made: Made) -> None:
    made.rows[place_of(draw, made)][made.called("start_date")] = draw(st.sampled_from(NO_DAYS))


def twice(draw: st.DrawFn, made: Made) -> None:
    made.rows.insert(place_of(draw, made), dict(draw(st.sampled_from(made.rows))))


def nothing_to_reach_them_at(draw: st.DrawFn, made: Made) -> None:
    one = made.rows[place_of(draw, made)]
    one[made.called("email")] = one[made.called("phone")] = ""


def one_line_broken(draw: st.DrawFn, made: Made) -> None:
    """A row cut off, a quote that never ends or ends too soon, a zero byte."""
    first = draw(st.sampled_from(("E1", '"E', '"E"x', "E\0")))
    cells = 2 if first == "E1" else len(COLUMNS)
    made.broken[place_of(draw, made) + 2] = first + "," * (cells - 1) + "\n"


# Columns change places first and a line breaks last, so that the changes between find what they change.
CHANGES = (other_columns, others_address, other_encoding, no_day, twice, nothing_to_reach_them_at, one_line_broken)


@st.composite
def rosters(draw: st.DrawFn) -> Made:
    people = draw(st.lists(st.integers(1, PEOPLE + 3), min_size=1, max_size=PEOPLE + 3, unique=True))
    families = st.sampled_from(("Nursing, nights", "Kitchen", 'The "A" team'))
    made = Made([row(number, job_family=draw(families)) for number in people])
    for change in sorted(draw(st.sets(st.sampled_from(CHANGES), max_size=3)), key=CHANGES.index):
        change(draw, made)
    return made


def stood() -> Sequence[object]:
    return [
        *RosterLine.objects.order_by("pk").values(),
        *Employer.objects.order_by("pk").values(),
        *RosterImport.objects.order_by("pk").values(),
    ]


@pytest.fixture
def employer_id(tmp_path: Path) -> UUID:
    employer_id = harbor()
    brought_in(written(tmp_path, [row(number) for number in range(1, PEOPLE + 1)]), employer_id)
    return employer_id


@pytest.mark.parametrize("quarter", range(4))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=rosters())
def test_a_roster_is_imported_whole_or_not_at_all_and_what_is_wrong_has_its_line(
    made: Made, quarter: int, employer_id: UUID, tmp_path: Path
) -> None:
    file = tmp_path / "mutated.csv"
    file.write_bytes("".join(made.lines()).encode(made.encoding))
    mapping = parse_mapping(made.mapping(), source="mapping.toml")
    with transaction.atomic():
        before, stops, wrong = stood(), made.stops(), made.wrong()
        if stops or wrong:
            with pytest.raises(BadInput) as refused:
                brought_in(file, employer_id, mapping=mapping, accept_leavers=True)
            assert stood() == before
        if stops:
            assert refused.value.line in stops
        elif wrong:
            assert isinstance(refused.value, BadRoster)
            assert {problem.line for problem in refused.value.compared.problems} == wrong
            assert refused.value.compared.bad == len(wrong)
        else:
            compared = brought_in(file, employer_id, mapping=mapping, accept_leavers=True)
            lines = on_roster(employer_id)
            assert {ref: (one.email, one.phone[-4:], one.job_family) for ref, one in lines.items()} == made.expected()
            assert compared.read == len(made.rows)
        transaction.set_rollback(True)
