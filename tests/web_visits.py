"""Somebody visits pages: signed in as one of the cast, on the cast's Monday; and a page is read as a browser does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from uuid import UUID, uuid4

import pytest
from django.test import Client

from cast import DAWN
from daybreak.accounts.actions import add_person, give_role
from daybreak.accounts.models import Person
from daybreak.accounts.terms import RoleKind
from daybreak.web import clock
from daybreak.web.entering import SECOND_STEP


def at_dawn(monkeypatch: pytest.MonkeyPatch, moment: datetime = DAWN) -> None:
    """Let the edge's clock stand still."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def visitor(person_id: UUID | None = None, *, in_two_steps: bool = True) -> Client:
    """A browser, signed in when a person is named; by both steps, so that a post is open too."""
    client = Client()
    if person_id is not None:
        client.force_login(Person.objects.get(pk=person_id), backend="sesame.backends.ModelBackend")
        if in_two_steps:
            session = client.session
            session[SECOND_STEP] = DAWN.isoformat()
            session.save()
    return client


def newcomer(kind: RoleKind | None = None, scope: UUID | None = None, *, phone: str = "") -> UUID:
    """A person outside the cast, with at most one role."""
    email = f"{uuid4()}@example.org"
    person_id = add_person(person_id=uuid4(), name="Out Sider", email=email, phone=phone, at=DAWN)
    if kind is not None:
        give_role(person_id=person_id, kind=kind, scope=scope or uuid4(), at=DAWN)
    return person_id


@dataclass
class Seen(HTMLParser):
    """What a browser finds in a page."""

    text: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    labeled: set[str | None] = field(default_factory=set)
    inside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "label":
            self.labeled.add(attributes.get("for"))
        if tag in ("script", "style"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.text.append(data)

    def every(self, *names: str) -> Iterator[dict[str, str | None]]:
        """The attributes of each such element."""
        return (attributes for tag, attributes in self.tags if tag in names)

    @property
    def said(self) -> str:
        """The page's words in one line."""
        return " ".join(" ".join(self.text).split())

    def hidden(self) -> list[tuple[str, str]]:
        """What hidden fields and marked choices of the page would send."""
        sent = []
        for attributes in self.every("input"):
            kind, name, value = attributes.get("type"), attributes.get("name"), attributes.get("value") or ""
            if not name or name == "csrfmiddlewaretoken" or "disabled" in attributes:
                continue
            if kind not in ("checkbox", "radio") or "checked" in attributes:
                sent.append((name, value))
        return sent

    def hidden_query(self) -> dict[str, list[str]]:
        """The same as a query."""
        query: dict[str, list[str]] = {}
        for name, value in self.hidden():
            query.setdefault(name, []).append(value)
        return query


def seen(response: object) -> Seen:
    """Read a page."""
    page = Seen()
    page.feed(response.content.decode())  # type: ignore[attr-defined]  # Django's test response
    return page
