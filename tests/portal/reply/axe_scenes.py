"""What axe is shown at the door of a reply: its forms in every state, as people come to them."""

from agenda.attachments import checked_file
from agenda.clock import utc_now
from agenda.kinds.base import BALLOT_CLOSED, BALLOT_OPENED
from agenda.register import By
from agenda.rounds.files import attach_file
from agenda.rounds.finding import find_activity
from agenda.rounds.round import find_round
from agenda.storage.store import transaction
from notifications.acts.extensions import deny_extension
from tests.axe_walk import Walk
from tests.door import PDF
from tests.door_site import ask_for_time, fill, press

TITLE = "[name=fragor-0-titel]"


def the_form_until_its_receipt(walk: Walk) -> None:
    home, page = walk.site.home("bracke"), walk.page
    walk.visit(home, "empty form")
    walk.visit(f"{home}?fel=1", "form with faults")
    page.locator(TITLE).fill("Flygbussen")
    press(page, "Spara utkast")
    walk.look("draft saved")
    walk.visit(f"{home}/granska", "review with faults")
    page.goto(home)
    fill(page)
    files = [("Bilaga.pdf", PDF), ("IMG_1.HEIC", b"x")]
    page.get_by_label("Bilagor").set_input_files(
        [{"name": name, "mimeType": "x/y", "buffer": content} for name, content in files]
    )
    press(page, "Granska och skicka")
    walk.look("file refused")
    walk.visit(f"{home}/granska?andrat=1", "review, changed meanwhile")
    walk.visit(f"{home}/granska", "review")
    press(page, "Skicka in svaret")
    walk.look("receipt at once")
    walk.visit(f"{home}/kvitto", "receipt")
    walk.visit(home, "form of a reply that was sent")
    press(page, "Granska och skicka")
    walk.look("nothing changed")


def changed_minds(walk: Walk) -> None:
    home, page = walk.site.home("bracke"), walk.page
    walk.visit(f"{home}/avstar", "declining instead")
    page.goto(f"{home}/inget")
    press(page, "Bekräfta: inget att framföra")
    walk.look("receipt of nothing")
    walk.visit(home, "what was sent before")
    walk.visit(f"{home}/versioner/1", "an older version")
    page.goto(home)
    page.locator(TITLE).fill("En gång till")
    press(page, "Spara utkast")
    walk.visit(f"{home}/inget", "nothing, with a draft")
    walk.visit(home, "a draft beside an answer")


def asking_for_time(walk: Walk) -> None:
    site, page = walk.site, walk.page
    home = site.home("ragunda")
    walk.visit(f"{home}/anstand", "asking for time")
    press(page, "Skicka begäran")
    walk.look("asking for time, with faults")
    decision = ask_for_time(site, page, "ragunda")
    walk.look("the coordinator's page")
    walk.visit(f"{home}/anstand?skickad=1", "asked")
    walk.visit(home, "waiting for a decision")
    with transaction(site.engine) as session:
        found = site._invitation(session, "ragunda", "inspel")
        deny_extension(session, site.office, found, by=By.person("x", utc_now()), note="Nej.")
    walk.visit(home, "denied")
    walk.visit(decision, "decided")
    page.goto(ask_for_time(site, page, "stromsund"))
    press(page, "Bevilja anstånd")
    walk.look("sure to grant?")
    press(page, "Ja, bevilja anstånd")
    walk.visit(site.home("stromsund"), "granted")
    walk.visit(f"{site.address}/anstand/{'x' * 43}", "no decision to make")


def colleagues(walk: Walk) -> None:
    home, page = walk.site.home("krokom"), walk.page
    walk.visit(f"{home}/kollega", "inviting a colleague")
    press(page, "Skicka inbjudan")
    walk.look("inviting a colleague, with faults")
    page.get_by_label("Kollegans namn").fill("Anna")
    page.get_by_label("Kollegans e-postadress").fill("anna@krokom.example")
    press(page, "Skicka inbjudan")
    walk.look("a colleague invited")
    press(page, "Stäng länken för Anna")
    walk.look("a colleague's link closed")


def two_at_once(walk: Walk) -> None:
    home, page = walk.site.home("ostersund"), walk.page
    other = page.context.new_page()
    for one, text in ((other, "Det första"), (page, "Det andra")):
        one.goto(home)
        one.locator("[name=fragor-0-problem]").fill(text)
    press(other, "Spara utkast")
    other.close()
    press(page, "Spara utkast")
    walk.look("conflict")
    page.goto(home)
    page.context.set_offline(True)
    page.locator(TITLE).fill("Utan nät")
    press(page, "Spara utkast")
    walk.look("cannot save")
    page.context.set_offline(False)
    page.locator("#sparat", has_text="Sparat").wait_for()


def other_forms(walk: Walk) -> None:
    site, page = walk.site, walk.page
    home = site.home("bracke", "workshop")
    walk.visit(home, "invitation")
    press(page, "Lägg till deltagare")
    walk.look("invitation with a participant")
    walk.visit(f"{home}/rostsedel", "ballot not open")
    site.change("workshop", since={BALLOT_OPENED: utc_now()})
    walk.visit(f"{home}/rostsedel", "ballot")
    page.locator("input.number").first.fill("11")
    press(page, "Granska och skicka")
    walk.visit(f"{home}/rostsedel?fel=1", "too many points")
    page.locator("input.number").first.fill("10")
    press(page, "Granska och skicka")
    walk.visit(page.url, "ballot reviewed")
    press(page, "Skicka in röstsedeln")
    walk.visit(page.url, "ballot's receipt")
    site.change("workshop", since=dict.fromkeys((BALLOT_OPENED, BALLOT_CLOSED), utc_now()))
    walk.visit(f"{home}/rostsedel", "ballot closed")
    with transaction(site.engine) as session:
        row = find_activity(session, find_round(session, None), "samrad")
        attach_file(
            session, row, checked_file("Utkast.pdf", PDF), content=PDF, by=By.person("x", utc_now())
        )
    walk.visit(site.home("naringslivet", "samrad"), "statement on a draft")
