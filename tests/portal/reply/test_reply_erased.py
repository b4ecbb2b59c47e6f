"""What was never sent in is gone after its time, bytes and all; so are colleagues' addresses."""

from datetime import timedelta

from sqlalchemy import inspect, select, text
from sqlmodel import col

from agenda.models import Attempt, Link, Message, MessageState, RegisterEntry, Upload
from agenda.register import By
from agenda.rounds.round import close_round, find_round
from agenda.storage.store import reading, sqlite_file, transaction
from notifications.delivery.sending import deliver_ready
from notifications.erasing import Erased, erase_what_is_old
from notifications.office import Office
from tests.door import Door, a_proposal
from tests.obedient_server import NEVER, ObedientServer

SECRET = b"Hemligt-som-aldrig-blev-skickat"
OTHER = b"%PDF-1.7 en annan fil"
FILE = b"%PDF-1.7 " + SECRET * 4000
DAYS = 30


def attach(door: Door, home: str, name: str, content: bytes, button: str = "_spara") -> None:
    form = door.form(home).with_(**a_proposal())
    answer = door.post(home, [*form, (button, "1")], files=[("bilagor", (name, content))])
    assert answer.status_code == 303, answer.text


def take_off(door: Door, home: str, number: int) -> None:
    assert door.post(home, [*door.form(home).pairs, (f"detach:{number}", "1")]).status_code == 303


def erase(door: Door, *, after: timedelta) -> Erased:
    return erase_what_is_old(door.engine, days=DAYS, now=door.now + after)


def kept(door: Door) -> list[str]:
    with reading(door.engine) as session:
        return list(session.scalars(select(Upload.name).order_by(col(Upload.id))))


def on_disk(door: Door) -> bytes:
    """Everything that SQLite has in files; on PostgreSQL, what its tables hold."""
    if (file := sqlite_file(door.engine.url)) is not None:
        return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    with door.engine.connect() as connection:
        return b"".join(map(bytes, connection.scalars(text("SELECT octets FROM filecontent"))))


def dump(door: Door, *, without: str) -> str:
    """What every table but one holds."""
    with door.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names()) - {without}
        return "".join(
            repr(connection.execute(text(f'SELECT * FROM "{table}"')).all()) for table in tables
        )


def test_a_file_taken_off_a_draft_is_gone_after_its_days_with_its_bytes(door: Door) -> None:
    home = door.link()
    attach(door, home, "hemlig.pdf", FILE)
    attach(door, home, "kvar.pdf", OTHER)
    take_off(door, home, 1)
    before = door.digest()

    assert erase(door, after=timedelta(days=DAYS, seconds=-1)) == Erased(0, 0)
    assert door.digest() == before
    assert SECRET in on_disk(door)

    assert erase(door, after=timedelta(days=DAYS)) == Erased(1, 0)
    assert kept(door) == ["kvar.pdf"]
    assert SECRET not in on_disk(door)
    assert "kvar.pdf" in door.page(home).text
    assert door.client.get(f"{home}/fil/1").status_code == 404
    with reading(door.engine) as session:
        lines = session.scalars(select(RegisterEntry)).all()
        assert [(line.who, line.subject, line.after) for line in lines][-1] == (
            "gallring",
            "inspel/bracke",
            "antal: 1",
        )
    assert erase(door, after=timedelta(days=400)) == Erased(0, 0)


def test_what_any_version_was_sent_with_stays_for_ever(door: Door) -> None:
    home = door.link()
    attach(door, home, "bilaga.pdf", FILE, "_granska")
    reviewed = door.form(f"{home}/granska")
    door.post(reviewed.action, reviewed.pairs)
    take_off(door, home, 1)
    attach(door, home, "ny.pdf", OTHER, "_granska")
    reviewed = door.form(f"{home}/granska")
    door.post(reviewed.action, reviewed.pairs)
    shown = door.page(f"{home}/versioner/1").links

    assert erase(door, after=timedelta(days=4000)) == Erased(0, 0)
    assert kept(door) == ["bilaga.pdf", "ny.pdf"]
    assert door.page(f"{home}/versioner/1").links == shown
    assert door.client.get(f"{home}/svarsfil/1").content == FILE


def test_a_file_that_was_left_behind_when_anothers_version_was_chosen_goes_too(door: Door) -> None:
    home = door.link()
    mine = door.form(home).with_(fragor__0__problem="Mitt")
    door.save(home, fragor__0__problem="Deras")
    files = [("bilagor", ("bra.pdf", FILE))]
    assert door.post(home, [*mine, ("_spara", "1")], files=files).status_code == 409
    assert kept(door) == ["bra.pdf"]

    assert erase(door, after=timedelta(days=DAYS)) == Erased(1, 0)
    assert SECRET not in on_disk(door)


def test_the_pages_say_when(door: Door) -> None:
    home = door.link()
    said = "En fil som ni tar bort utan att ha skickat in den raderas helt efter 30 dagar."
    assert said in door.page(home).text
    assert said not in door.page(door.link("bracke", "workshop")).text
    assert (
        "Adressen raderas och länken stängs 30 dagar efter att omgången har avslutats."
        in door.page(f"{home}/kollega").text
    )


def test_colleagues_addresses_are_gone_some_days_after_the_round_was_closed(door: Door) -> None:
    home, server = door.link(), ObedientServer()
    for name in ("anna", "berit"):
        form = door.form(f"{home}/kollega").with_(namn=name.title(), epost=f"{name}@x.example")
        door.post(f"{home}/kollega", form)
    server.answer("berit@x.example", NEVER)
    anna = door.address_of(door.link_id("anna@x.example"))
    door.send(anna, **a_proposal())
    office = Office.of(door.settings)
    list(deliver_ready(door.engine, server, office, now=lambda: door.now))
    with transaction(door.engine) as session:
        close_round(session, find_round(session, None), by=By.person("Asta", door.now))
        contacts = session.scalars(
            select(Message.recipient).where(col(Message.template) == "receipt")
        ).all()
    assert "anna@x.example" in contacts
    with reading(door.engine) as session:
        lines = [(line.id, line.after) for line in session.scalars(select(RegisterEntry))]
    own = door.page(home).title

    assert erase(door, after=timedelta(days=DAYS, seconds=-1)) == Erased(0, 0)
    assert "anna@x.example" in dump(door, without="register")
    assert erase(door, after=timedelta(days=DAYS)) == Erased(0, 2)

    held = dump(door, without="register")
    assert [one for one in ("anna@x.example", "berit@x.example") if one in held] == []
    assert "kommun@bracke.example" in held
    with reading(door.engine) as session:
        now = {line.id: line.after for line in session.scalars(select(RegisterEntry))}
        assert all(now[number] == after for number, after in lines)
        links = session.scalars(select(Link).order_by(col(Link.id))).all()
        assert [(link.address, link.revoked_at is None) for link in links] == [
            ("", True),
            ("", False),
            ("", False),
        ]
        mails = session.scalars(select(Message).where(col(Message.recipient) == "")).all()
        assert {mail.state for mail in mails} == {MessageState.SENT, MessageState.WITHDRAWN}
        assert session.scalars(select(Attempt)).all()
    assert door.page(home).title == own
    assert door.client.get(anna).status_code == 410
    assert erase(door, after=timedelta(days=400)) == Erased(0, 0)
