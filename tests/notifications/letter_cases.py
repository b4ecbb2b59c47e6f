"""Every mail there is, as letters: what the golden files are rendered from."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from agenda.forms.field import ReplyRow
from agenda.plan.model import Person
from notifications.letters.foretold import Foretold
from notifications.letters.letter import Arrival, Letter, Receipt, Trouble
from notifications.letters.occasions import Meeting
from notifications.letters.weeks import RoundWeek, WeekAnswers, WeekMails, WeekMatter
from notifications.letters.works import Work

PLACES = ("Bergs", "Bräcke", "Härjedalens", "Krokoms", "Ragunda", "Strömsunds", "Åre", "Östersunds")
MUNICIPALITIES = tuple(f"{place} kommun" for place in PLACES)
COORDINATOR = Person(
    name="Samordnare Exempel",
    title="Samordnare för påverkansagendan",
    address="samordnare@regionen.example",
    telephone="063-00 00 00",
)
INPUT = Letter(
    template="reminder",
    language="sv",
    round_name="2020",
    plan_title="Länsgemensam påverkansagenda",
    activity_title="Förfrågan om inspel från kommunerna",
    activity_kind="input",
    description="Länets primärkommuner ombes inkomma med förslag till frågor\nför agendan.",
    starts_on=date(2020, 5, 8),
    due_on=date(2020, 10, 2),
    is_quarter=False,
    today=date(2020, 9, 18),
    workdays_left=10,
    coordinator=COORDINATOR,
    recipient_name="Registratorn",
    organisation_name="Bräcke kommun",
    asked_at=datetime(2020, 5, 8, 6, tzinfo=UTC),
)
CONSULTATION = replace(
    INPUT,
    activity_title="Samråd med näringsliv, organisationer, aktörer",
    activity_kind="consultation",
    description="Förslaget skickas ut för möjlighet till yttranden innan beslut fattas.",
    starts_on=date(2020, 12, 19),
    due_on=date(2021, 1, 29),
    recipient_name="Kansliet",
    organisation_name="Näringslivet i länet",
    asked_at=datetime(2020, 12, 21, 7, tzinfo=UTC),
)
WORKSHOP = replace(
    INPUT,
    activity_title="Workshop för att prioritera inspel",
    activity_kind="workshop",
    description="Inkomna inspel diskuteras och prioriteras.",
    starts_on=date(2020, 11, 9),
    due_on=date(2020, 11, 9),
    asked_at=datetime(2020, 10, 12, 6, tzinfo=UTC),
    occasion=Meeting(
        first_on=date(2020, 11, 9),
        last_on=date(2020, 11, 9),
        begins=time(10),
        ends=time(15, 30),
        place="Residenset, Östersund",
    ),
)
MORE_TIME = replace(WORKSHOP, due_on=date(2020, 11, 13))
COMPILATION = replace(
    INPUT,
    activity_title="Sammanställning av inspel",
    activity_kind="compilation",
    description="Inspelade förslag sammanställs och underlag skickas ut till primärkommunerna.",
    starts_on=date(2020, 10, 5),
    due_on=date(2020, 10, 29),
    recipient_name="Ansvarig Exempel",
    organisation_name=None,
    asked_at=None,
)
ADOPTION = replace(
    COMPILATION,
    activity_title="Fastställande av länsgemensam påverkansagenda",
    activity_kind="adoption",
    description="Region Jämtland Härjedalen fastställer agendan politiskt.",
    starts_on=date(2021, 1, 1),
    due_on=date(2021, 3, 31),
    is_quarter=True,
)
LINK = "https://paverkansagenda.regionen.example/svar/3Kp_9x-Lq2VtYw7RbN5cHf0sJmA4dGzUeXiOoT8kB1Q"
DECISION_LINK = (
    "https://paverkansagenda.regionen.example/anstand/8kB1Q3Kp_9x-Lq2VtYw7RbN5cHf0sJmA4dGzUeXiOoT"
)


def of(letter: Letter, template: str, today: str, left: int, **more: Any) -> Letter:
    """A letter with another message, written on another day."""
    day = date.fromisoformat(today)
    return replace(letter, template=template, today=day, workdays_left=left, **more)


TO_COORDINATOR = replace(
    INPUT, recipient_name=COORDINATOR.name, organisation_name=None, asked_at=None
)
ESCALATION = of(INPUT, "escalation", "2020-10-07", -3, recipient_name="Kommundirektören")
COPY = replace(ESCALATION, is_copy=True, recipient_name=COORDINATOR.name)
MOVED = replace(
    of(INPUT, "moved", "2020-09-21", 14, former_due_on=INPUT.due_on, answer_url=LINK),
    due_on=date(2020, 10, 9),
    note="Flera kommuner behöver behandla frågan i kommunstyrelsen.",
    decided_by=COORDINATOR.name,
)
MEETING = replace(
    COMPILATION,
    activity_title="Förslaget presenteras för RUN:s presidium",
    activity_kind="meeting",
    description="PM presenteras och stäms av på presidieberedningen.",
    starts_on=date(2020, 4, 30),
    due_on=date(2020, 4, 30),
    occasion=Meeting(first_on=date(2020, 4, 30), last_on=date(2020, 4, 30), begins=time(13)),
)
MOVED_WORKSHOP = replace(
    of(WORKSHOP, "moved", "2020-10-19", 20, former_due_on=WORKSHOP.due_on, answer_url=LINK),
    starts_on=date(2020, 11, 16),
    due_on=date(2020, 11, 16),
    occasion=replace(WORKSHOP.occasion, first_on=date(2020, 11, 16), last_on=date(2020, 11, 16)),
)
TROUBLE = replace(
    of(TO_COORDINATOR, "trouble", "2020-09-18", 10),
    troubles=(
        Trouble(
            "Ragunda kommun",
            "registrator@ragunda.example",
            "550 5.1.1 <registrator@ragunda.example>: Recipient address rejected:\n"
            "User unknown in virtual mailbox table",
        ),
        Trouble("Bergs kommun", "workflows://nyckel@host/hemlig", "HTTP 404"),
    ),
)
NASTY = replace(
    INPUT,
    activity_title="Förfrågan\r\nBcc: alla@lansnytt.example <b>om inspel</b>",
    organisation_name='Härjedalen, "södra" <x>',
    recipient_name="Åsa \x00& \x1b[31mÖrjan\u2028<o@x.example>",
    description=(
        "Först <script>alert('inspel')</script> & sedan {{ 7 * 7 }} 🎉 \u202eabc\u200f.\n\n"
        "- Ett andra stycke,\r\n</body> \ud800 slut."
    ),
    answer_url='https://x.example/svar?a=1&b="><script>',
)
IN_TIME = Receipt(
    kind="submission",
    received_at=datetime(2020, 9, 28, 12, 32, tzinfo=UTC),
    version=2,
    registry_no="RJH 2020/417",
    rows=(
        ReplyRow("Frågor", "", 0, ()),
        ReplyRow("Fråga 1", "", 1, ()),
        ReplyRow("Titel", "Snabbare tåg Östersund–Trondheim", 2, ()),
        ReplyRow(
            "Vad är problemet?",
            "Resan tar fyra timmar.\n\n  - Enkelspår\n  - Dieseldrift på norska sidan\n"
            + "lång " * 40,
            2,
            (),
        ),
        ReplyRow("Underlag", "", 2, (7, 8)),
        ReplyRow("Kontakt för frågor", "Handläggare Exempel", 0, ()),
    ),
    files=(("tågtider.pdf", "3b" * 32), ("karta över banan.png", "a7" * 32)),
)
RECEIPT = of(INPUT, "receipt", "2020-09-28", 4, receipt=IN_TIME, answer_url=LINK)
LATE = of(
    CONSULTATION,
    "receipt",
    "2021-02-02",
    -2,
    answer_url=LINK,
    receipt=Receipt(
        kind="nothing_to_report",
        received_at=datetime(2021, 2, 2, 8, 1, tzinfo=UTC),
        version=1,
        is_late=True,
    ),
)
NASTY_WRITTEN = (
    "</blockquote><script>alert('å')</script> =cmd() {{ 7 * 7 }} 🎉\n> From: x\n\n\n"
    "   \u202eomvänt\u202c och \u200fטקסט\tslut \x1b[31m\x85\u2028 \ud800"
)
NASTY_RECEIPT = replace(
    NASTY,
    template="receipt",
    receipt=replace(
        IN_TIME,
        registry_no="RJH\r\nBcc: <b>1</b>",
        rows=(ReplyRow("<b>Titel</b>\r\nSvar", NASTY_WRITTEN, 0, ()),),
        files=(("<i>\u202efdp.exe\n", "3b" * 32),),
    ),
)
ASKED = replace(
    of(INPUT, "extension_requested", "2020-09-28", 4, recipient_name=COORDINATOR.name),
    decision_url=DECISION_LINK,
    requested_until=date(2020, 10, 16),
    note="Kommunstyrelsen behandlar frågan den 13 oktober.\nVi hinner inte före dess.",
)
DENIED = replace(
    of(INPUT, "extension_denied", "2020-09-29", 3, answer_url=LINK),
    requested_until=date(2020, 10, 16),
    note="Sammanställningen börjar den 5 oktober.",
    decided_by=COORDINATOR.name,
)
COLLEAGUE = of(
    INPUT,
    "colleague",
    "2020-09-21",
    9,
    answer_url=LINK,
    recipient_name="Kollega Exempel",
    note="Handläggare Exempel",
)
WORK = replace(
    of(COMPILATION, "own_work", "2021-04-06", -103),
    works=(
        Work("Sammanställning av inspel", date(2020, 10, 29), is_quarter=False),
        Work("Fastställande av agendan", date(2021, 3, 31), is_quarter=True),
        Work("Förslaget presenteras <b>för</b> presidiet", date(2021, 4, 8)),
        Work(
            "Avstämning",
            date(2021, 4, 9),
            occasion=Meeting(
                first_on=date(2021, 4, 9),
                last_on=date(2021, 4, 9),
                begins=time(10),
                ends=time(12),
                place="Sal 1",
            ),
        ),
    ),
)
DESK = "https://paverkansagenda.regionen.example/samordna"
WEEK = RoundWeek(
    name="2020",
    plan_title="Länsgemensam påverkansagenda",
    url=f"{DESK}/2",
    until=date(2020, 9, 25),
    matters=(
        WeekMatter(
            kind="wish",
            url=f"{DESK}/2/plan/inspel/anstand?vem=berg",
            name="Bergs kommun",
            title=INPUT.activity_title,
            day=date(2020, 10, 16),
        ),
        WeekMatter(kind="no_address", count=2, url=f"{DESK}/2"),
        WeekMatter(
            kind="overdue",
            url=f"{DESK}/2/plan/samordning",
            title="Samordning <b>med</b>\r\nregionala utvecklingsstrategin och dess handlingsplan",
            day=date(2020, 9, 18),
        ),
    ),
    answers=(WeekAnswers(INPUT.activity_title, 5, 8, INPUT.due_on),),
    mails=(
        WeekMails(date(2020, 9, 25), "påminnelse, 5 arbetsdagar kvar", INPUT.activity_title, 6),
    ),
)
WEEKLY = replace(
    of(TO_COORDINATOR, "weekly", "2020-09-21", 9, recipient_name="Anna Ek"), weeks=(WEEK,)
)
BEFOREHAND = replace(
    of(TO_COORDINATOR, "beforehand", "2020-10-06", -2),
    desk_url=f"{DESK}/2",
    foretold=(
        Foretold(
            at=datetime(2020, 10, 7, 6, tzinfo=UTC),
            label="inbjudan",
            title="Workshop <b>för</b>\r\natt prioritera inspel",
            organisations=MUNICIPALITIES,
        ),
        Foretold(
            at=datetime(2020, 10, 7, 6, tzinfo=UTC),
            label="eskalering, 3 arbetsdagar efter sista dagen",
            title=INPUT.activity_title,
            organisations=("Ragunda kommun", "Åre kommun"),
            is_escalation=True,
        ),
    ),
)
MANY = tuple(f"Kommun {number}" for number in range(1, 291))
EVERY_MATTER = (
    *("mail_paused", "wish", "not_arrived", "reply_by_mail", "unclaimed_mail", "refused"),
    *("no_address", "late", "missing", "overdue", "no_day"),
)
CANCELLED = replace(
    of(WORKSHOP, "cancelled", "2020-11-02", 5),
    note="För få kan komma.",
    decided_by=COORDINATOR.name,
)
REFUSED = Trouble("Ragunda kommun", "registrator@ragunda.example", "5.7.1 Message refused")
STOPPED = replace(
    TROUBLE,
    template="mail_stopped",
    troubles=(Trouble("", "", "5.7.54 Unable to relay recipient"),),
    note="Sedan fredag 18 september 2020 kl. 08.00 har inget brev kommit iväg. Just nu väntar 7.",
)
OWN_LINE = "Vi hörs gärna före mötet i länsrådet."
OWN_WORDS = (
    "I år vill vi särskilt veta vad ni tycker om tågen.\nSkriv gärna kort:\n"
    "- vad som är fel\n- vad som bör göras\n\n"
    "{{ 7 * 7 }} <b>Tack</b> & hej från https://regionen.example!"
)
CASES = {
    "invitation": of(INPUT, "invitation", "2020-05-08", 103, asked_at=None, answer_url=LINK),
    "invitation-consultation": of(
        CONSULTATION, "invitation", "2020-12-21", 25, asked_at=None, answer_url=LINK
    ),
    "invitation-workshop": of(
        WORKSHOP, "invitation", "2020-10-12", 20, asked_at=None, answer_url=LINK
    ),
    "reminder": replace(INPUT, answer_url=LINK),
    "reminder-without-link": INPUT,
    "reminder-consultation": of(CONSULTATION, "reminder", "2021-01-15", 10, answer_url=LINK),
    "reminder-workshop": of(WORKSHOP, "reminder", "2020-11-02", 5, answer_url=LINK),
    "last_reminder": of(INPUT, "last_reminder", "2020-10-01", 1, answer_url=LINK),
    "reminder-workshop-more-time": of(MORE_TIME, "reminder", "2020-11-06", 5, answer_url=LINK),
    "last_reminder-workshop-held": of(MORE_TIME, "last_reminder", "2020-11-12", 1, answer_url=LINK),
    "last_reminder-workshop": of(WORKSHOP, "last_reminder", "2020-11-06", 1, answer_url=LINK),
    "overdue": of(INPUT, "overdue", "2020-10-05", -1, answer_url=LINK),
    "escalation": ESCALATION,
    "escalation-copy": replace(COPY, intended_for="Kommundirektören", answer_url=LINK),
    "escalation-to-nobody": COPY,
    "escalation-copy-own-words": replace(
        COPY, intended_for="Kommundirektören", own_words=OWN_WORDS, own_lines=(OWN_LINE,)
    ),
    "invitation-own-words": of(
        INPUT, "invitation", "2020-05-08", 103, asked_at=None, answer_url=LINK, own_words=OWN_WORDS
    ),
    "invitation-workshop-own-words": of(
        WORKSHOP, "invitation", "2020-10-12", 20, answer_url=LINK, own_words=OWN_WORDS
    ),
    "reminder-own-line": replace(INPUT, answer_url=LINK, own_lines=(OWN_LINE, "Tack för i går!")),
    "reminder-own-words": replace(
        INPUT, answer_url=LINK, own_words=OWN_WORDS, own_lines=(OWN_LINE,)
    ),
    "reminder-workshop-own-words": of(
        WORKSHOP, "reminder", "2020-11-02", 5, answer_url=LINK, own_words=OWN_WORDS
    ),
    "last_reminder-own-words": of(
        INPUT, "last_reminder", "2020-10-01", 1, answer_url=LINK, own_words=OWN_WORDS
    ),
    "overdue-own-words": of(
        INPUT, "overdue", "2020-10-05", -1, answer_url=LINK, own_words=OWN_WORDS
    ),
    "reminder_now": of(INPUT, "reminder_now", "2020-09-22", 8, answer_url=LINK),
    "reminder_now-with-words": of(
        INPUT, "reminder_now", "2020-09-22", 8, answer_url=LINK, note=OWN_WORDS
    ),
    "reminder_now-overdue": of(INPUT, "reminder_now", "2020-10-07", -3, answer_url=LINK),
    "reminder_now-workshop": of(WORKSHOP, "reminder_now", "2020-11-03", 4, answer_url=LINK),
    "moved": MOVED,
    "moved-after-an-answer": replace(MOVED, answered=("Bräcke kommun",)),
    "moved-workshop": MOVED_WORKSHOP,
    "moved-from-a-quarter": replace(
        MOVED_WORKSHOP, former_due_on=date(2020, 12, 31), former_is_quarter=True
    ),
    "extension": replace(MOVED, template="extension", note="Behandlas den 7 oktober."),
    "all_answered": of(TO_COORDINATOR, "all_answered", "2020-09-29", 3, answered=MUNICIPALITIES),
    "closed": replace(
        of(TO_COORDINATOR, "closed", "2020-10-03", 0, answered=MUNICIPALITIES[:5]),
        outstanding=MUNICIPALITIES[5:],
    ),
    "internal_reminder": of(COMPILATION, "internal_reminder", "2020-10-15", 10),
    "internal_reminder-quarter": replace(
        of(ADOPTION, "internal_reminder", "2021-03-17", 10), recipient_name=COORDINATOR.name
    ),
    "internal_reminder-meeting": of(MEETING, "internal_reminder", "2020-04-30", 0),
    "nag": of(COMPILATION, "nag", "2020-11-03", -3),
    "own_work": WORK,
    "own_work-overdue": replace(WORK, works=WORK.works[:2], recipient_name=COORDINATOR.name),
    "own_work-of-one": replace(WORK, works=WORK.works[2:3]),
    "beforehand": BEFOREHAND,
    "beforehand-one-step-to-many": replace(
        BEFOREHAND, foretold=(replace(BEFOREHAND.foretold[0], organisations=MANY),)
    ),
    "beforehand-escalation": replace(BEFOREHAND, foretold=BEFOREHAND.foretold[1:]),
    "weekly": WEEKLY,
    "weekly-of-two-rounds": replace(
        WEEKLY,
        weeks=(
            RoundWeek(
                name="2019",
                plan_title="Länsgemensam påverkansagenda",
                url=f"{DESK}/1",
                until=WEEK.until,
                answers=(WeekAnswers("Utvärdering av agendan", 0, 8, date(2020, 10, 30)),),
            ),
            replace(WEEK, matters=WEEK.matters[1:2], answers=()),
        ),
    ),
    "weekly-every-matter": replace(
        WEEKLY,
        weeks=(
            replace(
                WEEK,
                matters=tuple(
                    WeekMatter(
                        kind=kind,
                        url=f"{DESK}/2/{kind}",
                        name="Bergs kommun",
                        title="Inspel",
                        day=date(2020, 9, 18),
                        of=3,
                    )
                    for kind in EVERY_MATTER
                )
                + tuple(
                    WeekMatter(kind=kind, count=3, url=f"{DESK}/2")
                    for kind in EVERY_MATTER
                    if kind not in ("mail_paused", "unclaimed_mail")
                ),
                answers=(),
                mails=(),
            ),
        ),
    ),
    "done": of(
        COMPILATION, "done", "2020-10-28", 1, decided_by="Handläggare Exempel", note="Klart."
    ),
    "trouble": TROUBLE,
    "kept": replace(TROUBLE, template="kept", troubles=(REFUSED,)),
    "uncertain": replace(TROUBLE, template="uncertain", troubles=(REFUSED,)),
    "set_aside": replace(TROUBLE, template="set_aside", troubles=(REFUSED,)),
    "mail_stopped": STOPPED,
    "mailbox_away": replace(
        STOPPED,
        template="mailbox_away",
        troubles=(Trouble("", "", "Brevlådans server imap.regionen.example svarade inte i tid."),),
        note="Sedan fredag 18 september 2020 kl. 08.00 har brevlådan inte gått att läsa.",
    ),
    "bounced": replace(TROUBLE, template="bounced", troubles=TROUBLE.troubles[:1]),
    "bounced-several": replace(TROUBLE, template="bounced"),
    "returned": replace(TROUBLE, template="returned", troubles=(REFUSED,)),
    "untold": replace(
        of(TROUBLE, "untold", "2020-10-02", 0),
        troubles=(
            Trouble("Ragunda kommun", "registrator@ragunda.example", "452 4.2.2 Mailbox full"),
            Trouble("Bergs kommun", "", "Det finns ingen adress."),
        ),
    ),
    "not_escalated": replace(
        of(TROUBLE, "not_escalated", "2020-10-07", -3),
        troubles=(Trouble("Ragunda kommun", "chef@ragunda.example", "452 4.2.2 Mailbox full"),),
    ),
    "no_address": replace(INPUT, template="no_address", recipient_name=COORDINATOR.name),
    "unattended": of(
        TO_COORDINATOR,
        "unattended",
        "2020-09-18",
        10,
        gone_through_at=datetime(2020, 9, 16, 5, 45, tzinfo=UTC),
    ),
    "sign_in": replace(
        TO_COORDINATOR,
        template="sign_in",
        plan_title="påverkansagendan",
        recipient_name="Anna Ek",
        sign_in_url="https://paverkansagenda.regionen.example/samordna/logga-in/9b2e3f7c1d0a",
    ),
    "test": replace(TO_COORDINATOR, template="test", recipient_name="provare@regionen.example"),
    "receipt": RECEIPT,
    "receipt-late-and-short": LATE,
    "late_answer": of(INPUT, "late_answer", "2020-10-07", -3, recipient_name=COORDINATOR.name),
    "answers_in": replace(
        of(TO_COORDINATOR, "answers_in", "2020-09-29", 3),
        arrivals=(
            Arrival(
                organisation_name="Bergs kommun",
                kind="submission",
                received_at=datetime(2020, 9, 28, 12, 32, tzinfo=UTC),
                version=2,
            ),
            Arrival(
                organisation_name="Krokoms kommun",
                kind="nothing_to_report",
                received_at=datetime(2020, 9, 28, 21, 59, tzinfo=UTC),
                version=1,
            ),
        ),
        answered=MUNICIPALITIES[:6],
        outstanding=MUNICIPALITIES[6:],
    ),
    "answers_in-one": replace(
        of(TO_COORDINATOR, "answers_in", "2020-09-28", 4),
        arrivals=(
            Arrival(
                organisation_name="Åre kommun",
                kind="declined",
                received_at=datetime(2020, 9, 28, 12, 32, tzinfo=UTC),
                version=1,
            ),
        ),
        answered=MUNICIPALITIES,
    ),
    "new_link": of(INPUT, "new_link", "2020-09-21", 9, answer_url=LINK),
    "new_link-workshop": of(WORKSHOP, "new_link", "2020-11-02", 5, answer_url=LINK),
    "same_link": of(INPUT, "same_link", "2020-09-21", 9, answer_url=LINK),
    "same_link-workshop": of(WORKSHOP, "same_link", "2020-11-02", 5, answer_url=LINK),
    "colleague": COLLEAGUE,
    "colleague-of-nobody-named": replace(COLLEAGUE, note=""),
    "extension_requested": ASKED,
    "extension_requested-in-a-channel": replace(ASKED, decision_url=None),
    "extension_denied": DENIED,
    "extension_denied-too-late": replace(
        DENIED, today=date(2020, 10, 5), workdays_left=-1, note="", decided_by=None
    ),
    "extension_denied-too-late-to-answer": replace(
        DENIED, today=date(2020, 10, 6), workdays_left=-2, is_locked=True
    ),
    "cancelled": CANCELLED,
    "reinstated": replace(
        CANCELLED, template="reinstated", note="Fler kan komma.", answer_url=LINK
    ),
    "reinstated-after-an-answer": replace(
        of(INPUT, "reinstated", "2020-09-21", 9, answer_url=LINK), answered=("Bräcke kommun",)
    ),
    "reinstated-locked": of(INPUT, "reinstated", "2020-09-21", 9, answer_url=LINK, is_locked=True),
    "reinstated-meeting": of(MEETING, "reinstated", "2020-04-27", 3),
    "moved-meeting": of(MEETING, "moved", "2020-04-27", 3, former_due_on=date(2020, 4, 23)),
    "uninvited": of(WORKSHOP, "uninvited", "2020-10-19", 15),
    "cancelled-consultation": of(CONSULTATION, "cancelled", "2021-01-15", 10),
    "cancelled-meeting": of(MEETING, "cancelled", "2020-04-27", 3, note="Presidiet ställs in."),
    "nasty": NASTY,
    "nasty-receipt": NASTY_RECEIPT,
    "nasty-request": replace(
        NASTY,
        template="extension_requested",
        decision_url='https://x.example/anstand?a=1&b="><script>',
        requested_until=date(2020, 10, 16),
        note="a\n<b>\x00c",
    ),
    "nasty-colleague": replace(NASTY, template="colleague", note="<b>\r\nBcc: a@x.example"),
}
