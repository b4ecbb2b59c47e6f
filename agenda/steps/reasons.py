"""Why a step is (not) sent to somebody, as one plain sentence in Swedish or English."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from agenda.steps.verdicts import Because, Status, Verdict
from agenda.workdays import STOCKHOLM, swedish_date

_SENTENCES: dict[tuple[Status, Because], dict[str, str]] = {
    (Status.DUE, Because.ITSELF): {
        "sv": "Ska skickas nu: steget inföll {step_at}.",
        "en": "To be sent now: the step fell due on {step_at}.",
    },
    (Status.DONE, Because.ITSELF): {
        "sv": "Skickades {at}.",
        "en": "Was sent on {at}.",
    },
    (Status.WAITING, Because.ITSELF): {
        "sv": "Väntar: skickas {step_at}, om det då fortfarande behövs.",
        "en": "Waiting: will be sent on {step_at}, if it is still needed then.",
    },
    (Status.WAITING, Because.FIRST_THE_ORGANISATION): {
        "sv": "Väntar: {who} ska själv först ha fått veta att svaret till {due_on} saknas.",
        "en": "Waiting: {who} is told first itself that the answer due on {due_on} is missing.",
    },
    (Status.ANSWERED, Because.ITSELF): {
        "sv": "Skickas inte: {who} svarade {at}.",
        "en": "Not sent: {who} answered on {at}.",
    },
    (Status.ANSWERED, Because.ALL_ANSWERED): {
        "sv": "Skickas inte: alla tillfrågade har svarat till {due_on}.",
        "en": "Not sent: everybody asked has answered by {due_on}.",
    },
    (Status.NOTHING_TO_REPORT, Because.ITSELF): {
        "sv": "Skickas inte: {who} svarade {at} att man inte har något att framföra.",
        "en": "Not sent: {who} answered on {at} that it has nothing to report.",
    },
    (Status.DECLINED, Because.ITSELF): {
        "sv": "Skickas inte: {who} avstod {at}.",
        "en": "Not sent: {who} declined on {at}.",
    },
    (Status.EXTENDED, Because.ITSELF): {
        "sv": "Skickas inte: {who} har anstånd till {on}, och steget gällde {due_on}.",
        "en": "Not sent: {who} has an extension to {on}, and the step was for {due_on}.",
    },
    (Status.SUPERSEDED, Because.NEWER_STEP): {
        "sv": "Skickas inte: steget {step_at} missades, och det från {at} skickas i stället.",
        "en": "Not sent: the step of {step_at} was missed, and the one of {at} is sent instead.",
    },
    (Status.SUPERSEDED, Because.TOLD_SINCE): {
        "sv": "Skickas inte: steget inföll {step_at}, och {who} fick ett senare besked {at}.",
        "en": "Not sent: the step fell due on {step_at}, and {who} was told later, on {at}.",
    },
    (Status.SUPERSEDED, Because.PASSED): {
        "sv": "Skickas inte: sista dagen, {due_on}, har passerat.",
        "en": "Not sent: the last day, {due_on}, has passed.",
    },
    (Status.SUPERSEDED, Because.MOVED): {
        "sv": "Skickas inte: sista dagen flyttades {at} från {due_on} till {on}.",
        "en": "Not sent: on {at} the last day was moved from {due_on} to {on}.",
    },
    (Status.HELD, Because.ITSELF): {
        "sv": "Hålls inne av samordnaren sedan {at}.",
        "en": "Held back by the coordinator since {at}.",
    },
    (Status.UNTRACKED, Because.ITSELF): {
        "sv": "Skickas inte: steget inföll {step_at}, innan omgången började följas {at}.",
        "en": "Not sent: the step fell on {step_at}, before the round was followed from {at}.",
    },
    (Status.NO_ADDRESS, Because.ITSELF): {
        "sv": "Kan inte skickas {step_at}: {who} saknar adress. Lägg till en kontakt.",
        "en": "Cannot be sent on {step_at}: {who} has no address. Add a contact.",
    },
    (Status.BOUNCED, Because.ITSELF): {
        "sv": "Kan inte skickas {step_at}: adressen till {who} tar inte emot e-post. Rätta den.",
        "en": "Cannot be sent on {step_at}: the address of {who} refuses mail. Correct it.",
    },
    (Status.CLOSED, Because.ROUND_CLOSED): {
        "sv": "Skickas inte: omgången avslutades {at}.",
        "en": "Not sent: the round was closed on {at}.",
    },
    (Status.CLOSED, Because.CANCELLED): {
        "sv": "Skickas inte: aktiviteten ställdes in {at}.",
        "en": "Not sent: the activity was cancelled on {at}.",
    },
    (Status.CLOSED, Because.ANSWERS_LOCKED): {
        "sv": "Skickas inte: svaren låstes {at}, när arbetet med dem började.",
        "en": "Not sent: the answers were locked on {at}, when the work with them began.",
    },
    (Status.CLOSED, Because.MARKED_DONE): {
        "sv": "Skickas inte: aktiviteten markerades som klar {at}.",
        "en": "Not sent: the activity was marked done on {at}.",
    },
}


def reason(verdict: Verdict, who: str, language: str) -> str:
    """The sentence behind a verdict; dates are Swedish ones, in words.

    Args:
        verdict: The verdict.
        who: The organisation's name, or who else the step speaks to.
        language: "sv" or "en".
    """
    step = verdict.step
    return _SENTENCES[verdict.status, verdict.because][language].format(
        who=who,
        step_at=_instant(step.at, language),
        at=_instant(verdict.at, language) if verdict.at else "",
        due_on=_day(step.due_on, language),
        on=_day(verdict.on, language) if verdict.on else "",
    )


def _day(day: date, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language)


def _instant(at: datetime, language: str) -> str:
    form = "d MMMM y 'kl.' HH.mm" if language == "sv" else "d MMMM y 'at' HH:mm"
    if at.astimezone(STOCKHOLM).time().isoformat() == "00:00:00":
        return _day(swedish_date(at), language)
    return format_datetime(at.astimezone(STOCKHOLM), form, locale=language)
