"""`agenda mail`: mail that has come in, listed, read, registered as an answer or set aside."""

from pathlib import Path
from typing import Annotated

import typer

from agenda.models import AnswerKind
from agenda.rounds.finding import find_invitation
from agenda.words.errors import BadInput
from notifications.acts.incoming import register_reply, set_aside
from notifications.incoming.enclosed import EnclosedFile
from notifications.readings.incoming import MailLine, OneMail, mail_lines, one_mail, raw_mail
from portal.cli.answers.asking import say_what_it_replaces
from portal.cli.answers.kinds import IN_WORDS, Kind
from portal.cli.terminal.follow_up import follow_up
from portal.cli.terminal.options import AsJson, Everything, RoundName, add
from portal.cli.terminal.output import clean, instant, say, show_json
from portal.cli.terminal.visit import changing, looking

SORTS = {
    "bounce": "studs",
    "automatic": "automatiskt svar",
    "ordinary": "mejl",
    "unreadable": "går inte att läsa",
}
WHYS = {
    "dead": "adressen finns inte",
    "refused": "kom tillbaka",
    "delayed": "försenat på vägen",
    "delivered": "kom fram",
}
SETTLED = {
    "acted_on": "åtgärdad",
    "noted": "noterad",
    "set_aside": "lagt åt sidan",
    "registered": "registrerat som svar",
}
Number = Annotated[int, typer.Argument(metavar="NUMMER", help="Mejlets nummer i listan.")]


def list_mails(
    round_name: RoundName = None, everything: Everything = False, as_json: AsJson = False
) -> None:
    """List what has come in and waits for somebody; everything if that is asked for."""
    with looking(round_name) as (_, session, known):
        waits = None if everything else True
        found = mail_lines(session, round_id=known.id, waits=waits)
    if as_json:
        show_json({"round": known.name, "mails": found})
        return
    if not found:
        say("Inget mejl väntar." if waits else "Det har inte kommit in några mejl.")
    for line in found:
        say(f"{line.id}  {instant(line.arrived_at)}  {_sender(line)}: {clean(line.subject)}")
        say(f"    {_standing(line)}")


def show_mail(
    number: Number,
    save_to: Annotated[
        Path | None,
        typer.Option("--save", metavar="FIL", help="Spara mejlet precis som det kom."),
    ] = None,
    round_name: RoundName = None,
    as_json: AsJson = False,
) -> None:
    """Show one mail as text, and its files."""
    with looking(round_name) as (_, session, _known):
        found = one_mail(session, number)
        raw = raw_mail(session, number) if save_to is not None else b""
    if save_to is not None:
        _save(save_to, raw)
    elif as_json:
        show_json(
            {"mail": found.line, "text": found.text, "files": [_file(one) for one in found.files]}
        )
    else:
        _show(found)


def register_mail(
    number: Number,
    organisation: Annotated[
        str | None,
        typer.Argument(metavar="[ORGANISATION]", help="Vems svar det är, om det inte framgår."),
    ] = None,
    activity: Annotated[
        str | None,
        typer.Argument(metavar="[AKTIVITET]", help="Vad det svarar på, om det inte framgår."),
    ] = None,
    kind: Kind = "proposals",
    registry_no: Annotated[
        str | None, typer.Option("--registry-no", metavar="NR", help="Diarienumret.")
    ] = None,
    round_name: RoundName = None,
) -> None:
    """Register a mail as an organisation's answer, with its files, received when it came."""
    with looking(round_name) as (_, session, _known):
        mail = one_mail(session, number)
    whose, what = organisation or mail.line.organisation, activity or mail.line.activity
    if whose is None or what is None:
        raise BadInput(
            "Det framgår inte vems svar mejlet är. Skriv organisation och aktivitet efter numret, "
            f"som: agenda mail register {number} bracke inspel"
        )
    with changing(round_name) as (here, session, known):
        invitation, row, asked = find_invitation(session, known, organisation=whose, activity=what)
        answer = register_reply(
            session,
            here.office,
            number,
            invitation=invitation,
            files=mail.files,
            kind=AnswerKind(kind),
            registry_no=registry_no,
            by=here.by,
        )
        name, key = asked.name, row.key
    say(
        f"Mejlet är registrerat som svar från {name} i {key} ({IN_WORDS[kind].lower()}, inkommet "
        f"{instant(mail.line.arrived_at)})."
    )
    say_what_it_replaces(answer)
    for file in mail.files:
        if file.fault:
            say(f"Följde inte med: {file.fault} Filen finns kvar i mejlet.")
    follow_up(row, why=f"svar från {name}")


def set_mail_aside(number: Number, round_name: RoundName = None) -> None:
    """Set a mail aside that needs nothing done."""
    with changing(round_name) as (here, session, _known):
        set_aside(session, number, by=here.by)
    say("Mejlet är lagt åt sidan. Det finns kvar, och går fortfarande att registrera.")


def _sender(line: MailLine) -> str:
    name = clean(line.sender_name)
    return f"{name} <{line.sender}>" if name else line.sender or "okänd avsändare"


def _standing(line: MailLine) -> str:
    words = [SORTS[line.sort]]
    if line.why:
        words.append(WHYS[line.why])
    if line.organisation_name:
        words.append(line.organisation_name + (f", {line.activity}" if line.activity else ""))
    elif line.sort != "bounce":
        words.append("okänt vems")
    if line.settled_how:
        words.append(f"{SETTLED[line.settled_how]} av {line.settled_by}")
    said = f". Servern svarade: {clean(line.said)}" if line.said else ""
    return "; ".join(words) + said


def _show(found: OneMail) -> None:
    line = found.line
    say(f"Från: {_sender(line)}")
    say(f"Ämne: {clean(line.subject)}")
    say(f"Kom in: {instant(line.arrived_at)}")
    say(_standing(line))
    if not found.is_whole:
        say("Mejlet var för stort: bara början är sparad. Resten finns i brevlådan.")
    say()
    # Line by line: what would steer the terminal is taken out of each.
    for words in found.text.splitlines():
        say(clean(words))
    for file in found.files:
        fault = f" Tas inte emot: {file.fault}" if file.fault else ""
        say(f"Bilaga: {clean(file.name)} ({file.size} byte).{fault}")


def _file(file: EnclosedFile) -> dict[str, object]:
    return {"name": file.name, "size": file.size, "fault": file.fault}


def _save(path: Path, raw: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(raw)
    except FileExistsError:
        raise BadInput(f"{path} finns redan. Välj ett annat namn.") from None
    except OSError as error:
        raise BadInput(f"{path} går inte att skriva ({error.strerror}).") from None
    say(f"Mejlet är sparat i {path}.")


def register(mail: typer.Typer) -> None:
    """Add the commands about what comes in to the group of mail."""
    add(
        mail,
        list_mails,
        "Visa mejl som har kommit in och väntar på någon.",
        "agenda mail list",
        "agenda mail list --all",
        name="list",
    )
    add(mail, show_mail, "Visa ett inkommet mejl som text.", "agenda mail show 7", name="show")
    add(
        mail,
        register_mail,
        "Registrera ett mejl som en organisations svar.",
        "agenda mail register 7",
        "agenda mail register 7 bracke inspel --kind declined",
        name="register",
    )
    add(
        mail,
        set_mail_aside,
        "Lägg ett mejl åt sidan som inte behöver något.",
        "agenda mail set-aside 7",
        name="set-aside",
    )
