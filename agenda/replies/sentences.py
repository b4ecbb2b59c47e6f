"""What is said of replies and of more time for them: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    file_gone=("Filen finns inte längre.", "The file is no longer there."),
    state_locked=(
        "Svaren är låsta, eftersom arbetet med dem har börjat.",
        "The answers are locked, because the work with them has begun.",
    ),
    state_not_open=("Omröstningen har inte öppnat än.", "The vote has not been opened yet."),
    state_ended=("Aktiviteten är avslutad.", "The activity has ended."),
    no_version=(
        "{name} har ingen version {version} av något svar i {key}.",
        "{name} has no version {version} of any answer in {key}.",
    ),
    no_answer=("{name} har inget svar i {key}.", "{name} has no answer in {key}."),
    later_day=("Välj en dag efter {day}.", "Choose a day after {day}."),
    no_reason=("Skriv varför ni behöver mer tid.", "Write why you need more time."),
    asked_already=(
        "Ni har redan bett om anstånd. Vänta på samordnarens svar.",
        "You have asked for more time already. Wait for the coordinator’s reply.",
    ),
    nothing_to_decide=(
        "Det finns ingen begäran om anstånd att svara på.",
        "There is no request for more time to reply to.",
    ),
    ballot_open_already=(
        "Omröstningen i {key} är redan öppen.",
        "The vote in {key} is open already.",
    ),
    ballot_not_open=("Omröstningen i {key} är inte öppen.", "The vote in {key} is not open."),
    received_ahead=(
        "Svaret kan inte ha kommit in i framtiden. Rätta datumet för när det kom.",
        "The answer cannot have come in the future. Correct the date when it came.",
    ),
    another_came=(
        "Ett annat svar har kommit in sedan sidan öppnades. Läs det först. Ska det här ersätta "
        "det registrerar du igen.",
        "Another answer has come in since the page was opened. Read it first. If this one is to "
        "take its place, register it again.",
    ),
    empty=("Ett svar behöver en text eller en fil.", "An answer needs a text or a file."),
    registry_no=(
        "Skriv ett diarienummer på högst {most} tecken.",
        "Write a registry number of at most {most} characters.",
    ),
    none_to_number=(
        "Det finns inget svar att ge ett diarienummer.",
        "There is no answer to give a registry number.",
    ),
    none_to_withdraw=("Det finns inget svar att återkalla.", "There is no answer to withdraw."),
    not_answered=("{names} har inte svarat.", "{names}: no answer yet."),
    several=("{names} och {last}", "{names} and {last}"),
    extension_in_vain=(
        "{name} har anstånd till {until}, som då inte hjälper.",
        "{name} has an extension to {until}, which is then of no help.",
    ),
    waits_for_decision=(
        "{name} har bett om anstånd till {until} och väntar på besked.",
        "{name} has asked for more time, until {until}, and waits for a decision.",
    ),
    draft_not_sent=(
        "{name} har ett utkast från {day} som inte är skickat.",
        "{name} has a draft of {day} that has not been sent in.",
    ),
)
