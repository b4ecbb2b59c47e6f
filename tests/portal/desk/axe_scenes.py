"""What axe is shown of the desk: signing in, every page, and what a press leads to."""

from sqlmodel import col, select

from agenda.clock import utc_now
from agenda.models import Message
from agenda.people.coordinators import coordinators_at_work
from agenda.people.signing_in import ask, let_in_anywhere
from agenda.storage.store import reading, transaction
from tests.axe_walk import Walk
from tests.door_site import press

PAGES = (
    *("", "?visa=answered&ordning=inspel", "/plan", "/plan/inspel", "/plan/inspel/flytta"),
    *("/plan/inspel/anstand", "/plan/inspel/avsla", "/plan/inspel/oppna-igen", "/svar"),
    *("/svar/inspel", "/svar/inspel/bracke", "/svar/inspel/ragunda"),
    *("/svar/inspel/bracke/jamfor?fran=1&till=2", "/svar/inspel/ragunda/registrera"),
    *("/svar/inspel/bracke/diarienummer", "/svar/inspel/bracke/aterkalla", "/harnast?dagar=20"),
    *("/harnast/hall?aktivitet=inspel&steg=reminder-5", "/organisationer"),
    *("/organisationer/bracke", "/organisationer/bracke/kontakter", "/organisationer/las-in"),
    *("/utskick", "/utskick?sok=finns-inte", "/utskick/paus", "/utskick/starta", "/diariet"),
    *("/personer", "/avsluta"),
)
OF_A_DRAFT = (
    *("", "/grund", "/tillfragade", "/kontakter", "/kasta", "/starta", "/aktivitet"),
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


def the_desk(walk: Walk) -> None:
    site, page = walk.site, walk.page
    signing_in(walk)
    home = f"{site.address}/samordna/1"
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
    page.goto(f"{home}/organisationer/las-in")
    page.get_by_label("Tabellen", exact=True).fill("organisation;namn;e-post\nfinns inte;Eva;x")
    press(page, "Se vad som händer")
    walk.look("a table with faults")
    a_draft(walk)


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
    page.goto(f"{draft}/starta")
    press(page, "Se vad som händer")
    walk.look("what follows of a start")
