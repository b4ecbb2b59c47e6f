"""The desk's addresses: what is open to all is named here, all else is for who is signed in."""

from fastapi import APIRouter, Depends

from portal.desk import (
    acting,
    answers,
    contacts,
    first_page,
    messages,
    organisations,
    people,
    plan,
    register,
    registering,
    signing_in,
    upcoming,
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
    registering.router,
    messages.router,
    register.router,
    people.router,
    upcoming.router,
    contacts.router,
    organisations.router,
)

router = APIRouter()
router.include_router(signing_in.router)
for _behind in _BEHIND_SIGN_IN:
    # Whatever a page's own function forgets to ask for: nobody comes past this.
    router.include_router(_behind, dependencies=[Depends(at_desk)])
