"""What a bounce does, and all that it must not do."""

import pytest
from sqlalchemy import Engine

from agenda.models import Message, MessageState, Round
from agenda.register import By
from agenda.storage.store import transaction
from notifications.outbox.putting_back import given_up, put_back
from tests.notifications.incoming.inbox import (
    FULL,
    USER_UNKNOWN,
    Inbox,
    bounce,
    contact_of,
    look_into,
    mails_in,
    state_of,
)
from tests.obedient_server import LATER as LATER_ANSWER
from tests.obedient_server import NEVER
from tests.rounds_under_way import WHO, RoundUnderWay, a_plan, address, sv

INVITED, BACK, LATER = "2020-05-08 08:00", "2020-05-08 09:00", "2020-05-11 09:00"


@pytest.fixture
def under_way(engine: Engine) -> RoundUnderWay:
    found = RoundUnderWay(engine, a_plan("berg", "bracke"))
    found.attend(INVITED)
    return found


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def invitation_to(under_way: RoundUnderWay, organisation: str) -> Message:
    [found] = [
        one for one in under_way.messages("invitation") if one.recipient == address(organisation)
    ]
    return found


def notices(under_way: RoundUnderWay, *templates: str) -> list[Message]:
    return [one for one in under_way.messages() if one.template in templates]


def test_a_dead_address_is_marked_told_and_no_longer_reminded(under_way, inbox) -> None:
    message = invitation_to(under_way, "berg")
    inbox.put(bounce(message), BACK)
    assert look_into(under_way, inbox, BACK) == 1
    assert contact_of(under_way, address("berg")).bounce_reason == USER_UNKNOWN
    assert contact_of(under_way, address("bracke")).bounced_at is None
    assert state_of(under_way, message) is MessageState.FAILED
    [told] = notices(under_way, "bounced")
    assert "Bergs kommun" in told.text
    assert USER_UNKNOWN in told.text
    assert under_way.register("contact_bounced") == [USER_UNKNOWN]
    assert under_way.register("message_returned") == [USER_UNKNOWN]
    under_way.attend("2020-08-21 08:00")
    reminded = [one.recipient for one in under_way.messages("reminder-30")]
    assert address("bracke") in reminded
    assert address("berg") not in reminded


def test_a_full_mailbox_is_told_and_its_address_kept(under_way, inbox) -> None:
    message = invitation_to(under_way, "berg")
    inbox.put(bounce(message, FULL), BACK)
    look_into(under_way, inbox, BACK)
    assert contact_of(under_way, address("berg")).bounced_at is None
    assert state_of(under_way, message) is MessageState.FAILED
    [told] = notices(under_way, "returned", "bounced")
    assert told.template == "returned"
    assert FULL in told.text


def test_a_delay_is_noted_and_nothing_else(under_way, inbox) -> None:
    message = invitation_to(under_way, "berg")
    inbox.put(bounce(message, "451 4.4.1 Connection timed out", action="delayed"), BACK)
    look_into(under_way, inbox, BACK)
    assert state_of(under_way, message) is MessageState.SENT
    assert notices(under_way, "returned", "bounced") == []
    assert under_way.register("message_delayed") == ["451 4.4.1 Connection timed out"]
    inbox.put(bounce(message, FULL), LATER)
    look_into(under_way, inbox, LATER)
    assert state_of(under_way, message) is MessageState.FAILED


def test_what_comes_back_together_is_told_together(under_way, inbox) -> None:
    for organisation in ("berg", "bracke"):
        inbox.put(bounce(invitation_to(under_way, organisation)), BACK)
    look_into(under_way, inbox, BACK)
    [told] = notices(under_way, "bounced")
    assert "Bergs kommun" in told.text
    assert "Bräcke kommun" in told.text


def test_the_same_bounce_twice_acts_once(under_way, inbox) -> None:
    message = invitation_to(under_way, "berg")
    for at in (BACK, BACK, LATER):
        inbox.put(bounce(message), at)
        look_into(under_way, inbox, at)
    assert len(notices(under_way, "bounced")) == 1
    assert len(under_way.register("contact_bounced")) == 1
    assert [mail.settled_how for mail in mails_in(under_way)] == ["acted_on", "noted", "noted"]


def test_an_identifier_that_we_never_sent_does_nothing_whatever_address_it_names(
    under_way, inbox
) -> None:
    message = invitation_to(under_way, "berg")
    inbox.put(bounce(message, about="<another@regionen.example>"), BACK)
    look_into(under_way, inbox, BACK)
    assert contact_of(under_way, address("berg")).bounced_at is None
    assert state_of(under_way, message) is MessageState.SENT
    [mail] = mails_in(under_way)
    assert (mail.sort, mail.about_id, mail.settled_how) == ("bounce", None, "noted")


def test_a_bounce_of_one_message_never_touches_anothers_address(under_way, inbox) -> None:
    message = invitation_to(under_way, "berg")
    inbox.put(bounce(message, to=address("bracke")), BACK)
    look_into(under_way, inbox, BACK)
    for organisation in ("berg", "bracke"):
        assert contact_of(under_way, address(organisation)).bounced_at is None
    assert state_of(under_way, invitation_to(under_way, "bracke")) is MessageState.SENT
    [told] = notices(under_way, "returned", "bounced")
    assert told.template == "returned"


def test_a_bounce_that_names_no_message_is_told_but_condemns_no_address(under_way, inbox) -> None:
    message = invitation_to(under_way, "berg")
    inbox.put(bounce(message, about=""), BACK)
    look_into(under_way, inbox, BACK)
    [mail] = mails_in(under_way)
    assert (mail.about_id, mail.is_by_address) == (message.id, True)
    assert contact_of(under_way, address("berg")).bounced_at is None
    assert [one.template for one in notices(under_way, "returned", "bounced")] == ["returned"]


def test_a_bounce_after_the_address_was_corrected_leaves_the_new_one_alone(
    under_way, inbox
) -> None:
    message = invitation_to(under_way, "berg")
    under_way.change_contact(address("berg"), address="ny@berg.example")
    inbox.put(bounce(message), BACK)
    look_into(under_way, inbox, BACK)
    assert contact_of(under_way, "ny@berg.example").bounced_at is None
    assert [one.template for one in notices(under_way, "returned", "bounced")] == ["returned"]


def test_a_bounce_after_the_contact_was_removed_marks_nothing(under_way, inbox) -> None:
    message = invitation_to(under_way, "berg")
    under_way.change_contact(address("berg"), is_removed=True)
    inbox.put(bounce(message), BACK)
    look_into(under_way, inbox, BACK)
    assert contact_of(under_way, address("berg")).bounced_at is None


def tried_again(under_way: RoundUnderWay, at: str) -> None:
    with transaction(under_way.engine) as session:
        for one in given_up(session, session.get_one(Round, under_way.id), None):
            put_back(session, one, by=By.person(WHO, sv(at)), at=sv(at), why="rätt adress")
    under_way.post(at)


def test_a_late_bounce_of_before_the_address_was_trusted_again_is_only_noted(
    under_way, inbox
) -> None:
    message = invitation_to(under_way, "berg")
    inbox.put(bounce(message), BACK)
    look_into(under_way, inbox, BACK)
    tried_again(under_way, "2020-05-08 10:00")
    assert state_of(under_way, message) is MessageState.SENT
    inbox.put(bounce(message, "550 5.1.1 User unknown, again"), "2020-05-08 09:30")
    look_into(under_way, inbox, LATER)
    assert contact_of(under_way, address("berg")).bounced_at is None
    assert state_of(under_way, message) is MessageState.SENT
    inbox.put(bounce(message), LATER)
    look_into(under_way, inbox, LATER)
    assert contact_of(under_way, address("berg")).bounced_at is not None


def test_another_messages_bounce_of_before_the_trust_does_not_mark_the_address_again(
    under_way, inbox
) -> None:
    message = invitation_to(under_way, "berg")
    under_way.change_contact(address("berg"), trusted_at=sv("2020-05-08 08:30"))
    inbox.put(bounce(message), BACK)
    look_into(under_way, inbox, BACK)
    assert contact_of(under_way, address("berg")).bounced_at is None
    assert state_of(under_way, message) is MessageState.FAILED


def test_nothing_is_done_in_a_round_that_is_closed(under_way, inbox) -> None:
    message = invitation_to(under_way, "berg")
    under_way.close("2020-05-08 08:30")
    inbox.put(bounce(message), BACK)
    look_into(under_way, inbox, BACK)
    assert contact_of(under_way, address("berg")).bounced_at is None
    assert notices(under_way, "returned", "bounced") == []
    assert [mail.settled_how for mail in mails_in(under_way)] == ["noted"]


@pytest.mark.parametrize(
    "state", [MessageState.QUEUED, MessageState.SENDING, MessageState.WITHDRAWN]
)
def test_a_message_that_has_not_left_as_it_stands_is_not_given_up(
    under_way, inbox, state: MessageState
) -> None:
    message = invitation_to(under_way, "berg")
    with transaction(under_way.engine) as session:
        session.get_one(Message, message.id).state = state
    inbox.put(bounce(message), BACK)
    look_into(under_way, inbox, BACK)
    assert state_of(under_way, message) is state
    assert contact_of(under_way, address("berg")).bounced_at is None


def test_a_corrected_contact_gets_what_came_back(under_way, inbox) -> None:
    """As when the mail server refuses at once: what did not arrive counts as never said."""
    message = invitation_to(under_way, "berg")
    inbox.put(bounce(message), BACK)
    look_into(under_way, inbox, BACK)
    tried_again(under_way, LATER)
    assert state_of(under_way, message) is MessageState.SENT
    assert contact_of(under_way, address("berg")).trusted_at == sv(LATER)


def test_a_crash_between_acting_and_telling_loses_no_notice(under_way, inbox, monkeypatch) -> None:
    inbox.put(bounce(invitation_to(under_way, "berg")), BACK)
    with monkeypatch.context() as patched:
        patched.setattr(
            "notifications.incoming.looking.tell_of_returns",
            lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt),
        )
        with pytest.raises(KeyboardInterrupt):
            look_into(under_way, inbox, BACK)
    assert notices(under_way, "bounced") == []
    look_into(under_way, inbox, LATER)
    look_into(under_way, inbox, LATER)
    assert len(notices(under_way, "bounced")) == 1


def test_what_came_back_from_several_is_no_sign_that_our_server_refuses_everybody(
    engine: Engine, inbox
) -> None:
    """Else the next refusal would put all of it back, and trust every dead address again."""
    under_way = RoundUnderWay(engine, a_plan())
    under_way.server.answer(address("are"), LATER_ANSWER)
    under_way.attend(INVITED)
    for organisation in ("berg", "bracke", "krokom"):
        inbox.put(bounce(invitation_to(under_way, organisation)), BACK)
    look_into(under_way, inbox, BACK)
    under_way.server.always(address("are"), NEVER)
    under_way.post("2020-05-08 09:05")
    gone = ("berg", "bracke", "krokom", "are")
    states = under_way.states("invitation")
    assert {states[address(one)] for one in gone} == {MessageState.FAILED}
    assert all(contact_of(under_way, address(one)).bounced_at for one in gone)


def test_a_relay_that_sends_everything_back_condemns_nobody(engine: Engine, inbox) -> None:
    under_way = RoundUnderWay(engine, a_plan("berg", "bracke", "krokom", "are"))
    under_way.attend(INVITED)
    for organisation, at in (("berg", BACK), ("bracke", BACK), ("krokom", "2020-05-08 09:05")):
        inbox.put(bounce(invitation_to(under_way, organisation)), at)
        look_into(under_way, inbox, at)
    assert contact_of(under_way, address("berg")).bounced_at is None
    inbox.put(bounce(invitation_to(under_way, "are")), "2020-05-08 09:10")
    look_into(under_way, inbox, "2020-05-08 09:10")
    assert contact_of(under_way, address("are")).bounced_at is None
    assert set(under_way.states("invitation").values()) == {MessageState.FAILED}
    assert [one.template for one in notices(under_way, "bounced", "returned")] == [
        *("bounced", "bounced", "returned", "returned")
    ]
