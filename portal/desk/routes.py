"""The desk's addresses: what is open to all is named here, all else is for who is signed in."""

from fastapi import APIRouter, Depends

from portal.desk import people, register
from portal.desk.acts import pages as acts
from portal.desk.answers import acts as answer_acts
from portal.desk.answers import pages as answers
from portal.desk.answers import registering
from portal.desk.entrance import dashboard, signing_in
from portal.desk.entrance.directory import pages as directory
from portal.desk.letters import sent, steps, upcoming, words
from portal.desk.mail import acts as mail_acts
from portal.desk.mail import pages as mail
from portal.desk.organisations import contacts
from portal.desk.organisations import pages as organisations
from portal.desk.plan import closing
from portal.desk.plan import pages as plan
from portal.desk.standing import pages as standing
from portal.desk.starting import activities, asked, begin, form, head, overview, rehearsal
from portal.desk.starting import people as starters
from portal.desk.visits import at_desk

# Before the others: no round is called what a page is.
_BEHIND_SIGN_IN = (
    signing_in.own_router,
    directory.own_router,
    dashboard.own_router,
    people.own_router,
    begin.router,
    starters.router,
    overview.router,
    head.router,
    asked.router,
    form.router,
    activities.router,
    rehearsal.router,
    dashboard.round_router,
    standing.router,
    closing.router,
    plan.router,
    acts.router,
    answers.router,
    registering.router,
    answer_acts.router,
    sent.router,
    upcoming.router,
    words.router,
    steps.router,
    mail.router,
    mail_acts.router,
    contacts.router,
    organisations.router,
    register.router,
    people.router,
)

router = APIRouter()
# Before the mailed links: none is called what it is called.
router.include_router(directory.router)
router.include_router(dashboard.router)
router.include_router(signing_in.router)
for _behind in _BEHIND_SIGN_IN:
    # Whatever a page's own function forgets to ask for: nobody comes past this.
    router.include_router(_behind, dependencies=[Depends(at_desk)])
