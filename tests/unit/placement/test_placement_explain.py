"""Why this place, and why not the others?"""

import pytest

from daybreak.kernel.decisions import Reason
from daybreak.placement.explain import explain
from daybreak.placement.terms import Candidate, Ranked

OKAFOR, OAKS = Candidate("okafor", (), 2.0, 2796.0), Candidate("oaks", (), 6.0, 2788.0)
RANKED = Ranked(
    (OKAFOR, OAKS),
    (
        ("elms", Reason("age", {"child": "Ada"})),
        ("elms", Reason("hours", {"child": "Ada"})),
        ("firs", Reason("hours", {"child": "Ada"})),
        ("pines", Reason("full", {"children": 2})),
    ),
)


def test_a_place_taken_is_explained_by_its_rank_and_by_what_was_passed_over() -> None:
    explained = explain(RANKED, taken="oaks")
    assert (explained.chosen, explained.rank, explained.passed_over) == (OAKS, 2, (OKAFOR,))
    assert explained.looked_at == 5


def test_every_refused_site_counts_once_under_its_first_reason_in_the_order_of_the_filters() -> None:
    assert explain(RANKED).sites_by_reason == {"hours": 2, "full": 1}
    assert list(explain(RANKED).sites_by_reason) == ["hours", "full"]


def test_a_site_with_one_single_reason_is_a_near_miss() -> None:
    assert [site_id for site_id, _ in explain(RANKED).near_misses] == ["firs", "pines"]


def test_without_a_place_everything_was_passed_over() -> None:
    explained = explain(RANKED)
    assert (explained.chosen, explained.rank, explained.passed_over) == (None, None, (OKAFOR, OAKS))


def test_a_place_that_was_no_candidate_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="'elms' is not among the candidates"):
        explain(RANKED, taken="elms")
