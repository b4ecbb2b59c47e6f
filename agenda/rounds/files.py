"""Files that go with an activity: what those who are asked need to read."""

from sqlmodel import Session, col, select

from agenda.attachments import CheckedFile, check_room, safe_name
from agenda.models import Activity, ActivityFile, FileContent, identity
from agenda.register import By, What, record, subject_of
from agenda.rounds.sentences import SENTENCES
from agenda.storage.contents import keep
from agenda.words.errors import NotFound


def attach_file(
    session: Session,
    activity: Activity,
    file: CheckedFile,
    *,
    content: bytes,
    by: By,
) -> ActivityFile:
    """Attach a file; one of the same name that is there gives way to it.

    Raises:
        RefusedFile: there are too many, or they are too much together.
    """
    listed = listed_files(session, identity(activity))
    check_room(file, [(name, size) for _, name, size in listed if name != file.name])
    former = [one for one in files_of(session, activity) if one.name == file.name]
    for one in former:
        one.removed_at = by.at
        session.add(one)
    made = ActivityFile(
        activity_id=identity(activity),
        name=file.name,
        media_type=file.media_type,
        sha256=keep(session, content),
        attached_at=by.at,
        attached_by=str(by.actor),
    )
    session.add(made)
    session.flush()
    record(
        session, by, What.FILE_ATTACHED, subject_of(activity), after=f"{made.name}, {made.sha256}"
    )
    return made


def remove_file(session: Session, activity: Activity, *, name: str, by: By) -> None:
    """Take a file away from those who are asked; it is kept.

    Raises:
        NotFound: the activity has no such file; lists those it has.
    """
    present = files_of(session, activity)
    found = next((file for file in present if file.name == safe_name(name)), None)
    if found is None:
        names = ", ".join(file.name for file in present) or SENTENCES("no_files")
        raise NotFound(SENTENCES("no_file", key=activity.key, name=name, names=names))
    found.removed_at = by.at
    session.add(found)
    record(
        session, by, What.FILE_REMOVED, subject_of(activity), after=f"{found.name}, {found.sha256}"
    )


def files_of(session: Session, activity: Activity) -> list[ActivityFile]:
    """The files that go with an activity, oldest first."""
    return list(
        session.exec(
            select(ActivityFile)
            .where(ActivityFile.activity_id == activity.id, col(ActivityFile.removed_at).is_(None))
            .order_by(col(ActivityFile.id))
        )
    )


def listed_files(session: Session, activity_id: int) -> list[tuple[int, str, int]]:
    """The files that are there: each one's id, name and size in bytes."""
    query = (
        select(ActivityFile.id, ActivityFile.name, FileContent.size)
        .join(FileContent)
        .where(ActivityFile.activity_id == activity_id, col(ActivityFile.removed_at).is_(None))
        .order_by(col(ActivityFile.id))
    )
    return [
        (number, name, size) for number, name, size in session.exec(query) if number is not None
    ]
