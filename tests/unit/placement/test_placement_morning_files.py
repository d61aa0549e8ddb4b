"""What do the files of a morning say, and what is wrong with them?"""

import re

import pytest

from daybreak.kernel.errors import BadInput
from daybreak.placement.morning_files import read_morning, read_plan, read_worth, write_plan
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Child, Household, Kind, Morning, Placement, Plan, Point, Room, Site

GOOD = {
    "sites.csv": (
        "site_id,kind,latitude,longitude,opens,closes,takes_mildly_ill,takes_special_needs,travel_radius_km,spots\n"
        "oaks,center,42.31,-71.1,06:30,18:00,0,1,,40\n"
        "nadia,in_home,42.3,-71.11,00:00,00:00,1,0,5.5,3\n"
    ),
    "rooms.csv": "room_id,site_id,from_months,until_months,spots\ninfants,oaks,0,18,4\n",
    "households.csv": (
        "household_id,home_latitude,home_longitude,work_latitude,work_longitude,starts,ends,max_detour_minutes,"
        "keep_together,priority,pay_class,asked_at\n"
        "rosa,42.3,-71.1,42.32,-71.1,07:00,15:00,30,1,0,hourly,2026-03-02T05:40\n"
        "mei,42.3,-71.1,42.32,-71.1,22:00,06:00,12.5,0,2,salaried,05:41\n"
    ),
    "children.csv": (
        "child_id,household_id,age_months,mildly_ill,special_needs\nAda,rosa,14,0,0\nLin,mei,30,1,1\nBen,rosa,50,0,0\n"
    ),
}


def refusal(**changed: tuple[str, str] | str | None) -> str:
    """What is said about the good morning after one change: (old, new) in a file, a new text, or None for no file."""
    files = dict(GOOD)
    for name, change in changed.items():
        if change is None:
            del files[f"{name}.csv"]
        elif isinstance(change, str):
            files[f"{name}.csv"] = change
        else:
            assert files[f"{name}.csv"].count(change[0]) == 1
            files[f"{name}.csv"] = files[f"{name}.csv"].replace(*change)
    with pytest.raises(BadInput) as refused:
        read_morning(files)
    assert refused.value.exit_code == 10
    return str(refused.value)


AND_NOW = " Nothing was placed. Fix the files and run the command again."


def test_a_morning_is_read_into_terms_in_the_order_of_the_files() -> None:
    home, work = Point(42.3, -71.1), Point(42.32, -71.1)
    assert read_morning(GOOD) == Morning(
        sites=(
            Site(
                "oaks",
                Kind.CENTER,
                Point(42.31, -71.1),
                390,
                1080,
                40,
                (Room("infants", "oaks", 0, 18, 4),),
                takes_special_needs=True,
                ages=(0, 1_201),
            ),
            Site(
                "nadia",
                Kind.IN_HOME,
                Point(42.3, -71.11),
                0,
                0,
                3,
                takes_mildly_ill=True,
                travel_radius_km=5.5,
                ages=(0, 1_201),
            ),
        ),
        households=(
            Household(
                "rosa",
                home,
                work,
                420,
                900,
                30.0,
                (Child("Ada", 14), Child("Ben", 50)),
                True,
                0,
                "hourly",
                "2026-03-02T05:40",
            ),
            Household(
                "mei", home, work, 1320, 360, 12.5, (Child("Lin", 30, True, True),), False, 2, "salaried", "05:41"
            ),
        ),
        child_ids=("Ada", "Lin", "Ben"),
    )


def test_byte_order_marks_windows_line_ends_blank_lines_spaces_and_quotes_change_nothing() -> None:
    windows = {name: "\ufeff" + text.replace("\n", "\r\n\r\n") for name, text in GOOD.items()}
    spaced = {name: text.replace(",", " , ") for name, text in GOOD.items()}
    quoted = {name: re.sub(r"[^,\n]+", r'"\g<0>"', text) for name, text in GOOD.items()}
    assert [read_morning(files) for files in (windows, spaced, quoted)] == [read_morning(GOOD)] * 3


def test_columns_may_stand_in_any_order() -> None:
    turned = "spots,room_id,until_months,site_id,from_months\n4,infants,18,oaks,0\n"
    assert read_morning(GOOD | {"rooms.csv": turned}) == read_morning(GOOD)


def test_a_child_may_have_hours_of_its_own_or_leave_them_empty() -> None:
    text = (
        "child_id,household_id,age_months,mildly_ill,special_needs,starts,ends\n"
        "Ada,rosa,14,0,0,08:00,12:00\nLin,mei,30,1,1,,\nBen,rosa,50,0,0,,\n"
    )
    rosa, mei = read_morning(GOOD | {"children.csv": text}).households
    assert rosa.children == (Child("Ada", 14, starts=480, ends=720), Child("Ben", 50))
    assert mei.children == (Child("Lin", 30, True, True),)


def test_a_file_of_sessions_makes_sessions_count_apart_and_limits_what_it_names() -> None:
    morning = read_morning(GOOD | {"rooms_sessions.csv": "room_id,session,spots\ninfants,morning,2\n"})
    assert morning.by_session
    assert morning.sites[0].rooms[0].session_spots == {
        (0, session): 2 if session is Session.MORNING else 4 for session in Session
    }
    assert morning.sites[0].session_spots == {(0, session): 40 for session in Session}


def test_no_sites_and_no_households_are_a_morning_too() -> None:
    bare = {name: text.splitlines()[0] for name, text in GOOD.items()}
    assert read_morning(bare) == Morning((), (), ())


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("sites", "06:30", "25:00", "sites.csv, line 2: opens '25:00' is not a time of day from 00:00 to 23:59."),
        ("sites", "18:00", "24:00", "sites.csv, line 2: closes '24:00' is not a time of day from 00:00 to 23:59."),
        ("sites", "06:30", "6:30", "sites.csv, line 2: opens '6:30' is not a time of day from 00:00 to 23:59."),
        ("sites", "42.31,", "NaN,", "sites.csv, line 2: latitude 'NaN' is not a number."),
        ("sites", "42.31,", "inf,", "sites.csv, line 2: latitude 'inf' is not a number."),
        ("sites", "42.31,", "1e999,", "sites.csv, line 2: latitude '1e999' is not a number."),
        ("sites", "42.31,", "42_31,", "sites.csv, line 2: latitude '42_31' is not a number."),
        ("sites", "42.31,", ",", "sites.csv, line 2: latitude '' is not a number."),
        ("sites", "42.31,", "4" * 99 + ",", f"sites.csv, line 2: latitude '{'4' * 60}'... is not from -90 to 90."),
        ("sites", "42.31,", "90.5,", "sites.csv, line 2: latitude '90.5' is not from -90 to 90."),
        ("sites", "-71.11,", "-181,", "sites.csv, line 3: longitude '-181' is not from -180 to 180."),
        ("sites", ",40", ",-1", "sites.csv, line 2: spots '-1' is not a whole number from 0 to 100,000."),
        ("sites", ",40", ",4.5", "sites.csv, line 2: spots '4.5' is not a whole number from 0 to 100,000."),
        ("sites", "nadia", "oaks", "sites.csv, line 3: site_id 'oaks' is there twice."),
        ("sites", "nadia", "", "sites.csv, line 3: site_id is empty."),
        ("sites", "in_home", "nanny", "sites.csv, line 3: kind 'nanny' is not one of center, family_home, in_home."),
        ("sites", "5.5", "", "sites.csv, line 3: travel_radius_km is empty, and an in_home site needs it."),
        ("sites", "5.5", "-1", "sites.csv, line 3: travel_radius_km '-1' is not from 0 to 20000."),
        ("sites", "18:00,0", "18:00,yes", "sites.csv, line 2: takes_mildly_ill 'yes' is not one of 0, 1."),
        ("rooms", "0,18,", "18,18,", "rooms.csv, line 2: from_months 18 is not below until_months 18."),
        ("rooms", ",oaks", ",elms", "rooms.csv, line 2: site_id 'elms' is not in sites.csv."),
        ("rooms", ",oaks", ",nadia", "rooms.csv, line 2: site 'nadia' is in_home and has no rooms."),
        ("households", ",2,sal", ",3,sal", "households.csv, line 3: priority '3' is not one of 0, 1, 2."),
        ("households", "salaried", "paid", "households.csv, line 3: pay_class 'paid' is not one of hourly, salaried."),
        ("households", "12.5", "-2", "households.csv, line 3: max_detour_minutes '-2' is not from 0 to 1e+06."),
        (
            "households",
            "2026-03-02T05:40",
            "2026-02-30T05:40",
            "households.csv, line 2: asked_at '2026-02-30T05:40' is not a moment like 2026-03-02T05:40 or 05:40.",
        ),
        (
            "households",
            ",05:41",
            ",yesterday",
            "households.csv, line 3: asked_at 'yesterday' is not a moment like 2026-03-02T05:40 or 05:40.",
        ),
        ("children", "Lin,", "Ada,", "children.csv, line 3: child_id 'Ada' is there twice."),
        ("children", "30", "-1", "children.csv, line 3: age_months '-1' is not a whole number from 0 to 1,200."),
        ("children", "Lin,mei,30,1,1", "Lin,mei,30,1", "children.csv, line 3: the line has 4 fields and the header 5."),
        ("children", "Ben,", '"Ben,', "children.csv, line 4: the line cannot be read (unexpected end of data)."),
    ],
)
def test_one_slip_is_named_with_file_line_and_value(name: str, old: str, new: str, said: str) -> None:
    first = refusal(**{name: (old, new)}).splitlines()[0]
    assert first.removesuffix(AND_NOW) == said


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("sites", "kind,", "", "sites.csv, line 1: the column 'kind' is missing."),
        ("sites", "kind,", "kind,color,", "sites.csv, line 1: the column 'color' is not known."),
        ("sites", "kind,", "kind,kind,", "sites.csv, line 1: the column 'kind' is there twice."),
        ("children", "age_months", "age", "children.csv, line 1: the column 'age_months' is missing."),
    ],
)
def test_a_header_that_is_not_as_promised_is_named_before_any_line_is_read(
    name: str, old: str, new: str, said: str
) -> None:
    assert refusal(**{name: (old, new)}).startswith(said)


def test_an_empty_and_a_missing_file_are_named() -> None:
    assert refusal(rooms="") == (
        "rooms.csv: the file is empty; its first line names the columns: "
        "room_id, site_id, from_months, until_months, spots." + AND_NOW
    )
    assert refusal(children=None) == "children.csv: the file is missing." + AND_NOW


def test_a_household_has_one_to_four_children() -> None:
    assert refusal(children=("Lin,mei", "Lin,rosa")) == (
        "households.csv, line 3: household 'mei' has 0 children; 1 to 4 can be placed." + AND_NOW
    )
    crowd = GOOD["children.csv"] + "".join(f"c{at},rosa,20,0,0\n" for at in range(3))
    assert refusal(children=crowd) == (
        "households.csv, line 2: household 'rosa' has 5 children; 1 to 4 can be placed." + AND_NOW
    )


def test_a_child_of_a_household_nobody_knows_is_named() -> None:
    assert refusal(children=("Lin,mei", "Lin,may")) == (
        "children.csv, line 3: household_id 'may' is not in households.csv." + AND_NOW
    )


def test_own_hours_come_in_pairs() -> None:
    header = "child_id,household_id,age_months,mildly_ill,special_needs,starts,ends\n"
    text = header + "Ada,rosa,14,0,0,08:00,\nLin,mei,30,1,1,,\n"
    assert refusal(children=text) == (
        "children.csv, line 2: starts and ends go together: fill in both or none." + AND_NOW
    )


def test_sessions_name_known_rooms_and_known_sessions_once() -> None:
    header = "room_id,session,spots\n"
    assert refusal(rooms_sessions=header + "attic,night,1\n") == (
        "rooms_sessions.csv, line 2: room_id 'attic' is not in rooms.csv." + AND_NOW
    )
    assert refusal(rooms_sessions=header + "infants,noon,1\n") == (
        "rooms_sessions.csv, line 2: session 'noon' is not one of early, morning, afternoon, evening, night." + AND_NOW
    )
    assert refusal(rooms_sessions=header + "infants,night,1\ninfants,night,2\n") == (
        "rooms_sessions.csv, line 3: room 'infants' has the session night twice." + AND_NOW
    )


def test_all_problems_come_in_one_message_the_first_line_first() -> None:
    said = refusal(sites=("06:30", "late"), rooms=("4", "four"), households=(",0,hourly", ",9,hourly"))
    assert said.splitlines() == [
        "sites.csv, line 2: opens 'late' is not a time of day from 00:00 to 23:59.",
        "rooms.csv, line 2: spots 'four' is not a whole number from 0 to 100,000.",
        "households.csv, line 2: priority '9' is not one of 0, 1, 2.",
        AND_NOW.strip(),
    ]


def test_after_twenty_problems_the_rest_are_counted() -> None:
    rooms = GOOD["rooms.csv"] + "".join(f"r{at},oaks,0,18,x\n" for at in range(33))
    said = refusal(rooms=rooms).splitlines()
    assert (len(said), said[-2], said[-1]) == (22, "and 13 more", AND_NOW.strip())
    exactly = GOOD["rooms.csv"] + "".join(f"r{at},oaks,0,18,x\n" for at in range(20))
    assert len(refusal(rooms=exactly).splitlines()) == 21


def test_a_line_is_counted_where_it_starts_even_after_a_field_of_two_lines() -> None:
    rooms = 'room_id,site_id,from_months,until_months,spots\n"in\nfants",oaks,0,18,4\nold,oaks,18,60,x\n'
    assert refusal(rooms=rooms).startswith("rooms.csv, line 4: spots 'x'")


def test_a_plan_is_read_back_as_it_was_written() -> None:
    plan = Plan(
        (Placement("Ada", "oaks", "infants", 6.25), Placement("Ben", reason="full"), Placement("L,in", "n", "", 0.0))
    )
    assert read_plan(write_plan(plan)) == plan


def test_a_plan_that_cannot_be_read_is_refused_with_line_and_reason() -> None:
    with pytest.raises(BadInput) as refused:
        read_plan("child_id,site_id,room_id,minutes,reason\nAda,oaks,infants,soon,\n")
    assert str(refused.value) == (
        "placements.csv, line 2: minutes 'soon' is not a number. "
        "Nothing was checked. Fix the file and run the command again."
    )


@pytest.mark.parametrize("text", ["", "1,2", "1,2,3,4", "1,2,x", "1,2,-3", "1,2,nan"])
def test_worth_is_three_numbers(text: str) -> None:
    with pytest.raises(BadInput, match="is not three numbers of minutes like 1400,1200,1000"):
        read_worth(text)
