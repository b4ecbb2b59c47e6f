"""Every command of `agenda` in the order of its help: the module it is in, and what it does."""

from typing import NamedTuple


class Entry(NamedTuple):
    """One command."""

    module: str
    """Of this package; loaded when the command is called."""
    summary: str
    """The first sentences of its help, in Swedish."""


COMMANDS = {
    "up": Entry("up", "Kör allt: Prefect, portalen, brevlådan. Ctrl-C avslutar."),
    "status": Entry(
        "rounds.status", "Visa vem som har svarat på vad, och var varje aktivitet står."
    ),
    "preview": Entry(
        "rounds.preview", "Visa vad som kommer att gå ut, när och till vem, som läget är nu."
    ),
    "explain": Entry(
        "rounds.explain", "Förklara varje steg för en organisation: varför det (inte) skickades."
    ),
    "answer": Entry("answers.answer", "Svar som har kommit in."),
    "activity": Entry(
        "activities.activity", "Planens aktiviteter: flytta sista dag, markera som klar."
    ),
    "extension": Entry("activities.activity", "Anstånd: en senare sista dag för en organisation."),
    "ballot": Entry("activities.course", "Omröstning, till exempel på workshopen."),
    "step": Entry("activities.step", "Håll inne ett steg som inte ska gå ut än."),
    "round": Entry("rounds.round", "Omgångar: en genomgång av en plan, till exempel ett års."),
    "plan": Entry("plan", "Planfiler: börja på en, kontrollera och visa."),
    "contacts": Entry("contacts", "Kontakter: vem som nås var."),
    "attend": Entry(
        "rounds.attend",
        "Gör omgångens arbete nu, utan Prefect: se efter vad som ska gå ut, och skicka det.",
    ),
    "mail": Entry("mail", "E-post: prova utskicken."),
    "outbox": Entry("outbox", "Brev som har skickats, väntar eller misslyckats."),
    "register": Entry("register", "Diariet: allt som har ändrats."),
    "calendar": Entry("calendar", "Kalendern."),
    "link": Entry("link", "De personliga länkarna."),
    "replay": Entry(
        "replay",
        "Kör hela planen på några sekunder och visa varje meddelande som skulle ha gått iväg. "
        "Samma kod som i skarp drift, på en tillfällig databas med en klocka som flyttas fram.",
    ),
    "backup": Entry("store", "Skriv en säkerhetskopia av databasen. Det går medan allt är igång."),
    "restore": Entry(
        "store", "Läs tillbaka en säkerhetskopia. Utskicken står sedan stilla tills du startar dem."
    ),
}
