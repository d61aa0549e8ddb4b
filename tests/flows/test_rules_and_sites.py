"""The law changed between two days: which sites does that touch?"""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from click.testing import CliRunner

from daybreak.cli.rules import rules
from daybreak.network.actions import add_provider, add_site
from daybreak.network.staff.queries import sites_under
from daybreak.network.terms import NewLicense, NewRoom, NewSite
from daybreak.placement.terms import Kind, Point

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def add(name: str, kind: Kind, city: str, zip_code: str, program: str = "Child Care Center") -> None:
    provider = uuid4()
    add_provider(provider_id=provider, name=name, at=AT)
    add_site(
        NewSite(
            site_id=uuid4(),
            provider_id=provider,
            external_ref=f"test:{name}",
            name=name,
            kind=kind,
            point=Point(40.0, -80.0),
            zone="America/New_York",
            city=city,
            zip_code=zip_code,
            rooms=(NewRoom(uuid4(), "all", 0, 156, 8),),
            license=NewLicense("1", program, "License", 8, "test"),
        ),
        at=AT,
    )


@pytest.fixture
def town(transactional_db: None) -> None:
    add("Little Oaks", Kind.CENTER, "Columbus", "43085")
    add("Ms. Okafor's home", Kind.FAMILY_HOME, "Columbus", "43085")
    add("Stop and Play", Kind.CENTER, "Nashville", "37203", program="Drop-In Center")
    add("Music City Kids", Kind.CENTER, "Nashville", "37203")
    add("Brooklyn Oaks", Kind.CENTER, "Brooklyn", "11238")
    add("Brooklyn home", Kind.FAMILY_HOME, "Brooklyn", "11238")
    add("Buffalo Oaks", Kind.CENTER, "Buffalo", "14203")


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("us/oh/licensing/center_ratios", ["Little Oaks"]),
        ("us/oh/licensing/family_home_capacity", ["Ms. Okafor's home"]),
        ("us/tn/licensing/center_staffing", ["Music City Kids"]),
        ("us/tn/licensing/drop_in_ratios", ["Stop and Play"]),
        ("us/ny/licensing/center_ratios", ["Buffalo Oaks"]),
        ("us/ny/nyc/licensing/center_ratios", ["Brooklyn Oaks"]),
        ("us/ny/licensing/family_home_capacity", ["Brooklyn home"]),
        ("us/ny/licensing/age_groups", ["Brooklyn Oaks", "Brooklyn home", "Buffalo Oaks"]),
        ("us/federal/dependent_care_assistance/exclusion_limit", []),
    ],
)
def test_a_rule_touches_the_sites_it_is_about(town: None, path: str, names: list[str]) -> None:
    assert [name for _, name, _ in sites_under(path)] == names


def test_a_federal_check_touches_every_licensed_site(town: None) -> None:
    assert len(sites_under("us/federal/child_care/background_check_interval")) == 7


def test_diff_names_the_sites_each_change_touches(town: None) -> None:
    result = CliRunner().invoke(rules, ["diff", "--from", "2024-12-31", "--to", "2025-01-01", "--sites"])
    lines = result.stdout.splitlines()
    assert lines[0].startswith("2025-01-01 us/federal/dependent_care_assistance/highly_paid")
    assert lines[2] == "  touches no site"
    ohio = next(number for number, line in enumerate(lines) if "us/oh/licensing/center_ratios" in line)
    assert lines[ohio:].index("  touches 1 site: Little Oaks, Columbus") > 0


def test_diff_as_json_names_them_all(town: None) -> None:
    arguments = ["diff", "--from", "2024-12-31", "--to", "2025-01-01", "--sites", "--json"]
    changes = json.loads(CliRunner().invoke(rules, arguments).stdout)["changes"]
    by_path = {change["path"]: [site["name"] for site in change["sites"]] for change in changes}
    assert by_path["us/oh/licensing/center_staffing"] == ["Little Oaks"]
    assert by_path["us/federal/dependent_care_assistance/highly_paid"] == []
