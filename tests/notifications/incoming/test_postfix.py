"""From our post to a real Postfix and back: accepted, refused, full, delayed; and acted upon."""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from agenda.models import MessageState
from notifications.post.channels import Channels
from tests.notifications.conftest import MailServer
from tests.notifications.incoming.inbox import Inbox, contact_of, look_into, mails_in
from tests.notifications.incoming.postfix import MAY_RUN, Postfix
from tests.rounds_under_way import OFFICE, RoundUnderWay, a_plan, address

pytestmark = [
    pytest.mark.skipif(not MAY_RUN, reason="there is no Postfix, or no root to start it"),
    pytest.mark.xdist_group("postfix"),
    pytest.mark.slow,
]
SENT, READ = "2020-05-08 08:00", "2020-05-08 09:00"


class Receiver(MailServer):
    """The world behind Postfix: it says of each address what a test wants."""

    came = threading.Condition()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        said = await super().handle_DATA(server, session, envelope)
        with self.came:
            self.came.notify_all()
        return said

    def sent_back(self, number: int) -> list[bytes]:
        """The reports that came to our own address, once there are so many of them."""

        def reports() -> list[bytes]:
            # A server that delivers writes the path that it was given.
            return [
                b"Return-Path: <>\r\n" + one.content for one in self.mails if one.sender == "<>"
            ]

        with self.came:
            self.came.wait_for(lambda: len(reports()) >= number, timeout=60)
        return reports()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def postfix(receiver: Receiver) -> Iterator[Postfix]:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    made = Postfix(folder, relay_port=receiver.port)
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder)


def test_what_postfix_sends_back_is_known_for_what_it_is(
    receiver, postfix, settings_for, engine: Engine
) -> None:
    receiver.answer("RCPT", "550 5.1.1 No such user here", to=address("berg"))
    receiver.answer("RCPT", "552 5.2.2 Mailbox full", to=address("bracke"))
    receiver.answer("RCPT", *["451 4.7.1 Come back later"] * 3, to=address("krokom"))
    settings = settings_for(postfix, mail_from=OFFICE.sender)
    with Channels(settings) as channels:
        under_way = RoundUnderWay(
            engine,
            a_plan("berg", "bracke", "krokom", "ragunda"),
            server=channels,  # type: ignore[arg-type]
        )
        under_way.attend(SENT)
    assert set(under_way.states("invitation").values()) == {MessageState.SENT}
    inbox = Inbox()
    for raw in receiver.sent_back(3):
        inbox.put(raw, READ)
    look_into(under_way, inbox, READ)
    assert sorted((mail.why, mail.is_by_address) for mail in mails_in(under_way)) == [
        ("dead", False),
        ("delayed", False),
        ("refused", False),
    ]
    assert under_way.states("invitation") == {
        address("berg"): MessageState.FAILED,
        address("bracke"): MessageState.FAILED,
        address("krokom"): MessageState.SENT,
        address("ragunda"): MessageState.SENT,
    }
    marked = {one: contact_of(under_way, address(one)).bounced_at for one in ("berg", "bracke")}
    assert marked["berg"] is not None
    assert marked["bracke"] is None
    ids = {one.recipient: one.message_id.strip("<>") for one in under_way.messages("invitation")}
    for raw in receiver.sent_back(3):
        # The envelope's own identifier comes back, whatever becomes of the head.
        named = raw.partition(b"Original-Envelope-Id: ")[2].split(b"\r\n")[0].decode()
        assert named in ids.values()
