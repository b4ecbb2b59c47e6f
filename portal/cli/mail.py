"""`agenda mail`: one mail sent as a trial and in words what became of it; what has come in."""

from datetime import datetime
from typing import Annotated
from uuid import uuid4

import typer

from agenda.clock import utc_now
from agenda.installation.settings import Settings, settings
from agenda.plan.model import Person
from agenda.words.addresses import checked_address
from agenda.workdays import swedish_date
from notifications.letters.letter import Letter
from notifications.letters.rendering import Rendered, render
from notifications.post.channels import Channels, explained
from notifications.post.outgoing import Outgoing, Result
from portal.cli import incoming
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import add, group
from portal.cli.terminal.output import complain, say

NOT_SENT = 1


def an_address(typed: str) -> str:
    """An e-mail address, or the URL of another channel."""
    try:
        return checked_address(typed)
    except ValueError as error:
        raise typer.BadParameter(f"{typed} är {error}") from None


def send_test(
    to: Annotated[
        str,
        typer.Option("--to", metavar="ADRESS", parser=an_address, help="Vart provbrevet ska."),
    ],
) -> None:
    """Send one mail outside the outbox, and explain a failure."""
    chosen = settings()
    with Channels(chosen) as channels:
        outcome = channels.send(_outgoing(chosen, to, now=utc_now()))
    if outcome.result is Result.SENT:
        say(explained(outcome, chosen))
        return
    complain(explained(outcome, chosen))
    raise typer.Exit(NOT_SENT)


def _outgoing(settings: Settings, to: str, *, now: datetime) -> Outgoing:

    words = _words(settings, to, now=now)
    return Outgoing(
        message_id=f"<{uuid4().hex}@{settings.sender.rpartition('@')[2]}>",
        date_at=now,
        sender=settings.sender,
        sender_name=settings.mail_from_name,
        recipient=to,
        recipient_name="",
        reply_to=settings.sender,
        reply_to_name=settings.mail_from_name,
        subject=words.subject,
        text=words.text,
        html=words.html,
        language="sv",
        key="test",
    )


def _words(settings: Settings, to: str, *, now: datetime) -> Rendered:

    today = swedish_date(now)
    return render(
        Letter(
            template="test",
            language="sv",
            round_name="prov",
            plan_title="påverkansagendan",
            activity_title="Prov av utskicken",
            description="",
            starts_on=today,
            due_on=today,
            is_quarter=False,
            today=today,
            workdays_left=0,
            coordinator=Person(name=settings.mail_from_name, address=settings.sender),
            recipient_name=to,
        )
    )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    mail = group(app, "mail", COMMANDS["mail"].summary, "agenda mail test --to du@kommunen.se")
    add(
        mail,
        send_test,
        "Skicka ett provbrev, och få veta i ord vad som hände.",
        "agenda mail test --to du@kommunen.se",
        name="test",
    )
    incoming.register(mail)
