"""What is said of the region's own people: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    no_person=(
        "Det finns ingen eller flera som {who} passar in på. De som finns: {names}",
        "There is nobody, or several, whom {who} fits. There are: {names}",
    ),
    say_who=("Säg vem det gäller. De som finns: {names}", "Say who is meant. There are: {names}"),
    nobody=("ingen", "nobody"),
    no_name=(
        "Skriv ett namn: det är vad diariet kallar personen.",
        "Give a name: it is what the register calls the person.",
    ),
    no_address=("{written} är ingen e-postadress.", "{written} is no e-mail address."),
    what_stands_there=("Det som står där", "What stands there"),
    anothers_address=(
        "{address} är {name}s adress. Var och en har en egen.",
        "{address} is the address of {name}. Each has one of their own.",
    ),
    last_coordinator=(
        "{name} är den enda som samordnar {round}. Lägg till en till först.",
        "{name} alone coordinates {round}. Add one more first.",
    ),
    last_to_start=(
        "{name} är den enda som får starta omgångar. Låt en till få det först.",
        "{name} alone may start rounds. Let one more do so first.",
    ),
)
