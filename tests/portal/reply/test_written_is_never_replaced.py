"""What people write leaves as they wrote it, and no link but the letter's own is in a letter."""

from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from html.parser import HTMLParser

from sqlmodel import col, select

from agenda.models import Activity, Contact, Link, Message, Organisation
from agenda.register import By
from agenda.storage.store import reading, transaction
from notifications.acts.course import cancel
from notifications.acts.deadlines import move_deadline
from notifications.acts.extensions import deny_extension, grant_extension
from notifications.acts.links import invite_colleague
from notifications.delivery.sending import deliver_ready
from notifications.letters.link_places import PLACEHOLDER
from notifications.office import Office
from notifications.post.mime import render_bytes
from tests.door import Door, a_proposal
from tests.obedient_server import ObedientServer
from tests.rounds_under_way import WHO

SHORT = f"{PLACEHOLDER} {{{{ answer_url }}}} {{0}} %s $1 cid:x =_0 <a>"
LONG = "\n".join(
    (
        *("Svara här:", PLACEHOLDER, "", "Bevilja eller avslå:", PLACEHOLDER, ""),
        *(
            f"{PLACEHOLDER}/inget",
            f"https://x.example/?u={PLACEHOLDER}",
            f'<a href="{PLACEHOLDER}">',
        ),
        *(
            "{{ decision_url }}{% block answering %}",
            "{answer_url}%(x)s",
            "--=_0--",
            "=3D=\\1",
            ".",
        ),
    )
)


@dataclass(frozen=True)
class Left:
    """A mail as it left, read again."""

    text: str
    page: str
    links: tuple[str, ...]


class Page(HTMLParser):
    """A page's words, and the addresses of its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.links = "", []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_data(self, data: str) -> None:
        self.words += data


def write_as_a_municipality(door: Door, short: str, long: str) -> None:
    """Everything that a municipality can write, and that ends up in a mail."""
    office, home = Office.of(door.settings), door.link()
    with transaction(door.engine) as session:
        place = session.exec(select(Organisation).where(Organisation.key == "bracke")).one()
        place.name = f"Bräcke {short}"
        for contact in session.exec(select(Contact).where(Contact.organisation_id == place.id)):
            contact.name = short
    page = f"{home}/kollega"
    door.post(page, door.form(page).with_(namn="Anna", epost="anna@bracke.example"))
    with transaction(door.engine) as session:
        anna = session.exec(select(Link).where(col(Link.invited_by_id).is_not(None))).one()
        anna.name = short
        invite_colleague(
            session, office, anna, name="Berit", address="berit@bracke.example", now=door.now
        )
        own = f"/svar/{office.keyring.token(anna)}"
    texts = {"titel": short, "problem": long, "mal": long, "betydelse": long}
    sent = door.send(own, **a_proposal(**texts))
    assert sent.status_code == 303
    page = f"{home}/anstand"
    asked = door.post(page, door.form(page).with_(dag="2020-10-16", skal=long))
    assert asked.status_code == 303, asked.text


def write_as_the_region(door: Door, long: str) -> None:
    """What is decided, with a note each time; and a new link, with the names in it."""
    office = Office.of(door.settings)
    form = door.form(f"{door.link()}/ny-lank")
    door.post(form.action, form.pairs)
    with transaction(door.engine) as session:
        invitation = door.invitation(session, "bracke", "inspel")
        told = {"by": By.person(WHO, door.now), "note": long}
        deny_extension(session, office, invitation, **told)
        other = door.invitation(session, "ragunda", "inspel")
        grant_extension(session, office, other, to=date(2020, 10, 20), **told)
        workshop = session.exec(select(Activity).where(Activity.key == "workshop")).one()
        move_deadline(session, office, workshop, to=date(2020, 11, 20), **told)
        cancel(session, office, workshop, **told)


def left(door: Door) -> list[tuple[Message, Left, str]]:
    """Every mail as the bytes that leave, read again, and the address that is its own."""
    server, office = ObedientServer(), Office.of(door.settings)
    for delivered in deliver_ready(door.engine, server, office, now=lambda: door.now):
        assert delivered.fate == "sent"
    with reading(door.engine) as session:
        stored = {row.message_id: row for row in session.exec(select(Message))}
    found = []
    for _, outgoing in server.taken:
        mail = message_from_bytes(render_bytes(outgoing), policy=policy.default)
        html = mail.get_body(("html",)).get_content()
        row, page = stored[outgoing.message_id], Page(html)
        text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
        found.append((row, Left(text, page.words, tuple(page.links)), own_address(door, row)))
    return found


def own_address(door: Door, row: Message) -> str:
    office = Office.of(door.settings)
    with reading(door.engine) as session:
        if row.link_id is not None:
            return office.keyring.address(session.get_one(Link, row.link_id))
    return "\0"


WANTED = {
    *("colleague", "receipt", "extension_requested", "new_link"),
    *("extension_denied", "extension"),
}


def test_no_marker_in_any_field_is_filled_with_a_link(door: Door) -> None:
    write_as_a_municipality(door, SHORT, LONG)
    mails = left(door)
    write_as_the_region(door, LONG)
    mails += left(door)

    assert {row.template for row, *_ in mails} >= WANTED
    for row, mail, address in mails:
        places = len(row.text_links)
        assert places == len(row.html_links)
        assert mail.text.count(address) == places, mail
        links = [link for link in mail.links if not link.startswith("mailto:")]
        assert [link.startswith(address) for link in links] == [True] * places
        assert address not in row.text + row.html + row.subject
        assert address not in mail.page
        # As it was written: every stand-in that a person wrote is still there.
        written = row.text.count(PLACEHOLDER) - places
        assert mail.text.count(PLACEHOLDER) == written
        assert mail.page.count(PLACEHOLDER) == row.html.count(PLACEHOLDER) - places
    asked = next(mail for row, mail, _ in mails if row.template == "extension_requested")
    assert "\n".join(f"> {line}" if line else ">" for line in LONG.split("\n")) in asked.text
    receipt = next(mail for row, mail, _ in mails if row.template == "receipt")
    assert receipt.text.count(PLACEHOLDER) > 12
