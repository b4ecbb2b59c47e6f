"""Every municipality of the country answers within the same minute."""

from collections import Counter

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, event, select
from sqlmodel import col

from agenda.installation.settings import Settings
from agenda.links.personal import organisation_link
from agenda.models import Answer, AnswerKind, Invitation, Message, Organisation
from agenda.plan.form_defaults import form_of
from agenda.replies import reply_of
from agenda.storage.store import reading, transaction
from notifications.acts.answers import send_in
from tests.crowd import MUNICIPALITIES, PROXY, answer_all, gather, homes, title_of
from tests.portal_process import portal_process
from tests.rounds_under_way import OFFICE, RoundUnderWay, a_plan, address, many, sv

pytestmark = pytest.mark.slow

AT = "2020-09-01 10:00"


@pytest.fixture
def chosen(settings: Settings, database_url: str) -> Settings:
    """An installation behind a reverse proxy."""
    return settings.model_copy(
        update={"database_url": SecretStr(database_url), "trusted_proxies": (PROXY,)}
    )


def test_all_municipalities_answer_at_once_and_each_answer_is_kept_once_and_receipted(
    engine: Engine, chosen: Settings
) -> None:
    gather(engine)
    with portal_process(chosen) as portal:
        links = homes(engine, portal.settings)
        asked = answer_all(portal.settings, links)
    assert Counter((each.what, each.status) for each in asked) == {
        ("GET", 200): MUNICIPALITIES,
        ("POST", 303): MUNICIPALITIES,
        ("GET granska", 200): MUNICIPALITIES,
        ("POST skicka", 303): MUNICIPALITIES,
        ("GET kvitto", 200): MUNICIPALITIES,
    }
    assert Counter(answers(engine)) == {(key, title_of(key)): 1 for key in links}
    assert Counter(receipts(engine)) == {(key, address(key)): 1 for key in links}


@pytest.mark.parametrize("missing", [0, 1])
def test_sending_looks_at_others_only_when_all_are_in(engine: Engine, missing: int) -> None:
    """Those who send take turns: what each costs must not grow with how many are asked."""
    looked_at = []
    for asked in (3, 30):
        under_way = RoundUnderWay(engine, a_plan(organisations=many(asked), name=str(asked)))
        for number in range(1 + missing, asked):
            under_way.answer(f"kommun-{number}", AT)
        looked_at.append(rows_read_in_sending(under_way, "kommun-0"))
        told = [mail.template for mail in under_way.messages("all_answered")]
        assert told == ["all_answered"] * (1 - missing)
    assert (looked_at[0] == looked_at[1]) == bool(missing)


def rows_read_in_sending(under_way: RoundUnderWay, organisation: str) -> int:
    read = []
    with transaction(under_way.engine) as session:
        invitation = under_way.invitation(session, organisation)
        link = organisation_link(session, invitation, OFFICE.keyring, now=sv(AT))
        reply = reply_of(session, link, now=sv(AT))
        form = form_of(reply.activity, reply.head)
        event.listen(session, "loaded_as_persistent", lambda _, row: read.append(row))
        send_in(
            session,
            OFFICE,
            reply,
            form,
            kind=AnswerKind.NOTHING_TO_REPORT,
            submission_key=str(under_way.id),
            now=sv(AT),
        )
    return len(read)


def answers(engine: Engine) -> list[tuple[str, str]]:
    query = (
        select(Organisation.key, Answer.content)
        .join(Invitation, col(Invitation.id) == col(Answer.invitation_id))
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
    )
    with reading(engine) as session:
        return [(key, content["fragor"][0]["titel"]) for key, content in session.execute(query)]


def receipts(engine: Engine) -> list[tuple[str, str]]:
    query = (
        select(Organisation.key, Message.recipient)
        .join(Organisation, col(Organisation.id) == col(Message.organisation_id))
        .where(col(Message.template) == "receipt")
    )
    with reading(engine) as session:
        return [(key, recipient) for key, recipient in session.execute(query)]
