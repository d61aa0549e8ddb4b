"""Four workers empty one outbox together, and nobody is told twice."""

import threading
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from daybreak.accounts.actions import add_person
from daybreak.notices.actions import post, send_due
from daybreak.notices.models import Notice
from daybreak.notices.terms import Channel
from daybreak.notices.transports import Memory

DAWN = datetime(2026, 3, 2, 10, 40, tzinfo=UTC)
WORKERS, NOTICES = 4, 60


@pytest.mark.django_db(transaction=True)
def test_each_of_many_notices_is_sent_by_exactly_one_of_four_workers() -> None:
    dana = add_person(person_id=uuid4(), name="Dana", email="dana@harborhealth.example", at=DAWN)
    with transaction.atomic():
        for number in range(NOTICES):
            facts = {"day": "2026-03-02", "link": f"/requests/{number}"}
            post(code="care-canceled", to=dana, facts=facts, about=UUID(int=number), at=DAWN)
    outbox = Memory()
    sent: list[int] = []
    start = threading.Barrier(WORKERS)

    def work(number: int) -> None:
        start.wait()
        try:
            sent.append(
                send_due(at=DAWN, holder=f"worker-{number}", limit=NOTICES, doors={Channel.MAIL: lambda: outbox})
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == WORKERS
    assert sum(sent) == NOTICES
    assert {notice for notice, _, _ in outbox.sent} == {str(notice.id) for notice in Notice.objects.all()}
    assert len(outbox.sent) == NOTICES
    assert Notice.objects.filter(sent_at=None).count() == 0
