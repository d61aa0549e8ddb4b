"""A week small enough to follow with a finger: what its log says, what a report counts, what broken files are told."""

import pytest

from daybreak.care.week.baseline import play_nearest
from daybreak.care.week.best import best_possible
from daybreak.care.week.files import read_log, read_week, week_files, write_log
from daybreak.care.week.play import play
from daybreak.care.week.report import report, served_in
from daybreak.kernel.errors import BadInput

REQUESTS = """\
request_id,asked_at,decide_by,day,starts,ends,pay_class,priority,home_latitude,home_longitude,work_latitude,work_longitude,children,routes
rosa,2026-03-02T05:40,2026-03-02T06:30,2026-03-02,07:00,15:00,hourly,1,42.90,-78.88,42.90,-78.86,14;48,place;ask;in_home
theo,2026-03-02T05:45,2026-03-02T06:10,2026-03-02,08:00,16:00,salaried,1,42.90,-78.88,42.90,-78.86,40,place;ask;own
mei,2026-03-02T05:50,2026-03-02T06:05,2026-03-02,08:00,16:00,salaried,2,42.90,-78.88,42.90,-78.86,20,ask
"""
SUPPLY = """\
site_id,kind,latitude,longitude,opens,closes,spots_infant,spots_toddler,spots_preschool,spots_school,instant
oaks,center,42.901,-78.87,06:00,18:00,1,0,1,0,1
larkin,family_home,42.902,-78.87,06:00,18:00,0,1,1,0,0
silent,center,42.9005,-78.87,06:00,18:00,0,4,4,4,0
ines,in_home,42.90,-78.88,05:00,20:00,1,1,1,1,0
"""
ANSWERS = """\
site_id,request_id,minutes,answer
larkin,*,4,accept
larkin,mei,3,decline
silent,*,,silent
ines,*,6,accept
"""
CANCELLATIONS = """\
site_id,at,day
oaks,2026-03-02T06:05,2026-03-02
"""
FILES = {
    "requests.csv": REQUESTS,
    "supply.csv": SUPPLY,
    "answers.csv": ANSWERS,
    "cancellations.csv": CANCELLATIONS,
}


def log_of(name: str) -> list[tuple[str, str, str, str]]:
    lines = read_log(write_log(play(read_week(FILES))))
    return [
        (line.at.strftime("%H:%M:%S"), line.event, line.route, line.site_id)
        for line in lines
        if line.request_id == name
    ]


def test_rosa_has_a_place_at_once_loses_it_and_has_a_caregiver_ten_minutes_later() -> None:
    assert log_of("rosa") == [
        ("05:40:00", "asked", "", ""),
        ("05:40:00", "tried", "place", "oaks"),
        ("05:40:00", "confirmed", "place", "oaks"),
        ("05:40:05", "told", "", ""),
        ("06:05:00", "canceled", "place", "oaks"),
        ("06:05:00", "tried", "in_home", "ines"),
        ("06:05:00", "held", "in_home", "ines"),
        ("06:11:00", "confirmed", "in_home", "ines"),
        ("06:11:00", "recovered", "in_home", "ines"),
        ("06:11:05", "told", "", ""),
    ]


def test_theo_is_asked_for_at_two_homes_and_the_first_to_say_yes_has_him() -> None:
    assert log_of("theo") == [
        ("05:45:00", "asked", "", ""),
        ("05:45:00", "tried", "ask", "silent"),
        ("05:45:00", "held", "ask", "silent"),
        ("05:45:00", "tried", "ask", "larkin"),
        ("05:49:00", "confirmed", "ask", "larkin"),
        ("05:49:05", "told", "", ""),
    ]


def test_mei_has_a_no_and_a_silence_and_is_told_before_her_decide_by() -> None:
    assert log_of("mei")[-4:] == [
        ("05:53:00", "declined", "ask", "larkin"),
        ("06:00:00", "declined", "ask", "silent"),
        ("06:03:00", "statement", "", ""),
        ("06:03:05", "told", "", ""),
    ]


def test_the_report_counts_what_the_log_says() -> None:
    week = read_week(FILES)
    known = {request.request_id: request for request in week.requests}
    found = report(served_in(play(week), known), known)
    by_class = found.pop("by_pay_class")
    assert found == {
        "requests": 3,
        "filled": 0.6667,
        "promised": 0.0,
        "told_late": 0.0,
        "median_minutes": 4.08,
        "p95_minutes": 13.08,
        "canceled": 1,
        "recovered": 1.0,
        "children": 3,
    }
    assert {name: figures["filled"] for name, figures in by_class.items()} == {"hourly": 1.0, "salaried": 0.5}


def test_who_asks_the_nearest_center_and_gives_up_loses_the_place_for_good() -> None:
    week = read_week(FILES)
    known = {request.request_id: request for request in week.requests}
    found = report(served_in(play_nearest(week), known), known)
    assert (found["filled"], found["told_late"], found["canceled"], found["recovered"]) == (0.0, 0.0, 1, 0.0)


def test_no_service_can_fill_more_than_the_bound() -> None:
    # The center took its day back and a silent one never says yes: a home with two rooms and a caregiver are left.
    best = best_possible(read_week(FILES))
    assert (best.requests, best.children, best.children_at_most) == (3, 4, 4)


def test_a_week_comes_back_from_its_files_as_it_was() -> None:
    week = read_week(FILES)
    assert read_week(week_files(week)) == week


def test_a_log_that_says_nothing_of_decide_by_or_pay_gets_what_can_be_counted() -> None:
    log = "at,request_id,event,route,site_id,detail\n2026-03-02T06:00,a,asked,,,\n2026-03-02T06:07,a,told,,,\n"
    found = report(served_in(read_log(log), {}), {})
    assert (found["told_late"], found["median_minutes"], found["by_pay_class"]) == (None, 7.0, {})


@pytest.mark.parametrize(
    ("told", "late"),
    [("06:30", 0.0), ("06:30:01", 1.0), (None, 1.0)],
)
def test_an_answer_is_late_after_decide_by_or_when_there_is_none(told: str | None, late: float) -> None:
    log = "at,request_id,event,route,site_id,detail\n2026-03-02T06:00,a,asked,,,decide_by=2026-03-02T06:30\n"
    log += f"2026-03-02T{told},a,told,,,\n" if told else ""
    assert report(served_in(read_log(log), {}), {})["told_late"] == late


def test_something_that_happens_to_a_request_that_never_asked_is_refused() -> None:
    log = "at,request_id,event,route,site_id,detail\n2026-03-02T06:07,a,told,,,\n"
    with pytest.raises(BadInput, match="request 'a' has a line 'told' and none that says when it asked"):
        served_in(read_log(log), {})


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("requests.csv", "05:40,2026-03-02T06:30", "05:40,2026-03-02T05:40", "line 2: decide_by is not after asked_at"),
        ("requests.csv", "2026-03-02T05:45", "2026-03-02 05:45", "line 3: asked_at '2026-03-02 05:45' is not a local"),
        ("requests.csv", "14;48", "14;4x", "line 2: children '14;4x' is not ages in months below 216"),
        ("requests.csv", "place;ask;own", "place;fly", "line 3: routes 'place;fly' is not some of known, place"),
        ("requests.csv", "mei,", "rosa,", "line 4: request_id 'rosa' is there twice"),
        ("supply.csv", "1,0,1,0,1", "1,0,-1,0,1", "line 2: spots_preschool '-1' is not a whole number"),
        ("supply.csv", "in_home", "boat", "line 5: kind 'boat' is not one of center"),
        ("answers.csv", "larkin,*,4,accept", "larkin,*,4,maybe", "line 2: answer 'maybe' is not one of accept"),
        ("answers.csv", "ines,*", "larkin,*", "line 5: site 'larkin' answers request '*' twice"),
        ("answers.csv", "larkin,mei", "larkin,ann", "line 3: request_id 'ann' is not in requests.csv"),
        ("cancellations.csv", "oaks", "oak", "line 2: site_id 'oak' is not in supply.csv"),
        ("cancellations.csv", "06:05,2026-03-02", "06:05,03/02/2026", "line 2: day '03/02/2026' is not a day"),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_played(name: str, before: str, after: str, said: str) -> None:
    assert before in FILES[name]
    with pytest.raises(BadInput) as refused:
        read_week({**FILES, name: FILES[name].replace(before, after, 1)})
    assert f"{name}, {said}" in str(refused.value)
    assert "Nothing was played." in str(refused.value)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(BadInput, match=r"answers\.csv: the file is missing"):
        read_week({name: text for name, text in FILES.items() if name != "answers.csv"})
