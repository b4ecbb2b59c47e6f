"""Every address of the door, below `/svar`."""

from fastapi import APIRouter

from portal.reply import asking, files, renewing, sending, writing

router = APIRouter()
# First what is not below a link: "ny-lank" is no token.
router.include_router(renewing.router)
for _home in ("/svar/{token}", "/svar/{token}/rostsedel"):
    router.include_router(writing.router, prefix=_home)
    router.include_router(sending.router, prefix=_home)
for _part in (sending.short_router, asking.router, files.router, renewing.own_router):
    router.include_router(_part, prefix="/svar/{token}")
