"""`agenda answer show` and `files`: what came in, read as a person would, and its files saved."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from agenda.forms.field import ReplyRow
from agenda.models import FormName
from agenda.replies.sent import Attachment, SentAnswer, attachments, sent_answer
from agenda.rounds.finding import find_activity, find_invitation, find_organisation
from agenda.storage.contents import octets_of
from portal.cli.answers.kinds import IN_WORDS
from portal.cli.answers.saving import Folder
from portal.cli.terminal.options import (
    ActivityKey,
    AsJson,
    OnlyActivity,
    OnlyOrganisation,
    OrganisationKey,
    RoundName,
    add,
)
from portal.cli.terminal.output import count, instant, progress_bar, say, show_json, size_in_words
from portal.cli.terminal.visit import looking

Version = Annotated[
    int | None,
    typer.Option("--version", metavar="N", min=1, help="Vilken version, annars den som gäller."),
]
Ballot = Annotated[bool, typer.Option("--ballot", help="Visa röstsedeln i stället för svaret.")]
Directory = Annotated[Path, typer.Argument(metavar="MAPP", help="Mappen; skapas om den saknas.")]


def show_answer(
    organisation: OrganisationKey,
    activity: ActivityKey,
    version: Version = None,
    is_ballot: Ballot = False,
    round_name: RoundName = None,
    as_json: AsJson = False,
) -> None:
    """Show one version of an answer, whole."""
    with looking(round_name) as (_, session, round_):
        invitation, _, _ = find_invitation(
            session, round_, organisation=organisation, activity=activity, locks=False
        )
        found = sent_answer(
            session,
            invitation,
            version=version,
            form=FormName.BALLOT if is_ballot else FormName.REPLY,
        )
    if as_json:
        show_json({"round": round_.name, "answer": _document(found)})
        return
    _say_head(found)
    _say_rows(found)
    if found.files:
        say()
        say("Filer", style="bold")
        for file in found.files:
            say(f"  {file.name} ({size_in_words(file.size)})")
        say("Spara dem med: agenda answer files MAPP")


def _say_head(found: SentAnswer) -> None:
    answer = found.answer
    say(f"{found.organisation.name}: {found.activity.title}", style="bold")
    kind = "Röstsedel" if answer.form is FormName.BALLOT else IN_WORDS[answer.kind.value]
    say(f"{kind}, version {answer.version}")
    late = ", för sent" if answer.is_late else ""
    say(f"Inkommet: {instant(answer.received_at)}{late}")
    say(f"Lämnat av: {_by(found)}")
    if answer.registry_no:
        say(f"Diarienummer: {answer.registry_no}")
    if answer.withdrawn_at is not None:
        say(f"Återkallat {instant(answer.withdrawn_at)}: det räknas inte längre.", style="red")


def _by(found: SentAnswer) -> str:
    answer = found.answer
    if answer.sent_by_id is None:
        return f"{answer.recorded_by}, som registrerade det {instant(answer.recorded_at)}"
    return found.sent_by or f"{found.organisation.name}, genom organisationens egen länk"


def _say_rows(found: SentAnswer) -> None:
    if found.answer.text:
        say()
        say(found.answer.text)
    for row in found.rows:
        indent = "  " * row.level
        if row.level < 2:
            say()
        say(f"{indent}{row.label}", style=None if row.text or row.files else "bold")
        for line in _lines(found, row):
            say(f"{indent}  {line}")


def _lines(found: SentAnswer, row: ReplyRow) -> list[str]:
    names = {number: file.name for number, file in found.in_rows.items()}
    files = [names.get(number, "en fil som inte finns kvar") for number in row.files]
    return [*row.text.splitlines(), *files]


def _document(found: SentAnswer) -> dict[str, Any]:
    answer = found.answer
    return {
        "organisation": found.organisation.key,
        "name": found.organisation.name,
        "activity": found.activity.key,
        "form": answer.form,
        "version": answer.version,
        "kind": answer.kind.value,
        "received_at": answer.received_at,
        "is_late": answer.is_late,
        "sent_by": _by(found),
        "registry_no": answer.registry_no,
        "withdrawn_at": answer.withdrawn_at,
        "text": answer.text,
        "rows": [
            {"label": row.label, "text": row.text, "level": row.level, "files": _lines(found, row)}
            if row.files
            else {"label": row.label, "text": row.text, "level": row.level}
            for row in found.rows
        ],
        "files": [
            {"name": file.name, "size": file.size, "sha256": file.sha256} for file in found.files
        ],
    }


def save_files(
    directory: Directory,
    activity: OnlyActivity = None,
    organisation: OnlyOrganisation = None,
    round_name: RoundName = None,
) -> None:
    """Save every file that came with an answer."""
    with looking(round_name) as (_, session, round_):
        row = find_activity(session, round_, activity) if activity else None
        whose = find_organisation(session, round_, organisation) if organisation else None
        found = attachments(
            session,
            round_,
            activity_id=row.id if row else None,
            organisation_id=whose.id if whose else None,
        )
        if not found:
            say("Inga filer har kommit in.")
            return
        written = _save_all(session, directory, found)
    left = len(found) - written
    say(f"{count(written, 'fil', 'filer')} sparade i {directory}.")
    if left:
        say(f"{count(left, 'fil', 'filer')} fanns där redan och är orörda.")


def _save_all(session: Any, directory: Path, found: Sequence[Attachment]) -> int:

    folder, written = Folder(directory), 0
    with progress_bar() as bars:
        bar = bars.add_task("Sparar filer", total=len(found))
        for attachment in found:
            octets = octets_of(session, attachment.file.sha256)
            saved = folder.save(attachment.honest_name, octets)
            written += saved.is_new
            if saved.is_new:
                say(f"{saved.path} ({size_in_words(attachment.file.size)})", above=bars)
            bars.advance(bar)
    return written


def register_under(answer: typer.Typer) -> None:
    """Add the commands to those about answers."""
    add(
        answer,
        show_answer,
        "Läs ett svar: vad som fylldes i, när det kom, vem som lämnade det och vilka filer.",
        "agenda answer show bracke inspel",
        "agenda answer show bracke inspel --version 1",
        name="show",
    )
    add(
        answer,
        save_files,
        "Spara alla filer som kom med svaren i en mapp. Skriver aldrig över något.",
        "agenda answer files inkomna",
        "agenda answer files inkomna --activity inspel --organisation bracke",
        name="files",
    )
