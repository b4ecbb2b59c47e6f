"""Every command of `agenda` in the order of its help: the module it is in, and what it does."""

from typing import NamedTuple


class CommandEntry(NamedTuple):
    """One command."""

    module: str
    """Of this package; loaded when the command is called."""
    summary: str
    """The first sentences of its help, in Swedish."""


COMMANDS = {
    "up": CommandEntry("up", "Kör allt: Prefect, portalen, brevlådan. Ctrl-C avslutar."),
    "status": CommandEntry(
        "rounds.status", "Visa vem som har svarat på vad, och var varje aktivitet står."
    ),
    "preview": CommandEntry(
        "rounds.preview", "Visa vad som kommer att gå ut, när och till vem, som läget är nu."
    ),
    "explain": CommandEntry(
        "rounds.explain", "Förklara varje steg för en organisation: varför det (inte) skickades."
    ),
    "answer": CommandEntry("answers.answer", "Svar som har kommit in."),
    "activity": CommandEntry(
        "activities.activity", "Planens aktiviteter: flytta sista dag, markera som klar."
    ),
    "extension": CommandEntry(
        "activities.activity", "Anstånd: en senare sista dag för en organisation."
    ),
    "ballot": CommandEntry("activities.course", "Omröstning, till exempel på workshopen."),
    "step": CommandEntry("activities.step", "Håll inne ett steg, eller skicka det i förväg."),
    "round": CommandEntry(
        "rounds.round", "Omgångar: en genomgång av en plan, till exempel ett års."
    ),
    "plan": CommandEntry("plan", "Planfiler: börja på en, kontrollera och visa."),
    "contacts": CommandEntry("contacts", "Kontakter: vem som nås var."),
    "attend": CommandEntry(
        "rounds.attend",
        "Gör omgångens arbete nu, utan Prefect: se efter vad som ska gå ut, och skicka det.",
    ),
    "mail": CommandEntry("mail", "E-post: prova utskicken, och ta hand om det som kommer in."),
    "outbox": CommandEntry("outbox", "Brev som har skickats, väntar eller misslyckats."),
    "register": CommandEntry("register", "Diariet: allt som har ändrats."),
    "calendar": CommandEntry("calendar", "Kalendern."),
    "person": CommandEntry("person", "Vilka som får logga in på samordnarens bord."),
    "link": CommandEntry("link", "De personliga länkarna."),
    "replay": CommandEntry(
        "replay",
        "Kör hela planen på några sekunder och visa varje meddelande som skulle ha gått iväg. "
        "Samma kod som i skarp drift, på en tillfällig databas med en klocka som flyttas fram.",
    ),
    "backup": CommandEntry(
        "store", "Skriv en säkerhetskopia av databasen. Det går medan allt är igång."
    ),
    "restore": CommandEntry(
        "store", "Läs tillbaka en säkerhetskopia. Utskicken står sedan stilla tills du startar dem."
    ),
}
