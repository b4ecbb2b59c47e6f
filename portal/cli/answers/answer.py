"""`agenda answer`: what organisations answered by letter or mail, recorded on their behalf."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer

from agenda.models import Activity, AnswerKind, identity
from agenda.replies.answers import GivenFile, NewAnswer, number_answer, withdraw_answer
from agenda.rounds.facts import situation
from agenda.rounds.finding import find_activity, find_invitation, find_organisation
from agenda.storage.contents import keep
from agenda.words.errors import BadInput
from agenda.workdays import swedish_date, swedish_instant
from notifications.acts.answers import record_answer, send_receipt
from notifications.readings.answers import answer_lines
from portal.cli.answers import reading as answer_reading
from portal.cli.answers.asking import (
    Yes,
    confirmed_day,
    receipt_in_words,
    say_what_it_replaces,
)
from portal.cli.answers.kinds import IN_WORDS, Kind
from portal.cli.commands import COMMANDS
from portal.cli.terminal.follow_up import follow_up
from portal.cli.terminal.options import (
    DATE,
    ActivityKey,
    AsJson,
    OnlyActivity,
    OnlyOrganisation,
    OrganisationKey,
    RoundName,
    a_date,
    add,
    group,
)
from portal.cli.terminal.output import clean, fill, in_swedish, instant, say, show, show_json, table
from portal.cli.terminal.visit import changing, looking

MOST_BYTES = 100_000_000
NOON = time(12)


Words = Annotated[str, typer.Option("--text", metavar="TEXT", help="Svarets egna ord.")]
Files = Annotated[
    list[Path] | None,
    typer.Option("--file", metavar="FIL", help="En fil som kom med svaret; kan upprepas."),
]
Received = Annotated[
    date | None,
    typer.Option(
        "--received",
        metavar=DATE,
        parser=a_date,
        help="När svaret kom in, annars nu. En tidigare dag räknas som kl. 12.00.",
    ),
]
RegistryNo = Annotated[
    str | None, typer.Option("--registry-no", metavar="NR", help="Diarienumret.")
]


Receipt = Annotated[
    bool, typer.Option("--receipt", help="Mejla organisationen ett kvitto på svaret.")
]


def record(
    organisation: OrganisationKey,
    activity: ActivityKey,
    kind: Kind = "proposals",
    text: Words = "",
    files: Files = None,
    received: Received = None,
    registry_no: RegistryNo = None,
    has_receipt: Receipt = False,
    is_sure: Yes = False,
    round_name: RoundName = None,
) -> None:
    """Record an answer on an organisation's behalf."""
    given = [_file(path) for path in files or ()]
    if received is not None and not is_sure and not confirmed_day(received, activity, round_name):
        return
    with changing(round_name) as (here, session, round_):
        invitation, row, whose = find_invitation(
            session, round_, organisation=organisation, activity=activity
        )
        new = NewAnswer(
            kind=AnswerKind(kind),
            received_at=_received_at(received, here.now),
            text=text,
            files=[GivenFile(name, keep(session, octets)) for name, octets in given],
            registry_no=registry_no,
        )
        answer = record_answer(session, here.office, invitation, new, by=here.by)
        mailed = send_receipt(session, here.office, answer, now=here.now) if has_receipt else 0
        count = _count(session, row)
    say(
        f"Svaret från {whose.name} är registrerat ({IN_WORDS[kind].lower()}, inkommet "
        f"{instant(new.received_at)}). {count} i {row.key}."
    )
    say_what_it_replaces(answer)
    if has_receipt:
        say(receipt_in_words(mailed, whose.name))
    follow_up(row, why=f"svar från {whose.name}")


def _count(session: Any, row: Activity) -> str:

    session.flush()
    facts = situation(session, identity(row)).facts
    return f"{len(facts.asked) - facts.outstanding} av {len(facts.asked)} har svarat"


def number(
    organisation: OrganisationKey,
    activity: ActivityKey,
    registry_no: Annotated[str, typer.Argument(metavar="DIARIENUMMER", help="Diarienumret.")],
    version: Annotated[
        int | None,
        typer.Option(
            "--version", metavar="N", min=1, help="Vilken version, annars den som gäller."
        ),
    ] = None,
    round_name: RoundName = None,
) -> None:
    """Give an answer its number in the region's own register."""
    with changing(round_name) as (here, session, round_):
        invitation, row, whose = find_invitation(
            session, round_, organisation=organisation, activity=activity
        )
        answer = number_answer(
            session,
            invitation,
            registry_no=registry_no,
            version=version,
            by=here.by,
        )
        given = answer.registry_no
        which = answer.version
    say(f"Svaret från {whose.name} i {row.key} (version {which}) har diarienummer {given}.")


def withdraw(
    organisation: OrganisationKey, activity: ActivityKey, round_name: RoundName = None
) -> None:
    """Withdraw an organisation's answer."""
    with changing(round_name) as (here, session, round_):
        invitation, row, whose = find_invitation(
            session, round_, organisation=organisation, activity=activity
        )
        withdraw_answer(session, invitation, by=here.by)
    say(
        f"Svaret från {whose.name} i {row.key} gäller inte längre. Det ligger kvar i diariet, "
        "och påminnelserna fortsätter."
    )
    follow_up(row, why=f"svar från {whose.name} återkallat")


def list_answers(
    round_name: RoundName = None,
    activity: OnlyActivity = None,
    organisation: OnlyOrganisation = None,
    as_json: AsJson = False,
) -> None:
    """List every version of every answer."""
    with looking(round_name) as (_, session, round_):
        row = find_activity(session, round_, activity) if activity else None
        whose = find_organisation(session, round_, organisation) if organisation else None
        found = answer_lines(
            session,
            round_.id,
            activity_id=row.id if row else None,
            organisation_id=whose.id if whose else None,
        )
    if as_json:
        show_json({"round": round_.name, "answers": found})
        return
    if not found:
        say("Inget svar har kommit in.")
        return
    made = table("Inkommet", "Organisation", "Aktivitet", "Svar", whole=("Inkommet",))
    show(fill(made, map(_cells, found)))


def _received_at(received: date | None, now: datetime) -> datetime:

    if received is None or received == swedish_date(now):
        return now
    return swedish_instant(received, NOON)


def _file(path: Path) -> tuple[str, bytes]:

    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{path} går inte att läsa: {in_swedish(error)}.") from None
    if len(content) > MOST_BYTES:
        raise BadInput(f"{path} är större än {MOST_BYTES // 1_000_000} MB.")
    return clean(path.name), content


def _cells(line: dict[str, Any]) -> list[str]:
    return [instant(line["received_at"]), line["name"], line["activity"], _in_words(line)]


def _in_words(line: dict[str, Any]) -> str:
    words = [IN_WORDS[line["kind"]]]
    if line["version"] > 1:
        words.append(f"(version {line['version']})")
    if line["is_late"]:
        words.append("(för sent)")
    if line["withdrawn_at"]:
        words.append(f"(återkallat {instant(line['withdrawn_at'])})")
    if line["registry_no"]:
        words.append(f"dnr {line['registry_no']}")
    if line["files"]:
        words.append(f"med {', '.join(line['files'])}")
    return " ".join(words) + (f": {line['text']}" if line["text"] else "")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    answer = group(
        app,
        "answer",
        COMMANDS["answer"].summary,
        "agenda answer list",
        "agenda answer show bracke inspel",
        "agenda answer record --help",
    )
    add(
        answer,
        record,
        "Registrera ett svar som kom med brev eller e-post, på organisationens vägnar.",
        'agenda answer record bracke inspel --text "Väg 87 behöver rustas."',
        "agenda answer record krokom inspel --file inspel.pdf --received 2020-09-18",
        "agenda answer record berg inspel --kind nothing-to-report --receipt",
    )
    _register_for_recorded(answer)


def _register_for_recorded(answer: typer.Typer) -> None:
    add(
        answer,
        number,
        "Ange ett svars diarienummer. Det visas i svarets kvitto på svarssidan.",
        "agenda answer number bracke inspel RUN/123/2020",
        "agenda answer number bracke inspel RUN/123/2020 --version 1",
    )
    add(
        answer,
        withdraw,
        "Återkalla en organisations svar. Det ligger kvar, men räknas inte.",
        "agenda answer withdraw bracke inspel",
    )
    add(
        answer,
        list_answers,
        "Visa svaren, med alla versioner.",
        "agenda answer list",
        "agenda answer list --activity inspel --json",
        name="list",
    )
    answer_reading.register_under(answer)
