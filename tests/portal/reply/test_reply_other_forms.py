"""Other forms through the same door: a ballot, and a statement on a draft."""

from sqlalchemy import select
from sqlmodel import col

from agenda.models import Organisation
from agenda.store import reading
from tests.door import Door


def test_a_ballot_opens_is_filled_in_and_closes(door: Door) -> None:
    home = door.link("bracke", "workshop")
    ballot = f"{home}/rostsedel"
    assert "Omröstningen har inte öppnat än." in door.page(ballot).text
    door.change("workshop", ballot_opened_at=door.now)
    assert ballot in door.page(home).links
    item = "kultur"
    sent = door.send(ballot, **{f"prioritering__{item}": "10"})
    assert sent.headers["location"] == f"{ballot}/kvitto"
    assert "10 poäng" in door.page(f"{ballot}/kvitto").text
    door.change("workshop", ballot_closed_at=door.now)
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
