"""The interviews of the kill test, in a process of their own: `answer` goes on, `count` tells what is kept."""

import json
import os
import sys
from uuid import UUID

import django

os.environ["DAYBREAK_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "daybreak.config.interview_settings"
django.setup()

from django.core.management import call_command

from daybreak.interviews.actions import take_answers
from daybreak.interviews.answering import unpack, unpack_text
from daybreak.interviews.models import Answer, Spent, Text, Waiting
from daybreak.interviews.terms import Admission, Answers
from daybreak.vault.queries import binding, reveal


def answer(first: int) -> None:
    """Answer as one person after another; each is printed once the store has said that it is kept."""
    for number in range(first, first + 10_000):
        said = Answers({"sex/1": ("woman",)}, {"one_day/1": str(number)})
        # As a browser does that got no answer: the same ticket again, until there is one.
        for _ in range(2 if number % 7 == 0 else 1):
            take_answers(
                admission=Admission(UUID(int=number).hex * 2, "pulse"),
                question_set="pulse-1",
                answers=said,
                quarter="2026-Q1",
            )
        print(number, flush=True)


def count() -> None:
    """Every number that is kept, as it was written or as it waits."""
    written = [
        int(unpack_text(reveal(row.words_sealed, binding("text", "words", row.id)))) for row in Text.objects.all()
    ]
    waiting = [
        int(unpack(reveal(row.said_sealed, binding("waiting", "said", row.id))).texts["one_day/1"])
        for row in Waiting.objects.all()
    ]
    print(
        json.dumps(
            {"written": written, "waiting": waiting, "answers": Answer.objects.count(), "spent": Spent.objects.count()}
        )
    )


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        call_command("migrate", database="interviews", verbosity=0, interactive=False)
    elif sys.argv[1] == "answer":
        answer(int(sys.argv[2]))
    else:
        count()
