"""When something is, in letters: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    product=("påverkansagendan", "the advocacy agenda"),
    by=("senast {day}", "by {day}"),
    within=("under {quarter}", "in {quarter}"),
    not_settled=("{quarter}, dag inte bestämd", "{quarter}, day not settled"),
    until=("{first} till {last}", "{first} to {last}"),
    at_hours=(" kl. {hours}", " at {hours}"),
)
