"""The business case on the web: a link carries it, the same digits for whoever opens it, and nothing is kept."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from cast import ROSA, Opened
from daybreak.accounts.terms import RoleKind
from daybreak.cli.main import main
from daybreak.web.business_case import STARTS
from web_visits import Seen, at_dawn, newcomer, seen, visitor

CASE = "/business-case"
TRIED = "start=a-skeptics-case&employees=12000&reach=0.08_0.15_0.25&price=110"


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


@pytest.fixture
def anybody(db: None) -> Client:
    return visitor()


def form_of(page: Seen) -> dict[str, list[str]]:
    """What the page's form would send as it stands."""
    return {
        key: values for key, values in page.hidden_query().items() if key.startswith("f.") or key in ("start", "seed")
    }


def digits(page: Seen) -> list[str]:
    """Every figure that the answer tells."""
    return re.findall(r"−?\$?\d[\d,.]*%?", page.said.split("Inputs Low and high")[0])


def test_anybody_may_open_it_and_it_says_what_is_not_kept(opened: Opened) -> None:
    outsider = newcomer(RoleKind.PARENT)
    for who in (None, ROSA, outsider):
        page = seen(visitor(who).get(CASE))
        assert "It holds no employee's data, and what you type is not kept." in page.said
        assert "43 in 100" in page.said
        assert "−9%" in page.said


def test_nothing_is_written_but_the_count_of_knocks(anybody: Client) -> None:
    def rows() -> dict[str, int]:
        tables = connection.introspection.table_names()
        with connection.cursor() as cursor:
            counts = {}
            for table in tables:
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
                counts[table] = cursor.fetchone()[0]
        return counts

    before = rows()
    for path in (
        CASE,
        f"{CASE}?{TRIED}",
        f"{CASE}/briefing?{TRIED}",
        f"{CASE}/briefing.pdf",
        f"{CASE}/input.toml?{TRIED}",
    ):
        assert anybody.get(path).status_code == 200, path
    after = rows()
    assert {table for table in after if after[table] != before[table]} == {"accounts_pace"}
    assert Session.objects.count() == 0


def test_a_changed_form_becomes_a_link_that_says_only_what_was_changed(anybody: Client) -> None:
    form = form_of(seen(anybody.get(CASE)))
    form |= {"f.price.low": [""], "f.price": ["110"], "f.price.high": [""], "f.reach": ["15"], "f.reach.high": ["25"]}
    form |= {"f.employees": ["12,000"]}
    answer = anybody.get(CASE, form)
    assert answer.status_code == 302
    said = dict(parse_qsl(urlsplit(answer["Location"]).query))
    assert said == {"start": "a-skeptics-case", "employees": "12000", "reach": "0.05_0.15_0.25", "price": "110"}


def test_an_untouched_form_says_nothing_but_its_start(anybody: Client) -> None:
    for name in STARTS:
        form = form_of(seen(anybody.get(f"{CASE}?start={name}")))
        answer = anybody.get(CASE, form)
        assert answer["Location"] == f"{CASE}?start={name}"


def test_whoever_opens_the_link_sees_the_same_digits_in_any_role(opened: Opened) -> None:
    pages = [seen(visitor(who).get(f"{CASE}?{TRIED}")) for who in (None, ROSA)]
    assert digits(pages[0])
    assert digits(pages[0])[:40] == digits(pages[1])[:40]
    papers = [visitor(who).get(f"{CASE}/briefing.pdf?{TRIED}").content for who in (None, ROSA)]
    assert papers[0] == papers[1]
    assert papers[0].startswith(b"%PDF-")


def test_changing_an_input_with_a_script_swaps_the_answer_alone_and_moves_the_address(anybody: Client) -> None:
    form = form_of(seen(anybody.get(CASE))) | {"f.price": ["90"], "f.price.low": [""], "f.price.high": [""]}
    answer = anybody.get(CASE, form, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer["HX-Replace-Url"] == f"{CASE}?start=a-skeptics-case&price=90"
    part = seen(answer)
    assert list(part.every("html")) == []
    assert [div["id"] for div in part.every("div") if div.get("id") == "answer"] == ["answer"]
    assert "43 in 100" not in part.said


def test_the_input_file_gives_the_same_digits_at_the_command_line(anybody: Client, tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_bytes(anybody.get(f"{CASE}/input.toml?{TRIED}").content)
    result = CliRunner().invoke(main, ["business-case", str(tmp_path / "case.toml"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "briefing.pdf").read_bytes() == anybody.get(f"{CASE}/briefing.pdf?{TRIED}").content
    page = seen(anybody.get(f"{CASE}?{TRIED}")).said
    returned, net = result.stdout.splitlines()[1:3]
    for figure in re.findall(r"−?\$?\d[\d,.]*(?:%| million)?", f"{returned} {net}"):
        assert figure.rstrip(".,") in page


def test_another_seed_gives_other_digits_and_stays_in_the_link(anybody: Client) -> None:
    other = seen(anybody.get(f"{CASE}?{TRIED}&seed=99"))
    assert digits(other)[:40] != digits(seen(anybody.get(f"{CASE}?{TRIED}")))[:40]
    assert "seed=99" in next(field["value"] or "" for field in other.every("input") if field.get("id") == "case-link")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("price=many", "Price of a day of care"),
        ("price=-5", "Price of a day of care"),
        ("reach=0.3_0.2_0.1", "Parents who use it in a year"),
        ("reach=0.1_0.2", "Parents who use it in a year"),
        ("employees=0", "Employees"),
        ("year=1999", "Tax year"),
        ("family.0.share=0.9", "part of all employees"),
        ("claims=nobody-says", "Claims"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_worked_out(anybody: Client, query: str, field: str) -> None:
    answer = anybody.get(f"{CASE}?{query}")
    assert answer.status_code == 400
    page = seen(answer)
    assert "Nothing was worked out" in page.said
    assert field in page.said
    assert list(page.every("svg"))[1:] == []
    for path in ("briefing", "briefing.pdf", "input.toml"):
        assert anybody.get(f"{CASE}/{path}?{query}")["Location"].startswith(f"{CASE}?")


def test_a_benefit_that_costs_nothing_says_so(anybody: Client) -> None:
    page = seen(anybody.get(f"{CASE}?fee=0&admin=0&reach=0"))
    assert "The benefit costs nothing in this case" in page.said


def test_strange_queries_are_no_way_to_break_it(anybody: Client) -> None:
    for query in (
        "start=../../etc",
        "seed=-1",
        "seed=9" + "9" * 60,
        "unknown=1&price=",
        "f.=1&f.nothing=2",
        "price=1e999",
    ):
        assert anybody.get(f"{CASE}?{query}").status_code in (200, 302, 400), query


@pytest.mark.parametrize("name", STARTS)
def test_the_briefing_tells_every_section_and_its_figures_lead_to_sources(anybody: Client, name: str) -> None:
    page = seen(anybody.get(f"{CASE}/briefing?start={name}"))
    assert len(list(page.every("h1"))) == 1
    assert len(list(page.every("section"))) == 17
    anchors = {attributes["id"] for _, attributes in page.tags if attributes.get("id")}
    inside = [link["href"] or "" for link in page.every("a") if (link.get("href") or "").startswith("#")]
    assert {link[1:] for link in inside} <= anchors | {"main"}
    assert len(inside) > 60


def test_the_spanish_briefing_is_spanish_throughout(anybody: Client) -> None:
    page = seen(anybody.get(f"{CASE}/briefing", headers={"Accept-Language": "es"}))
    assert "Doce preguntas de un escéptico" in page.said
    assert "El caso de un escéptico" in page.said
    for english in ("Backup care", "Who is helped", "draws", "Known better by", "the employer", "of 100"):
        assert english not in re.sub(r"Sources.*", "", page.said.split("Fuentes")[0]), english


def test_a_welcomed_stranger_and_the_demos_first_page_lead_there(anybody: Client) -> None:
    assert "/business-case" in anybody.get("/").content.decode()
    assert "/business-case" in anybody.get("/demo/").content.decode()
