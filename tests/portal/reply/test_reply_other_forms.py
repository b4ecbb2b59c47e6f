"""Other forms through the same door: a ballot, and a statement on a draft."""

from sqlalchemy import select
from sqlmodel import col

from agenda.kinds.base import BALLOT_CLOSED, BALLOT_OPENED
from agenda.models import Organisation
from agenda.storage.store import reading
from tests.door import Door


def test_an_invitation_asks_who_comes_and_offers_no_other_ways_out(door: Door) -> None:
    home = door.link("bracke", "workshop")
    page = door.page(home)
    assert "Svara så snart ni vet om ni kommer." in page.text
    assert "Sista svarsdag" not in page.text
    for path in ("inget", "avstar", "anstand"):
        assert f"{home}/{path}" not in page.links
        assert door.client.get(f"{home}/{path}").headers["location"] == home
    door.send(home, kommer="kan-inte")
    [answer] = door.answers(activity="workshop")
    assert answer.content == {"kommer": "kan-inte"}
    other = door.link("bracke")
    for path in ("inget", "avstar"):
        proof = [pair for pair in door.form(f"{home}/kollega").pairs if pair[0] == "_prov"]
        nyckel = [p for p in door.form(f"{other}/{path}").pairs if p[0] == "_nyckel"]
        assert door.post(f"{home}/{path}", proof + nyckel).headers["location"] == home
    assert len(door.answers(activity="workshop")) == 1


def test_a_ballot_opens_is_filled_in_and_closes(door: Door) -> None:
    home = door.link("bracke", "workshop")
    ballot = f"{home}/rostsedel"
    assert "Omröstningen har inte öppnat än." in door.page(ballot).text
    door.change("workshop", since={BALLOT_OPENED: door.now})
    assert ballot in door.page(home).links
    item = "kultur"
    sent = door.send(ballot, **{f"prioritering__{item}": "10"})
    assert sent.headers["location"] == f"{ballot}/kvitto"
    assert "10 poäng" in door.page(f"{ballot}/kvitto").text
    door.change("workshop", since={BALLOT_OPENED: door.now, BALLOT_CLOSED: door.now})
    page = door.page(ballot)
    assert "Omröstningen är stängd." in page.text
    assert "10 poäng" in page.text
    assert [(a.form, a.content) for a in door.answers(activity="workshop")] == [
        ("ballot", {"prioritering": {"points": {item: 10}}})
    ]


def test_a_statement_is_given_through_the_same_door(door: Door) -> None:
    with reading(door.engine) as session:
        key = session.scalars(
            select(col(Organisation.key)).where(col(Organisation.kind) == "consultee")
        ).first()
    home = door.link(key, "samrad")
    assert door.send(home, stallningstagande="tillstyrker-delvis").status_code == 303
    [answer] = door.answers(key, "samrad")
    assert answer.content == {"stallningstagande": "tillstyrker-delvis"}
    assert "Vi tillstyrker delvis" in door.page(f"{home}/kvitto").text
