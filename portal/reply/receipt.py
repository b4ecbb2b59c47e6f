"""`kvitto`: the receipt for the answer that holds, and every version that was sent in."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from agenda.storage.store import reading
from portal.door.refusals import Missing
from portal.reply.showing import head_of, sent
from portal.reply.visits import Here

router = APIRouter()


@router.api_route("/kvitto", methods=["GET", "HEAD"])
def receipt(here: Here) -> Response:
    """The receipt for the answer that holds."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        if reply.answer is None:
            return RedirectResponse(here.base, status_code=303)
        return here.show(
            "receipt.html",
            head=head_of(session, here, reply),
            sent=sent(session, here, reply.answer, here.fields(reply)),
            answers=reply.answers,
            is_newest=True,
        )


@router.api_route("/versioner/{number}", methods=["GET", "HEAD"])
def version(here: Here, number: int) -> Response:
    """One version that was sent in, whether it holds or not."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        found = next((one for one in reply.answers if one.version == number), None)
        if found is None:
            raise Missing(here.language)
        return here.show(
            "receipt.html",
            head=head_of(session, here, reply),
            sent=sent(session, here, found, here.fields(reply)),
            answers=reply.answers,
            is_newest=found is reply.answer,
        )
