"""Answers wait, are mixed twenty at a time, and cannot be found again."""

import pytest

from daybreak.interviews.actions import Taken, forget_before, make_codes, take_back, write_survey
from daybreak.interviews.models import Answer, Spent, Text, Waiting
from daybreak.interviews.queries import admission_by_code, answers_to, wave_counts
from daybreak.interviews.terms import Admission, WaveCount
from daybreak.kernel.decisions import No
from daybreak.kernel.errors import BadInput
from interviewed import QUARTER, answer, anybody, said, written_words

pytestmark = pytest.mark.django_db(databases=["default", "interviews"])


def texts() -> list[str]:
    return sorted(written_words().values())


def people(count: int, occasion: str = "pulse") -> list[Admission]:
    return [anybody(number, occasion) for number in range(count)]


def test_nineteen_wait_and_the_twentieth_is_written_with_them() -> None:
    crowd = people(20)
    for number, one in enumerate(crowd[:19]):
        assert answer(one, said(number)) == Taken(again=False)
    assert (Waiting.objects.count(), Answer.objects.count(), Text.objects.count()) == (19, 0, 0)
    answer(crowd[19], said(19))
    assert (Waiting.objects.count(), Answer.objects.count(), Text.objects.count()) == (0, 20, 20)
    assert texts() == sorted(f"person {number}" for number in range(20))
    assert wave_counts() == [WaveCount("pulse", QUARTER, 20)]


def test_who_waits_long_is_counted_with_the_batch_and_does_not_stand_out() -> None:
    for number, one in enumerate(people(3)):
        answer(one, said(number), quarter="2025-Q4")
    for number, one in enumerate(people(17)):
        answer(one, said(number), quarter="2026-Q2")
    assert {kept.quarter for kept in answers_to("pulse-1")} == {"2026-Q2"}


def test_only_answers_to_the_same_questions_hide_one_another() -> None:
    for number, one in enumerate([*people(19, "exit"), *people(19, "entry")]):
        answer(one, said(number, closed=[("sex/1", ("woman",))]))
    assert (Waiting.objects.count(), Answer.objects.count()) == (38, 0)


def test_while_they_wait_a_ticket_changes_its_answers_and_never_adds_to_them() -> None:
    mei = anybody(1)
    answer(mei, said(text="first"))
    assert answer(mei, said(text="second")) == Taken(again=True)
    assert Waiting.objects.count() == 1
    for number, one in enumerate(people(19)):
        answer(one, said(number))
    assert "second" in texts()
    assert "first" not in texts()
    assert Answer.objects.count() == 20


def test_a_ticket_is_used_once() -> None:
    mei = anybody(1)
    answer(mei, said(text="mine"))
    for number, one in enumerate(people(19)):
        answer(one, said(number))
    refused = answer(mei, said(text="again"))
    assert isinstance(refused, No)
    assert refused.reasons[0].code == "ticket-spent"
    assert (Answer.objects.count(), Waiting.objects.count()) == (20, 0)


def test_a_store_that_does_not_look_takes_a_ticket_twice_and_this_test_sees_it() -> None:
    mei = anybody(1)
    answer(mei, said(text="mine"))
    for number, one in enumerate(people(19)):
        answer(one, said(number))
    Spent.objects.all().delete()
    assert answer(mei, said(text="again")) == Taken(again=False)


def test_answers_are_taken_back_while_they_wait_and_not_after() -> None:
    mei = anybody(1)
    answer(mei, said(text="mine"))
    assert take_back(admission=mei)
    assert not Waiting.objects.exists()
    answer(mei, said(text="mine"))
    for number, one in enumerate(people(19)):
        answer(one, said(number))
    assert not take_back(admission=mei)
    assert Answer.objects.count() == 20


def test_a_code_of_the_pool_opens_its_interview_once_and_is_kept_as_a_digest() -> None:
    codes = make_codes(occasion="declined", count=20)
    assert len(set(codes)) == 20
    admission = admission_by_code(codes[0].lower())
    assert admission is not None
    assert admission.occasion == "declined"
    assert codes[0] not in admission.digest
    assert admission_by_code("0000-0000-0000-0000") is None


def test_a_survey_of_fewer_than_twenty_is_not_written() -> None:
    with pytest.raises(BadInput, match="too few"):
        write_survey(question_set="plant-2026", quarter=QUARTER, answers=[said(number) for number in range(19)])
    assert not Answer.objects.exists()


def test_a_survey_goes_the_same_way() -> None:
    assert write_survey(question_set="plant-2026", quarter=QUARTER, answers=[said(n) for n in range(25)]) == 25
    assert wave_counts() == [WaveCount("plant", QUARTER, 25)]


def test_old_quarters_are_forgotten() -> None:
    write_survey(question_set="plant-2024", quarter="2024-Q1", answers=[said(number) for number in range(20)])
    write_survey(question_set="plant-2026", quarter="2026-Q1", answers=[said(number) for number in range(20)])
    assert forget_before("2025-Q1") == 20
    assert {one.quarter for one in wave_counts()} == {"2026-Q1"}
    assert Text.objects.count() == 20
