"""Take answers, mix them, keep codes and keys, and let trustees code texts.

Each verb is one transaction in the interviews' own database. There is no audit event here: who came, and when, is what
must not be written down.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import connections, transaction

from daybreak.interviews import models
from daybreak.interviews.admitting import CODE_LENGTH, CODE_LETTERS, code_digest
from daybreak.interviews.answering import pack, pack_closed, pack_text, unpack
from daybreak.interviews.mixing import is_full, mixed
from daybreak.interviews.models import INTERVIEWS
from daybreak.interviews.queries import code_book
from daybreak.interviews.terms import Admission, Answers, WaveKey
from daybreak.kernel.decisions import No, Reason, Yes
from daybreak.kernel.errors import BadInput
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding, reveal


@dataclass(frozen=True)
class Taken:
    """The answers are kept. `again` says that they took the place of earlier ones under the same ticket."""

    again: bool


def take_answers(*, admission: Admission, question_set: str, answers: Answers, quarter: str) -> Taken | No:
    """Put one person's answers into the mixing room, and write a batch when enough wait.

    The same ticket again, while its answers still wait, replaces them: never two for one ticket. After the batch it is
    refused, because nobody can find the answers again. The quarter is that of the batch, so that one who waited long
    does not stand out by it.
    """
    with transaction.atomic(using=INTERVIEWS):
        _one_at_a_time()
        if models.Spent.objects.filter(digest=admission.digest).exists():
            return No((Reason("ticket-spent"),))
        earlier = models.Waiting.objects.filter(digest=admission.digest).delete()[0]
        row = uuid4()
        said = seal(pack(answers), binding("waiting", "said", row))
        arrived = models.Waiting(id=row, digest=admission.digest, room=question_set, said_sealed=said)
        waiting = [*models.Waiting.objects.filter(room=question_set), arrived]
        if is_full(len(waiting)):
            _write_batch(waiting, question_set, quarter)
            _rewrite_room(question_set, [])
        else:
            _rewrite_room(question_set, waiting)
        return Taken(again=bool(earlier))


def take_back(*, admission: Admission) -> bool:
    """Delete answers that still wait; the ticket may be used anew. False when there are none any more."""
    with transaction.atomic(using=INTERVIEWS):
        _one_at_a_time()
        return bool(models.Waiting.objects.filter(digest=admission.digest).delete()[0])


def write_survey(*, question_set: str, quarter: str, answers: Sequence[Answers]) -> int:
    """Write the answers of an existing survey as one shuffled batch; returns how many. Raises BadInput for too few."""
    if not is_full(len(answers)):
        raise BadInput(
            f"{len(answers)} answers are too few to hide one another.",
            do="Nothing was imported. Put surveys together until there are 20 or more.",
        )
    with transaction.atomic(using=INTERVIEWS):
        _write(answers, question_set, quarter)
    return len(answers)


def _one_at_a_time() -> None:
    """Let arrivals take turns. SQLite's writers do so by themselves; PostgreSQL is told, and readers wait too.

    Exclusive from the start: a lock that grew later could wait for another that grows.
    """
    connection = connections[INTERVIEWS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE interviews_waiting IN ACCESS EXCLUSIVE MODE")


def _rewrite_room(room: str, waiting: Iterable[models.Waiting]) -> None:
    """Write those who wait anew, in the order of their digests, so that the rows of the file hold no order of arrival.

    SQLite overwrites what it deletes (secure_delete in the settings). PostgreSQL would leave dead rows in the file
    until a vacuum; a truncated table gets a new file instead, and the old one goes with the transaction.
    """
    connection = connections[INTERVIEWS]
    if connection.vendor == "postgresql":
        others = list(models.Waiting.objects.exclude(room=room))
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE TABLE interviews_waiting")
    else:
        models.Waiting.objects.filter(room=room).delete()
        others = []
    models.Waiting.objects.bulk_create(sorted([*others, *waiting], key=lambda row: row.digest))


def _write_batch(waiting: Sequence[models.Waiting], question_set: str, quarter: str) -> None:
    said = [unpack(reveal(row.said_sealed, binding("waiting", "said", row.id))) for row in waiting]
    _write(said, question_set, quarter)
    models.Spent.objects.bulk_create([models.Spent(digest=digest) for digest in sorted(row.digest for row in waiting)])


def _write(said: Sequence[Answers], question_set: str, quarter: str) -> None:
    batch = mixed(said, secrets.SystemRandom().shuffle)
    answers, texts = [], []
    for one in batch.closed:
        row = uuid4()
        sealed = seal(pack_closed(one.closed), binding("answer", "said", row))
        answers.append(models.Answer(id=row, question_set=question_set, quarter=quarter, said_sealed=sealed))
    for item, text in batch.texts:
        row = uuid4()
        sealed = seal(pack_text(text), binding("text", "words", row))
        texts.append(models.Text(id=row, question_set=question_set, quarter=quarter, item=item, words_sealed=sealed))
    models.Answer.objects.bulk_create(answers)
    models.Text.objects.bulk_create(texts)


def accept_key(key: WaveKey) -> bool:
    """Accept the key of a wave; False when it was there. Raises BadInput when another key has its name.

    One key for everybody: whoever could give each person another one would know each ticket by its key.
    """
    _refuse_unfit(key)
    with transaction.atomic(using=INTERVIEWS):
        row, is_new = models.WaveKey.objects.get_or_create(
            name=key.name,
            defaults={
                "occasion": key.occasion,
                "quarter": key.quarter,
                "until": date.fromisoformat(key.until),
                "public_key": key.public_key,
            },
        )
        if not is_new and row.public_key != key.public_key:
            raise BadInput(
                f"Wave {key.name} has another key already.", do="Nothing was changed. Ask the ticket desk why."
            )
        rival = models.WaveKey.objects.filter(occasion=key.occasion, quarter=key.quarter).exclude(name=key.name)
        if is_new and rival.exists():
            raise BadInput(
                f"{key.occasion} in {key.quarter} has a key already.",
                do="Nothing was changed. With two keys, each ticket would say by which it was stamped.",
            )
        return is_new


def _refuse_unfit(key: WaveKey) -> None:
    try:
        found = load_pem_public_key(key.public_key.encode())
    except ValueError as error:
        raise BadInput(
            f"The key of {key.name} cannot be read.", do="Ask the ticket desk for the file again."
        ) from error
    if not isinstance(found, RSAPublicKey) or found.key_size < 2048 or found.public_numbers().e != 65537:
        raise BadInput(f"The key of {key.name} is no RSA key of 2,048 bits or more.", do="Ask for another.")


def make_codes(*, occasion: str, count: int) -> list[str]:
    """Make a sealed pool of codes and return them, shuffled, for the only time: here only their digests stay."""
    codes = ["".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)) for _ in range(count)]
    with transaction.atomic(using=INTERVIEWS):
        models.Code.objects.bulk_create(
            [models.Code(digest=digest, occasion=occasion) for digest in sorted(map(code_digest, codes))]
        )
    return codes


def add_trustee(name: str) -> str:
    """Let somebody read texts; returns their key, for the only time. Raises BadInput for a name that is taken."""
    key = secrets.token_urlsafe(32)
    with transaction.atomic(using=INTERVIEWS):
        if models.Trustee.objects.filter(name=name).exists():
            raise BadInput(f"There is a trustee named {name}.", do="Nothing was changed. Choose another name.")
        models.Trustee.objects.create(id=uuid4(), name=name, key_digest=digest_of_key(key))
    return key


def dismiss_trustee(name: str) -> bool:
    """Take a trustee's right to read away, at once; what they coded stays."""
    return bool(models.Trustee.objects.filter(name=name, is_active=True).update(is_active=False))


def digest_of_key(key: str) -> str:
    """What is kept of a trustee's key. It is random, so one hash is enough."""
    return hashlib.sha256(key.strip().encode()).hexdigest()


def code_text(*, trustee_id: UUID, text_id: UUID, themes: Sequence[str]) -> Yes | No:
    """Write down which themes a trustee found in a text; later the same trustee may think again."""
    unknown = set(themes) - set(code_book().codes)
    if unknown or not models.Text.objects.filter(pk=text_id).exists():
        return No((Reason("no-such-theme-or-text"),))
    models.Coding.objects.update_or_create(
        text_id=text_id, trustee_id=trustee_id, defaults={"themes": sorted(set(themes))}
    )
    return Yes()


def forget_before(quarter: str) -> int:
    """Delete answers, texts, codings and keys of earlier quarters; returns how many answers."""
    with transaction.atomic(using=INTERVIEWS):
        models.Text.objects.filter(quarter__lt=quarter).delete()
        models.WaveKey.objects.filter(quarter__lt=quarter).delete()
        return models.Answer.objects.filter(quarter__lt=quarter).delete()[0]
