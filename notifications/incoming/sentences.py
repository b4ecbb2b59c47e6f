"""What is said of mail that has come in: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    no_mail=(
        "Det finns inget inkommet mejl med nummer {number}.",
        "No mail with the number {number} has come in.",
    ),
    registered_already=(
        "Mejlet är redan registrerat som ett svar.",
        "The mail is registered as an answer already.",
    ),
    no_answer=(
        "Mejlet är ett besked från en e-postserver och inget svar.",
        "The mail is a notice from a mail server and no answer.",
    ),
    not_set_aside=("Mejlet är inte lagt åt sidan.", "The mail is not set aside."),
    settled_already=("Mejlet är redan hanterat.", "The mail is dealt with already."),
)
