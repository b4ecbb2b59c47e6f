"""Every address of the door, below `/svar`."""

from fastapi import APIRouter

from portal.reply import colleague, extension, files, form, preview, receipt, renewal, short_answers

router = APIRouter()
# First what is not below a link: "ny-lank" is no token.
router.include_router(renewal.router)
for _home in ("/svar/{token}", "/svar/{token}/rostsedel"):
    for _page in (form, preview, receipt):
        router.include_router(_page.router, prefix=_home)
# What only a reply has, not a ballot.
for _page in (short_answers, extension, colleague, files):
    router.include_router(_page.router, prefix="/svar/{token}")
router.include_router(renewal.own_router, prefix="/svar/{token}")
