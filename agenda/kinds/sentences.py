"""What is said of the kinds' days and counts: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    count_twice=(
        "samma antal arbetsdagar står två gånger",
        "the same count of workdays stands twice",
    ),
    in_july=(
        "{title} ligger i juli, då många har semester.",
        "{title} is in July, when many are on holiday.",
    ),
    too_short=(
        "Samrådet {title} är {days} dagar, kortare än fyra veckor.",
        "The consultation {title} is {days} days, shorter than four weeks.",
    ),
)
