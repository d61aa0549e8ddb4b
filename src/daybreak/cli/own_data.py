"""`daybreak export` and `daybreak erase`: what a person may ask of whoever runs Daybreak, where no page is at hand."""

import json
from pathlib import Path
from uuid import UUID

import click

from daybreak.accounts.queries import account_of, person_at
from daybreak.accounts.terms import Account
from daybreak.cli.clock import now
from daybreak.cli.setup import django_ready
from daybreak.kernel.decisions import No
from daybreak.kernel.errors import BadInput, NotAllowed
from daybreak.notices.queries import sentence
from daybreak.own_data.actions import erase as erase_person
from daybreak.own_data.actions import take_copy
from daybreak.own_data.holdings import WHY_KEPT


@click.command()
@click.argument("person")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file, readable by you only.")
def export(person: str, out: Path | None) -> None:
    """Write all that is held about a person as JSON.

    It is the file they get by "Export my data". PERSON is an id, an e-mail address or a phone number
    as it is stored. That the copy was taken is put on record.

    Exit 10: nobody goes by that.
    """
    django_ready()
    account = _found(person)
    held = take_copy(person_id=account.person_id, actor=None, at=now())
    text = json.dumps(held, ensure_ascii=False, indent=2)
    if out is None:
        click.echo(text)
        return
    out.touch(mode=0o600)
    out.write_text(text + "\n", encoding="utf-8")
    click.echo(f"Written: {out}.", err=True)


@click.command()
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do it; without this, only say what would happen.")
def erase(person: str, yes: bool) -> None:
    """Erase a person; say what stays and why.

    Name, addresses and roles go, and with the last adult of a household what is private of its children. PERSON
    is an id, an e-mail address or a phone number as it is stored. What stays is said, with the reason.

    Exit 10: nobody goes by that. Exit 12: it cannot be done now, and why.
    """
    django_ready()
    account = _found(person)
    if yes:
        decision = erase_person(person_id=account.person_id, actor=None, at=now())
        if isinstance(decision, No):
            raise NotAllowed(" ".join(sentence(reason, "en") for reason in decision.reasons))
    click.echo(f"Erased: {account.person_id}." if yes else f"Would be erased: {account.person_id}. Say --yes to do it.")
    click.echo("Stays, and why:")
    for why in WHY_KEPT:
        click.echo(f"  {why}")


def _found(text: str) -> Account:
    written = text.strip()
    try:
        person_id: UUID | None = UUID(written)
    except ValueError:
        person_id = person_at(email=written) or person_at(phone=written)
    account = account_of(person_id) if person_id else None
    if account is None:
        # The text may be somebody's address, so it is not repeated.
        raise BadInput("Nobody goes by that.", do="Give an id, an e-mail address, or a phone number like +13175550134.")
    return account
