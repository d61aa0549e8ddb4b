"""What is asked, what was answered, and what waits? Everything that is listed comes in the order of its random id."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

from daybreak.interviews import models
from daybreak.interviews.admitting import code_digest
from daybreak.interviews.answering import unpack_closed, unpack_text
from daybreak.interviews.code_book import CodeBook, code_book_in
from daybreak.interviews.coding import is_shared
from daybreak.interviews.models import INTERVIEWS
from daybreak.interviews.questions_file import items_in, set_in
from daybreak.interviews.terms import Admission, Item, Kept, QuestionSet, WaveCount, WaveKey, Words
from daybreak.vault.queries import binding, reveal

_FOLDER = "daybreak.interviews"
SETS = {"entry": "entry-1", "return": "return-1", "pulse": "pulse-1", "exit": "exit-1", "declined": "declined-1"}
"""The question set that is asked now on each occasion. Earlier ones stay, to read what was answered to them."""


def packaged(name: str) -> str:
    """The text of one file of questions."""
    return (files(_FOLDER) / "questions" / f"{name}.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def items() -> dict[str, Item]:
    """Every item there is."""
    return items_in(packaged("items"))


@lru_cache(maxsize=16)
def question_set(name: str) -> QuestionSet:
    """One question set by its name. Raises FileNotFoundError."""
    return set_in(packaged(name), items(), name=name)


def asked_on(occasion: str) -> QuestionSet | None:
    """The question set of an occasion, or None for a word that is none."""
    return question_set(SETS[occasion]) if occasion in SETS else None


@lru_cache(maxsize=1)
def code_book() -> CodeBook:
    """The themes that texts are coded by."""
    return code_book_in(packaged("code_book"))


def wave_keys() -> dict[str, WaveKey]:
    """Every key the trustee accepted."""
    rows = models.WaveKey.objects.order_by("name")
    return {
        row.name: WaveKey(row.name, row.occasion, row.quarter, row.until.isoformat(), row.public_key) for row in rows
    }


def admission_by_code(code: str) -> Admission | None:
    """The admission of a code from the sealed pool."""
    row = models.Code.objects.filter(digest=code_digest(code)).first()
    return Admission(row.digest, row.occasion) if row else None


def is_spent(admission: Admission) -> bool:
    """Say whether its answers are written, so that nothing about them can be changed."""
    return models.Spent.objects.filter(digest=admission.digest).exists()


def is_waiting(admission: Admission) -> bool:
    """Say whether answers for it wait and can still be changed."""
    return models.Waiting.objects.filter(digest=admission.digest).exists()


def answers_to(name: str, *, quarter: str | None = None) -> list[Kept]:
    """Closed answers to one question set."""
    rows = models.Answer.objects.filter(question_set=name).order_by("id")
    rows = rows.filter(quarter=quarter) if quarter else rows
    return [
        Kept(row.question_set, row.quarter, unpack_closed(reveal(row.said_sealed, binding("answer", "said", row.id))))
        for row in rows
    ]


def wave_counts() -> list[WaveCount]:
    """How many answers each quarter has, by occasion, the newest first."""
    rows = models.Answer.objects.values_list("question_set", "quarter")
    counts = Counter((name.rpartition("-")[0], quarter) for name, quarter in rows.iterator())
    found = [WaveCount(occasion, quarter, number) for (occasion, quarter), number in counts.items()]
    return sorted(found, key=lambda one: (one.quarter, one.occasion), reverse=True)


def waiting_counts() -> dict[str, int]:
    """How many answers wait in each room."""
    return dict(sorted(Counter(models.Waiting.objects.values_list("room", flat=True)).items()))


def trustee_with(key_digest: str) -> tuple[UUID, str] | None:
    """The trustee who has this key."""
    row = models.Trustee.objects.filter(key_digest=key_digest, is_active=True).first()
    return (row.id, row.name) if row else None


def trustee_named(trustee_id: UUID) -> str | None:
    """The name of a trustee who may still read."""
    return models.Trustee.objects.filter(pk=trustee_id, is_active=True).values_list("name", flat=True).first()


def next_words(trustee_id: UUID) -> Words | None:
    """The next text for a trustee to code: those that everybody reads come first, so that agreement is known early."""
    ids = list(_uncoded(trustee_id).order_by("id").values_list("id", flat=True))
    ids.sort(key=lambda ref: not is_shared(ref))
    return words_of(ids[0], trustee_id) if ids else None


def words_of(text_id: UUID, trustee_id: UUID) -> Words | None:
    """One text, with what this trustee coded it as."""
    row = models.Text.objects.filter(pk=text_id).first()
    if row is None:
        return None
    mine = models.Coding.objects.filter(trustee=trustee_id, text=row).values_list("themes", flat=True).first()
    return Words(
        ref=str(row.id),
        question_set=row.question_set,
        quarter=row.quarter,
        item=row.item,
        text=unpack_text(reveal(row.words_sealed, binding("text", "words", row.id))),
        themes=None if mine is None else tuple(mine),
        is_shared=is_shared(row.id),
    )


def text_counts(trustee_id: UUID) -> tuple[int, int]:
    """How many texts there are, and how many of them this trustee has not coded."""
    return models.Text.objects.count(), _uncoded(trustee_id).count()


def _uncoded(trustee_id: UUID) -> QuerySet[models.Text]:
    return models.Text.objects.exclude(pk__in=models.Coding.objects.filter(trustee=trustee_id).values("text"))


def double_coded() -> list[tuple[frozenset[str], ...]]:
    """What two or more people found in the same shared texts, text by text."""
    found: dict[UUID, list[frozenset[str]]] = {}
    for text_id, themes in models.Coding.objects.order_by("text_id", "trustee_id").values_list("text_id", "themes"):
        if is_shared(text_id):
            found.setdefault(text_id, []).append(frozenset(themes))
    return [tuple(codings) for codings in found.values() if len(codings) >= 2]


def themes_found(trustee_ids: Iterable[UUID] | None = None) -> Counter[str]:
    """How often each theme was found, to look at and not to publish: figures come from closed items."""
    rows = models.Coding.objects.all()
    rows = rows.filter(trustee__in=list(trustee_ids)) if trustee_ids is not None else rows
    return Counter(theme for themes in rows.values_list("themes", flat=True) for theme in themes)


POSTGRESQL = {
    "log_statement": ("none", "statements are logged, with their moments"),
    "log_min_duration_statement": ("-1", "slow statements are logged, with their moments"),
    "log_duration": ("off", "durations are logged, with their moments"),
    "archive_mode": ("off", "changes are archived, in their order"),
    "track_commit_timestamp": ("off", "the moment of each change is kept"),
}
SQLITE = {
    "secure_delete": ("1", "what is deleted stays in the file"),
    "journal_mode": ("truncate", "a journal keeps changes in their order"),
}


def leaks() -> list[str]:
    """What the database is set to keep and should not, as sentences; none is what there should be."""
    connection = connections[INTERVIEWS]
    on_postgresql = connection.vendor == "postgresql"
    found = []
    with connection.cursor() as cursor:
        for name, (wanted, problem) in (POSTGRESQL if on_postgresql else SQLITE).items():
            cursor.execute(f"SHOW {name}" if on_postgresql else f"PRAGMA {name}")
            value = str(cursor.fetchone()[0])
            if value != wanted:
                found.append(f"{name} is {value}, so that {problem}; set it to {wanted}.")
    return found
