"""`/brevlada`: the mails of a trial, read in the browser. Absent with a real mail server."""

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from portal.door.headers import POLICY
from portal.door.rendering import Kept, page, sees_mailbox
from portal.mailbox.keeping import Mail
from portal.mailbox.received import read_heading, read_letter

MAILS_SHOWN = 200
FRAMING_POLICY = f"{POLICY}; frame-src 'self'"
# The mail's own page: its styles and pictures that it carries itself, no script, and an
# origin of its own, so that it can reach nothing of the portal's.
LETTER_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


def _on_the_machine(request: Request) -> None:
    if not sees_mailbox(request):
        raise HTTPException(404)


router = APIRouter(prefix="/brevlada", dependencies=[Depends(_on_the_machine)])


def _mail(name: str, mailbox: Kept) -> Mail:
    if (found := mailbox.read(name)) is None:
        raise HTTPException(404)
    return found


Found = Annotated[Mail, Depends(_mail)]


@router.get("")
def list_mails(request: Request, mailbox: Kept) -> Response:
    """The newest mails."""
    names = mailbox.names()
    mails = [mail for name in names[:MAILS_SHOWN] if (mail := mailbox.read(name))]
    lines = [(mail, read_heading(mail.content)) for mail in mails]
    return page(request, "mailbox.html", lines=lines, count=len(names))


@router.get("/{name}")
def read_mail(request: Request, mail: Found, visa: Literal["text", "html"] = "text") -> Response:
    """One mail: its text, or its HTML in a frame that can do nothing."""
    return page(
        request,
        "letter.html",
        headers={"Content-Security-Policy": FRAMING_POLICY},
        mail=mail,
        letter=read_letter(mail.content),
        is_html=visa == "html",
    )


@router.get("/{name}/html")
def read_html(mail: Found) -> Response:
    """A mail's HTML as the sender wrote it, shut in."""
    html = read_letter(mail.content).html
    if html is None:
        raise HTTPException(404)
    return Response(
        html,
        media_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": LETTER_POLICY},
    )


@router.get("/{name}/raw")
def read_raw(mail: Found) -> Response:
    """A mail as it came, headers and all."""
    return Response(mail.content, media_type="text/plain; charset=utf-8")


@router.get("/{name}/bilaga/{number}")
def download(mail: Found, number: int) -> Response:
    """An attachment, always as a download: what it says it is does not matter then."""
    attachments = read_letter(mail.content).attachments
    if not 1 <= number <= len(attachments):
        raise HTTPException(404)
    found = attachments[number - 1]
    name = quote(found.name, safe="")
    return Response(
        found.content,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )
