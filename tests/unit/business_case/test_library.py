"""The library says everything in two languages, names its sources, and refuses what it cannot stand behind."""

import tomllib
from importlib.resources import files

import pytest

from daybreak.business_case.input_file import read_inputs
from daybreak.business_case.library import library_from
from daybreak.business_case.queries import LIBRARY, known, library
from daybreak.business_case.terms import Basis, Grade
from daybreak.kernel.errors import BadInput, BadRule


def texts() -> dict[str, str]:
    folder = files("daybreak") / "business_case" / "library"
    return {name: (folder / name).read_text(encoding="utf-8") for name in LIBRARY}


def test_every_prior_is_marked_as_one_and_graded() -> None:
    for kind in library().kinds.values():
        assert kind.prior.basis is Basis.PRIOR
        assert kind.prior.grade in tuple(Grade)
        assert kind.least <= kind.prior.low <= kind.prior.middle <= kind.prior.high <= kind.most


def test_an_uncertain_prior_that_is_no_assumption_names_a_source() -> None:
    for kind in library().kinds.values():
        if kind.prior.grade is not Grade.D:
            assert kind.sources, kind.key


def test_no_published_claim_is_better_than_its_sources() -> None:
    for claim in library().claims.values():
        best = min(library().sources[ref].grade for ref in claim.sources)
        assert claim.grade >= best, claim.name


def test_no_claim_about_backup_care_is_graded_as_a_study_with_a_comparison() -> None:
    assert {claim.grade for claim in library().claims.values()} <= {Grade.B, Grade.C}


def test_a_pay_gap_is_no_input() -> None:
    words = ("gap in pay", "pay gap", "morale", "brand", "engagement", "women", "mothers")
    for kind in library().kinds.values():
        assert not any(word in f"{kind.key} {kind.title.en}".lower() for word in words), kind.key


def test_the_peers_of_2019_are_there() -> None:
    names = " ".join(peer.name for peer in library().peers)
    for name in ("Apple", "Microsoft", "Facebook", "Google", "Starbucks", "Amazon"):
        assert name in names


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("facts.toml", 'sources = ["kff-2022"]', 'sources = ["nobody"]', "names the source nobody"),
        ("sources.toml", "[brookings-2020]", "[brookings-2021]", "names the source brookings-2020"),
        ("peers.toml", ", es = ", ", fr = ", "not said in English and in Spanish"),
        ("inputs.toml", "prior = { mean = 0.12", "prior = { mean = 12", "reach cannot be used"),
    ],
)
def test_a_library_that_cannot_be_trusted_is_refused(name: str, old: str, new: str, said: str) -> None:
    broken = texts()
    assert old in broken[name]
    broken[name] = broken[name].replace(old, new, 1)
    with pytest.raises(BadRule, match=said):
        library_from(broken)


def test_a_source_that_nothing_names_is_refused() -> None:
    more = texts()
    more["sources.toml"] += '\n[lonely]\ntitle = "Nobody reads this"\ngrade = "C"\n'
    with pytest.raises(BadRule, match="lonely"):
        library_from(more)


MINIMAL = """
title = "Small"
year = 2026
employees = 800
[[family]]
name = "All"
pay_class = "hourly"
share = 1
pay = 40000
quits = 0.4
turnover_cost = 0.2
"""


def test_where_a_file_is_silent_the_cited_prior_stands() -> None:
    inputs = read_inputs(MINIMAL, known())
    assert inputs.quantities == {key: kind.prior for key, kind in library().kinds.items()}
    assert inputs.families[0].figures["unpaid"].middle == 0


def test_a_measured_input_keeps_its_margin_and_says_what_it_is() -> None:
    measured = 'reach = { estimate = 0.2, margin = 0.03, basis = "measured", grade = "A", source = "Release 12" }'
    reach = read_inputs(f"{MINIMAL}\n[inputs]\n{measured}\n", known()).quantities["reach"]
    assert (reach.low, reach.middle, reach.high) == pytest.approx((0.17, 0.2, 0.23))
    assert (reach.basis, reach.grade, reach.source) == (Basis.MEASURED, Grade.A, "Release 12")


def test_a_measured_figure_of_a_job_family_is_uncertain_too() -> None:
    text = MINIMAL.replace("quits = 0.4", 'quits = { estimate = 0.4, margin = 0.05, basis = "measured" }')
    assert read_inputs(text, known()).families[0].figures["quits"].is_uncertain


def test_brackets_without_end_are_refused_and_not_a_crash() -> None:
    with pytest.raises(BadInput):
        read_inputs("a = " + "[" * 100_000, known())


def test_the_library_parses_as_toml_with_no_key_twice() -> None:
    for text in texts().values():
        tomllib.loads(text)
