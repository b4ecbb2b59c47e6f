"""What is said of feeds: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    no_kind=(
        "Det finns ingen sorts aktivitet {kind}. Det finns: {kinds}.",
        "There is no kind of activity {kind}. There are: {kinds}.",
    ),
)
