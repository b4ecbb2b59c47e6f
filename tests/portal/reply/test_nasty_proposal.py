"""A proposal that tries everything: as it was written wherever it is shown, and harmless there."""

import email
import json
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Page, expect

from agenda.models import identity
from agenda.replies.extensions import LONGEST_REASON
from agenda.rounds.overview import overview
from agenda.rounds.round import find_round
from agenda.storage.store import reading
from flows.dashboard import activity_markdown, round_markdown
from notifications.delivery.sending import deliver_ready
from notifications.office import Office
from notifications.post.channels import Channels
from portal.cli import run
from tests.door import Door, Reader, Written, a_proposal
from tests.door_site import Site, fill, in_office_hours, open_mail, press

SCRIPT = "<script>window.harm = 1; alert('harm')</script><img src=x onerror=\"window.harm = 1\">"
NASTY = (
    f"=cmd()|' /C calc'!A0\n\n  Å ä ö 👩\u200d👩\u200d👧 e\u0301 {SCRIPT}</textarea></pre>"
    f"{SCRIPT}\n"
    "\u202eomvänt\u202c \u2067\u05e2\u05d1\u05e8\u05d9\u05ea\u2069\u200f {{ 7*7 }} &lt; \"'`\t\n"
    "> From: a@x.example\n.\n\n\n"
).ljust(20_000, "å")
"""Twenty thousand characters."""
PROBLEM = "fragor__0__problem"
TITLE = f"=cmd() Å 👩\u200d👩\u200d👧 \u202eomvänt\u202c {SCRIPT}"


class Quoted(HTMLParser):
    """What a mail's HTML quotes: blockquotes, their line breaks as line feeds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self._is_inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "blockquote":
            self._is_inside = True
            self.texts.append("")
        elif tag == "br" and self._is_inside:
            self.texts[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._is_inside &= tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.texts[-1] += data


def quoted_in(text: str) -> list[str]:
    """What a mail's text quotes: lines after a mark, one quotation after the other."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.startswith(">"):
            found[-1].append(line.removeprefix(">").removeprefix(" "))
        else:
            found.append([])
    return ["\n".join(lines) for lines in found if lines]


def sent(door: Door) -> str:
    """The nasty proposal, sent in through an organisation's own link; its address."""
    home = door.link()
    answer = door.send(home, **a_proposal(titel=TITLE, problem=NASTY.replace("\n", "\r\n")))
    assert answer.headers["location"] == f"{home}/kvitto"
    return home


def test_a_nasty_proposal_is_shown_as_written_on_every_page(door: Door) -> None:
    home = door.link()
    written = a_proposal(titel=TITLE, problem=NASTY.replace("\n", "\r\n"))
    stale = door.form(home).with_(**(written | {"fragor__0__titel": "Annat"}))
    door.save(home, **written)
    clash = door.post(home, [*stale, ("_spara", "1")])
    assert clash.status_code == 409
    assert {TITLE, "Annat"} <= set(Written(clash.text).texts)
    pairs = dict(door.form(home).pairs)
    assert (pairs["fragor-0-titel"], pairs["fragor-0-problem"]) == (TITLE, written[PROBLEM])
    assert shown_on(door, f"{home}/granska") >= {TITLE, NASTY}
    sent(door)
    late = door.form(home).with_(**written)
    assert shown_on(door, f"{home}/kvitto") >= {TITLE, NASTY}
    assert shown_on(door, f"{home}/versioner/1") >= {TITLE, NASTY}
    door.change(locked_at=door.now)
    assert shown_on(door, home) >= {TITLE, NASTY}
    refused = door.post(home, late)
    assert (refused.status_code, TITLE in Written(refused.text).texts) == (409, True)


def shown_on(door: Door, address: str) -> set[str]:
    """What a page shows as somebody's own words, once it is sure that it does no harm."""
    answer = door.client.get(address)
    assert answer.status_code == 200
    assert "<script>window" not in answer.text
    assert "<img" not in answer.text
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
    return set(Written(answer.text).texts)


def test_a_nasty_proposal_comes_with_the_receipt_as_it_was_written(door: Door) -> None:
    sent(door)
    name, message = delivered(door, "Mottaget")
    # A line of a mail ends with CRLF (RFC 5322 2.3), whatever line it was that somebody wrote.
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    html = Quoted(message.get_body(("html",)).get_content())
    assert {TITLE, NASTY} <= set(quoted_in(text))
    assert {TITLE, NASTY} <= set(html.texts)
    assert html.tags.isdisjoint({"script", "img", "textarea", "pre"})
    page = door.client.get(f"/brevlada/{name}")
    assert "<script>window" not in page.text
    # Browsers read a page's CRLF as a line feed (HTML, 13.2.3.5), Python's parser does not.
    [shown] = Preformatted(page.text.replace("\r\n", "\n")).texts
    assert {TITLE, NASTY} <= set(quoted_in(shown))


def test_a_nasty_reason_reaches_the_coordinator_as_it_was_written(door: Door) -> None:
    address, reason = f"{door.link()}/anstand", NASTY[:LONGEST_REASON]
    asked = door.form(address).with_(dag="2020-10-16", skal=reason.replace("\n", "\r\n"))
    assert door.post(address, asked).headers["location"] == f"{address}?skickad=1"
    _, message = delivered(door, "Begär anstånd")
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert reason in quoted_in(text)
    assert reason in Quoted(message.get_body(("html",)).get_content()).texts


def test_what_cannot_be_asked_is_refused_and_what_was_written_is_kept(door: Door) -> None:
    home = door.link()
    address, long = f"{home}/anstand", NASTY[: LONGEST_REASON + 1].replace("\n", "\r\n")
    form = door.form(address)
    refused = door.post(address, form.with_(dag="2020-10-16", skal=long))
    assert (refused.status_code, "Korta den med 1." in refused.text) == (422, True)
    assert dict(Reader(refused.text).forms[0].pairs)["skal"] == long
    named = door.form(f"{home}/kollega").with_(namn="Å" * 201, epost="<script>")
    refused = door.post(f"{home}/kollega", named)
    assert refused.status_code == 422
    assert {("namn", "Å" * 201), ("epost", "<script>")} <= set(Reader(refused.text).forms[0].pairs)
    for expected in (303, 422):
        answer = door.post(address, form.with_(dag="2020-10-16", skal=SCRIPT))
        assert answer.status_code == expected
    assert SCRIPT in Written(answer.text).texts
    door.change(locked_at=door.now)
    answer = door.post(address, form.with_(dag="2020-10-16", skal=TITLE))
    assert (answer.status_code, TITLE in Written(answer.text).texts) == (409, True)


def delivered(door: Door, subject: str) -> tuple[str, EmailMessage]:
    """The one mail whose subject begins so, brought over SMTP to the local mailbox."""
    office = Office.of(door.settings)
    with Channels(door.settings) as channels:
        for _ in deliver_ready(door.engine, channels, office, now=lambda: door.now):
            pass
    listed = door.page("/brevlada").links
    names = [link.rpartition("/")[2] for link in listed if link.startswith("/brevlada/")]
    mails = ((name, _mail(door, name)) for name in names)
    [found] = [one for one in mails if one[1]["Subject"].startswith(subject)]
    return found


def _mail(door: Door, name: str) -> EmailMessage:
    """A mail as it was delivered, read by Python's own parser."""
    raw = door.client.get(f"/brevlada/{name}/raw").content
    return email.message_from_bytes(raw, policy=policy.default)


class Preformatted(Written):
    """What a page shows as it stands, line feeds and all."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, [("class", "written")] if tag == "pre" else [])


def test_a_nasty_proposal_can_be_had_exactly_from_the_command_line(
    door: Door, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent(door)
    database = door.settings.database_url
    monkeypatch.setenv("AGENDA_VAR", str(door.settings.var))
    monkeypatch.setenv("AGENDA_DATABASE_URL", database.get_secret_value() if database else "")
    monkeypatch.setattr("portal.cli.terminal.visit.utc_now", lambda: door.now)
    monkeypatch.setattr("flows.rest.schedules.trigger", lambda *_, **__: True)

    def said(*arguments: str) -> str:
        capsys.readouterr()
        assert run(arguments) == 0
        return capsys.readouterr().out

    said("answer", "record", "krokom", "inspel", "--text", NASTY)
    listed = json.loads(said("answer", "list", "--json"))["answers"]
    assert [line["text"] for line in listed] == ["", NASTY]
    assert (
        listed[0]["content"]["fragor"][0] | {"titel": TITLE, "problem": NASTY}
        == (listed[0]["content"]["fragor"][0])
    )
    for command in ("answer list", "status", "explain bracke", "register list --all"):
        shown = said(*command.split())
        assert not set(shown) & set("\x1b\u202e\u202c\u2067\u2069\u200f"), command


def test_a_nasty_proposal_stays_out_of_the_dashboard(door: Door) -> None:
    sent(door)
    with reading(door.engine) as session:
        known = find_round(session, None)
        view = overview(session, round_id=identity(known), now=door.now)
    for shown in (round_markdown(view), activity_markdown(view, "inspel")):
        assert "cmd()" not in shown
        assert "harm" not in shown


@pytest.fixture
def watched(site: Site, page: Page) -> Iterator[Page]:
    """A page on which nothing pops up, runs, or asks for anything outside the portal."""
    asked: list[str] = []
    popped: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (popped.append(dialog.message), dialog.dismiss()))
    yield page
    assert popped == []
    assert [url for url in asked if not url.startswith(f"{site.address}/")] == []


def is_unharmed(page: Page) -> bool:
    """Whether no script of a stranger's has run, on the page or in a frame of it."""
    return not any(frame.evaluate("'harm' in window") for frame in page.frames)


@pytest.mark.browser
@pytest.mark.xdist_group("door")
def test_a_nasty_proposal_does_nothing_in_a_browser(site: Site, watched: Page) -> None:
    page, home = watched, site.home("are")
    page.goto(home)
    fill(page, titel=TITLE, problem=NASTY)
    press(page, "Spara utkast")
    page.goto(home)
    assert page.locator("[name=fragor-0-problem]").input_value() == NASTY
    press(page, "Granska och skicka")
    assert NASTY in texts_on(page)
    press(page, "Skicka in svaret")
    expect(page.get_by_role("heading", name="Svaret är mottaget")).to_be_visible()
    for address in (page.url, f"{home}/versioner/2"):
        page.goto(address)
        assert {TITLE, NASTY} <= texts_on(page)
        assert is_unharmed(page)
    site.post_mail(at=in_office_hours())
    open_mail(site, page, "Mottaget")
    assert {TITLE, NASTY} <= set(quoted_in(page.locator("pre").text_content()))
    assert is_unharmed(page)
    page.get_by_role("link", name="HTML").click()
    quotes = page.frame_locator("iframe").locator("blockquote")
    expect(quotes.filter(has_text="omvänt").first).to_be_visible()
    assert is_unharmed(page)
    page.get_by_role("link", name="Källtext").click()
    assert is_unharmed(page)


def texts_on(page: Page) -> set[str]:
    """What a page shows as somebody's own words, in the browser's own reading of it."""
    return set(page.locator(".written").evaluate_all("them => them.map(it => it.textContent)"))
