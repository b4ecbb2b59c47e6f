"""`agenda mail`: one mail sent as a trial and in words what became of it; what has come in."""

from typing import Annotated

import typer

from agenda.clock import utc_now
from agenda.installation.settings import settings
from agenda.words.addresses import checked_address
from notifications.notices.at_once import at_once
from notifications.post.channels import Channels, explained
from notifications.post.outgoing import Result
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
        # Without the office: whoever tries the mail server needs no secret key yet.
        sender, name = chosen.sender, chosen.mail_from_name
        mail = at_once("test", sender=sender, sender_name=name, to=to, now=utc_now())
        outcome = channels.send(mail)
    if outcome.result is Result.SENT:
        say(explained(outcome, chosen))
        return
    complain(explained(outcome, chosen))
    raise typer.Exit(NOT_SENT)


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
