"""`daybreak account`: how somebody comes in, and which posts they hold. For whoever runs this Daybreak."""

import json
from datetime import datetime
from uuid import UUID, uuid4

import click
from django.db import transaction

from daybreak.accounts.actions import add_person, end_role, give_role
from daybreak.accounts.devices.actions import end_everywhere
from daybreak.accounts.devices.queries import devices_of
from daybreak.accounts.passkeys.queries import passkeys_of
from daybreak.accounts.queries import account_of, person_at
from daybreak.accounts.second_step.actions import forget_app
from daybreak.accounts.second_step.queries import has_app
from daybreak.accounts.terms import STAFF_KINDS, RoleKind
from daybreak.cli.clock import now
from daybreak.cli.setup import django_ready
from daybreak.kernel.errors import BadInput
from daybreak.kernel.refs import spoken
from daybreak.people.queries import employer_called

POSTS = sorted(kind.value for kind in STAFF_KINDS)
HERE = UUID(int=0)
"""What an operator's post is held for: this Daybreak."""


@click.command()
@click.argument("address")
@click.option("--give", type=click.Choice(POSTS), help="Give this post.")
@click.option("--end", type=click.Choice(POSTS), help="End this post, and sign them out everywhere.")
@click.option("--employer", default="", help="The employer whose post it is, by name; not for an operator's.")
@click.option("--name", default="", help="The name of somebody who is new here.")
@click.option("--forget-app", "forget", is_flag=True, help="Forget a lost app; the next sign-in sets up a new one.")
@click.option("--sign-out", is_flag=True, help="Sign them out everywhere, and end their links and tokens.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output and nothing else.")
def account(
    address: str, give: str, end: str, employer: str, name: str, forget: bool, sign_out: bool, as_json: bool
) -> None:
    """Say how the person at ADDRESS comes in; give or end a post.

    ADDRESS is an e-mail address, or a phone number like +17165550101. A post is a role at an employer, a trust or this
    Daybreak; roles of families and homes come with rosters, invitations and license lists.
    """
    django_ready()
    at = now()
    scope = _scope(give or end, employer) if give or end else HERE
    with transaction.atomic():
        person_id = _person(address, name, at, may_add=bool(give))
        if give:
            give_role(person_id=person_id, kind=RoleKind(give), scope=scope, at=at)
        if end and not end_role(person_id=person_id, kind=RoleKind(end), scope=scope, at=at):
            raise BadInput(f"They are no {end} there.", do="Run the command without --end to see their posts.")
        if forget:
            forget_app(person_id=person_id, at=at, actor=None)
        if forget or sign_out or end:
            # Whoever had the lost phone may be signed in with it.
            end_everywhere(person_id=person_id, at=at)
    _tell(person_id, as_json)


def _person(address: str, name: str, at: datetime, *, may_add: bool) -> UUID:
    mail, phone = (address, "") if "@" in address else ("", address)
    found = person_at(email=mail, phone=phone)
    if found is not None:
        return found
    if not may_add or not name:
        do = "Look at its spelling, or add them with --give and --name."
        raise BadInput("Nobody is reached at this address.", do=do)
    return add_person(person_id=uuid4(), name=name, email=mail, phone=phone, at=at)


def _scope(post: str, employer: str) -> UUID:
    if post == RoleKind.OPERATOR:
        return HERE
    found = employer_called(employer)
    if found is None:
        raise BadInput(f"There is no employer called {employer!r}.", do="Name it with --employer, as it was added.")
    return found


def _tell(person_id: UUID, as_json: bool) -> None:
    known = account_of(person_id)
    told = {
        "person": spoken("P", person_id),
        "roles": sorted(role.kind.value for role in known.roles) if known else [],
        "passkeys": len(passkeys_of(person_id)),
        "app": has_app(person_id),
        "devices": len(devices_of(person_id, here="")),
    }
    if as_json:
        click.echo(json.dumps(told))
        return
    roles = ", ".join(told["roles"]) or "no role"  # type: ignore[arg-type]  # the list above
    app = "an app for codes" if told["app"] else "no app for codes"
    ways = f"{told['passkeys']} passkeys, {app}"
    click.echo(f"{told['person']}: {roles}; {ways}; signed in on {told['devices']} devices.")
