"""What axe is shown of the desk: signing in, every page, and what a press leads to."""

import pytest
from sqlmodel import col, select

from agenda.clock import utc_now
from agenda.models import Contact, IncomingMail, Message, Organisation
from agenda.people.coordinators import coordinators_at_work
from agenda.people.signing_in import ask, let_in_anywhere
from agenda.storage.store import reading, transaction
from notifications.incoming.looking import look
from portal.desk.entrance.directory import pages as directory_pages
from tests.axe_walk import Walk
from tests.door_site import press
from tests.notifications.incoming.inbox import Inbox, letter

PAGES = (
    *("", "?visa=answered&ordning=inspel", "/plan", "/plan/inspel", "/plan/inspel/flytta"),
    *("/plan/inspel/anstand", "/plan/inspel/avsla", "/plan/inspel/oppna-igen", "/svar"),
    *("/svar/inspel", "/svar/inspel/bracke", "/svar/inspel/ragunda"),
    *("/svar/inspel/bracke/jamfor?fran=1&till=2", "/svar/inspel/ragunda/registrera"),
    *("/svar/inspel/bracke/diarienummer", "/svar/inspel/bracke/aterkalla", "/harnast?dagar=20"),
    *("/harnast/hall?aktivitet=inspel&steg=reminder-5", "/organisationer"),
    "/harnast/skicka?aktivitet=inspel&steg=reminder-5&vem=berg",
    "/harnast/standardtext?aktivitet=inspel&steg=reminder-5",
    *("/harnast/ord?aktivitet=inspel&steg=reminder-5", "/plan/inspel/paminn"),
    "/harnast/ord?aktivitet=inspel&steg=reminder-5&vem=berg",
    *("/organisationer/bracke", "/organisationer/bracke/kontakter", "/organisationer/las-in"),
    *("/inkommande", "/inkommande?visa=alla", "/inkommande?sok=finns-inte"),
    *("/utskick", "/utskick?sok=finns-inte", "/utskick/paus", "/utskick/starta", "/diariet"),
    *("/personer", "/avsluta"),
)
OF_A_DRAFT = (
    *("", "/grund", "/tillfragade", "/kontakter", "/kasta", "/ova", "/starta", "/aktivitet"),
    *("/aktivitet/inspel", "/aktivitet/workshop", "/aktivitet/inspel/formular"),
    "/aktivitet/workshop/bort",
)


def signing_in(walk: Walk) -> None:
    site, page = walk.site, walk.page
    asking = f"{site.address}/samordna/logga-in"
    walk.visit(f"{site.address}/samordna", "signed out")
    page.goto(asking)
    press(page, "Mejla mig en länk")
    walk.look("no address to sign in with")
    page.get_by_label("Din e-postadress").fill("ingen@regionen.example")
    press(page, "Mejla mig en länk")
    walk.look("asked to sign in")
    walk.visit(f"{asking}/okand", "a way in that does not hold")
    walk.visit(f"{site.address}/samordna/katalog/svar", "back from the directory with nothing")
    with transaction(site.engine) as session:
        person = coordinators_at_work(session)[-1]
        ring, now = site.office.keyring, utc_now()
        way = ask(session, ring, address=person.address, browser="x", client="x", now=now)
        token = let_in_anywhere(session, person, now=now)
    assert way is not None
    walk.visit(f"{asking}/{way.token}", "a way in from another browser")
    press(page, "Logga in")
    walk.look("a wrong code")
    walk.visit(f"{asking}/{token}", "a way in")
    press(page, "Logga in")


def come_in(walk: Walk) -> int:
    """A mail with files that are taken and not, and one from nobody known; the first's number."""
    site = walk.site
    with reading(site.engine) as session:
        query = select(Contact.address).join(Organisation).where(Organisation.key == "krokom")
        sender = session.scalars(query).first() or ""
    parts = (
        '--L\nContent-Type: application/pdf; name="karta.pdf"\n\n%PDF-1.7 karta\n'
        '--L\nContent-Type: application/octet-stream; name="program.exe"\n\nMZ\n'
    )
    inbox, now = Inbox(), utc_now()
    inbox.mails = [
        (letter(sender, "Vi föreslår " + "Väg84" * 60, parts=parts), now),
        (letter("okand@annan.example", "Hej"), now),
    ]
    look(site.engine, site.office, inbox, now=now)
    with reading(site.engine) as session:
        return session.scalars(select(IncomingMail.id).order_by(col(IncomingMail.id))).first() or 0


def the_mails(walk: Walk, home: str) -> None:
    mail = come_in(walk)
    for path in ("", "/inkommande", f"/inkommande/{mail}", "/organisationer/krokom"):
        walk.visit(f"{home}{path}", f"desk {path} with mail")
    walk.page.goto(f"{home}/inkommande/{mail}")
    walk.page.get_by_label("Vems svar är det?").select_option("")
    press(walk.page, "Registrera som svar")
    walk.look("a mail of nobody chosen")


def by_the_directory(walk: Walk) -> None:
    former = walk.app.state.settings
    directory = {"oidc_issuer": "https://katalog.regionen.example", "oidc_coordinators": "own"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk.app.state, "settings", former.model_copy(update=directory))
        # It leads nowhere, so that the page can be looked at.
        patch.setattr(directory_pages, "way_there", lambda *_: "#innehall")
        walk.visit(f"{walk.site.address}/samordna/logga-in", "sign in with a directory")
        press(walk.page, "Logga in med regionens inloggning")
        walk.look("on the way to the directory")


def the_desk(walk: Walk) -> None:
    site, page = walk.site, walk.page
    by_the_directory(walk)
    signing_in(walk)
    home = f"{site.address}/samordna/1"
    the_mails(walk, home)
    for path in ("/omgangar", "/jag", "/999"):
        walk.visit(f"{site.address}/samordna{path}", f"desk {path}")
    with reading(site.engine) as session:
        number = session.scalars(select(Message.id).order_by(col(Message.id))).first()
        person = coordinators_at_work(session)[-1]
    for path in (*PAGES, f"/utskick/{number}", f"/personer/{person.id}"):
        walk.visit(f"{home}{path}", f"desk {path}")
    page.goto(f"{home}/plan/inspel/flytta")
    press(page, "Se vad som händer")
    walk.look("an act without its day")
    page.goto(f"{home}/plan/inspel/stall-in")
    press(page, "Se vad som händer")
    walk.look("what follows of an act")
    own_words(walk, home)
    page.goto(f"{home}/organisationer/las-in")
    page.get_by_label("Tabellen", exact=True).fill("organisation;namn;e-post\nfinns inte;Eva;x")
    press(page, "Se vad som händer")
    walk.look("a table with faults")
    a_draft(walk)


def own_words(walk: Walk, home: str) -> None:
    """Too long, shown with the letter, kept and listed."""
    page = walk.page
    page.goto(f"{home}/harnast/ord?aktivitet=inspel&steg=reminder-1")
    page.get_by_label("Personlig rad på svenska").fill("å" * 700)
    press(page, "Se brevet")
    walk.look("own words that are too long")
    page.get_by_label("Personlig rad på svenska").fill("Tack för senast!")
    press(page, "Se brevet")
    walk.look("the letter with own words")
    press(page, "Spara orden")
    walk.look("what leaves next with own words")


def a_draft(walk: Walk) -> None:
    """A round made ready: begun, each of its pages, what is refused, what follows of a start."""
    page, start = walk.page, f"{walk.site.address}/samordna/ny-omgang"
    walk.visit(f"{start}/personer", "who may start rounds")
    walk.visit(start, "beginning a round")
    press(page, "Börja")
    walk.look("nothing chosen to begin from")
    page.get_by_label("Planen som följer med").check()
    press(page, "Börja")
    walk.look("a draft begun")
    draft = page.url.partition("?")[0]
    walk.visit(start, "a draft to go on with")
    for path in OF_A_DRAFT:
        walk.visit(f"{draft}{path}", f"draft {path}")
    page.goto(f"{draft}/aktivitet/inspel")
    page.get_by_label("Vad den heter").fill("")
    page.get_by_label("Påminn dem som inte har svarat").fill("snart")
    press(page, "Spara")
    walk.look("an activity that cannot be")
    page.goto(f"{draft}/aktivitet")
    press(page, "Lägg till en aktivitet")
    walk.look("an activity without a kind")
    page.goto(f"{draft}/kontakter")
    page.get_by_label("Tabellen", exact=True).fill(
        "organisation;namn;e-post\nbracke;Eva;e@x.example"
    )
    press(page, "Se vad som ändras")
    walk.look("contacts seen")
    page.goto(f"{draft}/ova")
    press(page, "Öva")
    walk.look("a rehearsal on its way")
    page.get_by_role("heading", name="Det här har gått ut").wait_for(timeout=120_000)
    page.get_by_role("link", name="Till slutet").click()
    page.locator("summary").first.click()
    walk.look("a rehearsal")
    page.goto(f"{draft}/starta")
    press(page, "Se vad som händer")
    walk.look("what follows of a start")
