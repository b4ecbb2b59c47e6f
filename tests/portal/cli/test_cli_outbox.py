"""`agenda outbox retry`: what failed is put back, and addresses are trusted again."""

import pytest
from sqlmodel import select

from agenda.models import Contact, MessageState
from agenda.storage.store import reading
from tests.obedient_server import NEVER, UNCERTAIN
from tests.rounds_under_way import RoundUnderWay, a_plan, address, sv


@pytest.fixture
def refused(desk, engine) -> RoundUnderWay:
    """Bräcke's and Krokom's addresses were refused in May; Åre's letter is set aside."""
    known = RoundUnderWay(engine, a_plan("berg", "bracke", "krokom", "are"))
    for key in ("bracke", "krokom"):
        known.server.always(address(key), NEVER)
    known.server.always(address("are"), UNCERTAIN)
    known.attend("2020-05-08 08:00")
    known.post("2020-05-08 08:01")
    for key in ("bracke", "krokom", "are"):
        known.server.always(address(key), None)
    desk.at("2020-05-08 10:00")
    return known


def marked(known: RoundUnderWay) -> list[str]:
    with reading(known.engine) as session:
        query = select(Contact.address).where(Contact.bounced_at.is_not(None))
        return sorted(session.exec(query))


def test_all_that_failed_is_tried_again_and_arrives(desk, refused):
    assert marked(refused) == [address("bracke"), address("krokom")]
    ran = desk("outbox", "retry", "--all", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert "3 brev ligger i utkorgen igen och går, om de fortfarande gäller." in ran.out
    refused.post("2020-05-08 10:01")
    invited = [line.split()[-1] for line in refused.mails if "10:01 invitation" in line]
    assert sorted(invited) == sorted(map(address, ("are", "bracke", "krokom")))
    assert marked(refused) == []
    assert len(refused.register("message_put_back")) == 3


def test_one_address_alone_is_tried_again_however_it_is_typed(desk, refused):
    desk("outbox", "retry", address("bracke").upper(), "--yes")
    assert marked(refused) == [address("krokom")]
    states = refused.states("invitation")
    assert (states[address("bracke")], states[address("krokom")], states[address("are")]) == (
        MessageState.QUEUED,
        MessageState.FAILED,
        MessageState.SET_ASIDE,
    )


def test_it_shows_and_asks_first(desk, refused):
    before = refused.states("invitation")
    dry = desk("outbox", "retry", "--all", "--dry-run")
    unasked = desk("outbox", "retry", "--all")
    assert "5.1.1 No such user here" in dry.out
    assert "lagt åt sidan. Inget svar efter sista punkten." in dry.out
    assert (unasked.code != 0, "Lägg till --yes" in unasked.err) == (True, True)
    assert refused.states("invitation") == before


def test_it_has_to_be_told_which(desk, refused):
    assert "eller --all för alla" in desk("outbox", "retry").err
    assert "inga märkta adresser" in desk("outbox", "retry", "x@y.example").out


def test_what_no_longer_holds_is_put_back_and_withdrawn_when_it_would_leave(desk, refused):
    refused.answer("bracke", "2020-05-08 09:00")
    desk("outbox", "retry", "--all", "--yes")
    refused.post("2020-05-08 10:01")
    assert refused.states("invitation")[address("bracke")] is MessageState.WITHDRAWN


def test_two_uncertain_tries_are_counted_anew_after_it_was_put_back(desk, refused):
    refused.server.always(address("are"), UNCERTAIN)
    desk("outbox", "retry", "--all", "--yes")
    refused.post("2020-05-08 10:01")
    assert refused.states("invitation")[address("are")] is MessageState.QUEUED
    refused.post("2020-05-08 12:00")
    assert refused.states("invitation")[address("are")] is MessageState.SET_ASIDE
    assert sv("2020-05-08 10:00") in {m.retried_at for m in refused.messages("invitation")}
