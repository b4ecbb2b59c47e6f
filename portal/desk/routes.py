"""The desk's addresses: what is open to all is named here, all else is for who is signed in."""

from fastapi import APIRouter, Depends

from portal.desk import (
    acting,
    answers,
    first_page,
    messages,
    people,
    plan,
    register,
    signing_in,
)
from portal.desk.visits import at_desk

# Before the others: no round is called what a page is.
_BEHIND_SIGN_IN = (
    signing_in.own_router,
    people.own_router,
    first_page.router,
    plan.router,
    acting.router,
    answers.router,
    messages.router,
    register.router,
    people.router,
)

router = APIRouter()
router.include_router(signing_in.router)
for _behind in _BEHIND_SIGN_IN:
    # Whatever a page's own function forgets to ask for: nobody comes past this.
    router.include_router(_behind, dependencies=[Depends(at_desk)])
