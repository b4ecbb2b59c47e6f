"""Links open what they are for and nothing else, and nothing that is stored can be used as one."""

import json
import re

from fastapi.testclient import TestClient
from sqlalchemy import inspect, select, text
from sqlmodel import SQLModel, col

from agenda.calendar.feeds import subscribe
from agenda.links.keyring import derived_token, token_hash
from agenda.models import AnswerFile, Link, Message, Upload
from agenda.register import By
from agenda.rounds.round import find_round
from agenda.storage.store import reading, transaction
from flows.rest.deployments import deployments
from notifications.letters.link_places import PLACEHOLDER
from notifications.office import Office
from portal.app import create_app
from tests.door import PDF, Door, a_proposal
from tests.portal.reply.test_reply_protection import POSTS


def dump(door: Door) -> str:
    """Everything that the database holds, as text."""
    rows: list[str] = []
    with door.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            rows += map(repr, connection.execute(text(f'SELECT * FROM "{table}"')).all())
    assert len(rows) > 50
    return "\n".join(rows)


def everything_done(door: Door) -> set[str]:
    """All that mails a link, done once; every token that was valid meanwhile."""
    home = door.link()
    tokens = {home, door.link("ragunda")}
    door.send(home, **a_proposal())
    for path, changes in (
        ("/anstand", {"dag": "2020-10-16", "skal": "Nämnden."}),
        ("/kollega", {"namn": "Anna", "epost": "anna@bracke.example"}),
    ):
        assert door.post(home + path, door.form(home + path).with_(**changes)).status_code == 303
    page = door.form(f"{home}/ny-lank")
    door.post(page.action, page.pairs)
    office = Office.of(door.settings)
    with transaction(door.engine) as session:
        known = find_round(session, None)
        feed = subscribe(session, known, office.keyring, by=By.person("Asta", door.now))
        tokens |= {office.keyring.token(feed)}
        tokens |= {office.keyring.token(link) for link in session.scalars(select(Link))}
    return {token.rpartition("/")[2] for token in tokens}


def test_nothing_in_the_database_can_be_used_as_a_link(door: Door) -> None:
    tokens = everything_done(door)
    key = Office.of(door.settings).keyring.key
    assert len(tokens) == 6
    held = dump(door)
    assert all(token_hash(token) in held for token in tokens)
    assert not any(token in held for token in tokens)
    assert key.decode() not in held
    # What was invented to look like a link must open nothing either: every word of that shape.
    for word in set(re.findall(r"(?<![\w-])[\w-]{43}(?![\w-])", held)):
        assert door.client.get(f"/svar/{word}").status_code == 404


def test_a_link_cannot_be_made_of_what_the_database_holds(door: Door) -> None:
    """Whoever has a copy of the database but not the key: the marks that tokens are made of."""
    everything_done(door)
    with reading(door.engine) as session:
        links = [(link.uid, link.generation) for link in session.scalars(select(Link))]
    for uid, generation in links:
        for key in (b"", uid.encode(), b"agenda"):
            token = derived_token(key, f"{uid}:{generation}")
            assert door.client.get(f"/svar/{token}").status_code == 404


def test_the_outbox_and_the_register_hold_a_place_for_the_link_and_not_the_link(
    door: Door,
) -> None:
    tokens = everything_done(door)
    with reading(door.engine) as session:
        mails = session.scalars(select(Message).where(col(Message.link_id).is_not(None))).all()
        assert {mail.template for mail in mails} >= {"receipt", "colleague", "new_link"}
        assert all(PLACEHOLDER in mail.text for mail in mails)
    with door.engine.connect() as connection:
        register = repr(connection.execute(text("SELECT * FROM register")).all())
    assert "link_renewed" in register
    assert "Nämnden." not in register
    assert not any(token in register for token in tokens)


def test_every_link_opens_its_own_reply_and_its_own_files_alone(door: Door) -> None:
    """All links against all files of drafts and answers, and against all forms."""
    asked = [("bracke", "inspel"), ("ragunda", "inspel"), ("bracke", "workshop")]
    homes = {who: door.link(*who) for who in asked}
    for who in asked[:2]:
        form = door.form(homes[who]).with_(**a_proposal(titel=f"Fråga av {who[0]}"))
        sent = door.post(
            homes[who], [*form, ("_granska", "1")], files=[("bilagor", ("a.pdf", PDF))]
        )
        reviewed = door.form(sent.headers["location"])
        door.post(reviewed.action, reviewed.pairs)
    with reading(door.engine) as session:
        drafts = {row.id: row.invitation_id for row in session.scalars(select(Upload))}
        kept = {row.id: row.answer_id for row in session.scalars(select(AnswerFile))}
    assert (len(drafts), len(kept)) == (2, 2)
    opened = {
        (who, kind, number)
        for who, home in homes.items()
        for kind, numbers in (("fil", drafts), ("svarsfil", kept))
        for number in numbers
        if door.client.get(f"{home}/{kind}/{number}").status_code == 200
    }
    assert opened == {
        (asked[0], "fil", 1),
        (asked[0], "svarsfil", 1),
        (asked[1], "fil", 2),
        (asked[1], "svarsfil", 2),
    }
    for who, home in homes.items():
        shown = door.client.get(f"{home}/kvitto").text + door.client.get(home).text
        assert [other for other in ("bracke", "ragunda") if f"Fråga av {other}" in shown] == (
            [who[0]] if who in asked[:2] else []
        )


def test_a_form_of_one_link_is_no_form_of_another(door: Door) -> None:
    """All proofs against all links, also of one organisation's two activities."""
    homes = [door.link(), door.link("ragunda"), door.link("bracke", "workshop")]
    proofs = [dict(door.form(f"{home}/kollega").pairs)["_prov"] for home in homes]
    assert len(set(proofs)) == 3
    before = door.digest()
    for home in homes:
        for of, proof in zip(homes, proofs, strict=True):
            if of != home:
                answers = [door.post(home + path, [("_prov", proof)]) for path in POSTS]
                assert {answer.status_code for answer in answers} == {403}
    assert door.digest() == before


def test_no_page_of_one_organisation_names_anothers_address(door: Door) -> None:
    everything_done(door)
    mine = door.link("ragunda")
    shown = "".join(
        door.client.get(mine + path).text
        for path in ("", "/granska", "/kvitto", "/anstand", "/kollega", "/inget", "/ny-lank")
    )
    assert "ragunda" in shown.casefold()
    assert not re.findall(r"[\w.]+@bracke\.example", shown)


def test_the_only_cookie_says_a_language_and_leaves_over_https_alone(door: Door) -> None:
    outside = {"base_url": "https://agenda.regionen.example", "mail_server": "127.0.0.1"}
    secure = door.settings.model_copy(update=outside | {"mail_from": "agenda@regionen.example"})
    home = door.link()
    with TestClient(create_app(secure), base_url=secure.portal_url) as browser:
        answer = browser.get(f"{home}?lang=en")
        assert answer.headers.get_list("set-cookie") == [
            "sprak=en; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax; Secure"
        ]
        assert "set-cookie" not in browser.get(home).headers
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_the_health_page_names_nobody_and_holds_no_secret(door: Door) -> None:
    tokens = everything_done(door)
    told = door.client.get("/halsa").json()
    words = json.dumps(told)
    assert not any(token in words for token in tokens)
    assert "@" not in words
    # Deployments by the names in prefect.yaml; every other value is a plain one.
    assert set(told.pop("deployments_missing")) <= {one.name for one in deployments()}
    assert {type(value) for value in told.values()} <= {str, int, bool, type(None)}
    assert str(door.settings.engine_url) not in words


def test_every_table_was_looked_at(door: Door) -> None:
    with door.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
    assert {table.name for table in SQLModel.metadata.sorted_tables} <= there
