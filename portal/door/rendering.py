"""How a page is made: the templates, and what the pages ask the application for."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.templating import Jinja2Templates
from sqlalchemy import Engine

from agenda.installation.settings import Settings
from notifications.letters.dates import in_words, quarter_in_words
from portal.door.moments import moment_in_words
from portal.mailbox.keeping import TrialMailbox

_TEMPLATES = Jinja2Templates(Path(__file__).parent.parent / "templates")
_TEMPLATES.env.trim_blocks = True
_TEMPLATES.env.lstrip_blocks = True
_TEMPLATES.env.filters |= {
    "moment_in_words": moment_in_words,
    "in_words": lambda day: in_words(day, "sv"),
    "quarter_in_words": lambda day: quarter_in_words(day, "sv"),
}


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


def _engine(request: Request) -> Engine:
    found: Engine = request.app.state.engine
    return found


def _mailbox(request: Request) -> TrialMailbox:
    found: TrialMailbox = request.app.state.mailbox
    return found


InForce = Annotated[Settings, Depends(_settings)]
Database = Annotated[Engine, Depends(_engine)]
Kept = Annotated[TrialMailbox, Depends(_mailbox)]


def sees_mailbox(request: Request) -> bool:
    """Whether who comes is shown the trial mailbox: whoever tries the product on the machine.

    It holds everybody's letters with their links, so it is nothing for others.
    """
    settings = _settings(request)
    if settings.has_mail_server:
        return False
    host = request.client.host if request.client else ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        # No address of the network: the machine itself, unless a proxy stands in between.
        return not settings.trusted_proxies


def page(
    request: Request,
    template: str,
    *,
    status_code: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> Response:
    """A page from a template, with what every page shows."""
    values["has_mailbox"] = sees_mailbox(request)
    return _TEMPLATES.TemplateResponse(
        request, template, values, status_code=status_code, headers=headers
    )
