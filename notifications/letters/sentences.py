"""When something is, and what a week brings, in letters: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    product=("påverkansagendan", "the advocacy agenda"),
    by=("senast {day}", "by {day}"),
    within=("under {quarter}", "in {quarter}"),
    not_settled=("{quarter}, dag inte bestämd", "{quarter}, day not settled"),
    until=("{first} till {last}", "{first} to {last}"),
    at_hours=(" kl. {hours}", " at {hours}"),
    foretold_more=("{names} och {count} till", "{names} and {count} more"),
    week_answers=(
        "{title}: {answered} av {asked} har svarat, sista dag {day}",
        "{title}: {answered} of {asked} have answered, last day {day}",
    ),
    week_mails=(
        "{day}: {count} brev om {title} ({label})",
        "{day}: {count} mails about {title} ({label})",
    ),
    week_mail_paused=(
        "Utskicken är pausade. Inget går ut förrän de startas igen",
        "Sending is paused. Nothing leaves until it is started again",
    ),
    week_wish=(
        "{name} ber om mer tid till {day}: {title}",
        "{name} asks for more time, to {day}: {title}",
    ),
    week_many_wish=("{count} ber om mer tid", "{count} ask for more time"),
    week_not_arrived=("Kom inte fram till {name}: {title}", "Did not reach {name}: {title}"),
    week_many_not_arrived=("{count} brev kom inte fram", "{count} mails did not arrive"),
    week_reply_by_mail=("Mejl från {name}: {title}", "E-mail from {name}: {title}"),
    week_many_reply_by_mail=(
        "{count} mejl från organisationer väntar på att läsas",
        "{count} e-mails from organisations wait to be read",
    ),
    week_unclaimed_mail=(
        "{of} mejl väntar som det inte framgår vems de är",
        "{of} e-mails wait of which it is not known whose they are",
    ),
    week_refused=(
        "{name}: adressen {title} tar inte emot e-post",
        "{name}: the address {title} takes no e-mail",
    ),
    week_many_refused=("{count} adresser tar inte emot e-post", "{count} addresses take no e-mail"),
    week_no_address=("{name} saknar adress och nås inte av något", "{name} has no address"),
    week_many_no_address=(
        "{count} organisationer saknar adress och nås inte av något",
        "{count} organisations have no address",
    ),
    week_late=("{name} svarade för sent: {title}", "{name} answered late: {title}"),
    week_many_late=("{count} svar kom för sent", "{count} answers came late"),
    week_missing=(
        "{of} har inte svarat fast sista dagen, {day}, har passerat: {title}",
        "{of} have not answered though the last day, {day}, has passed: {title}",
    ),
    week_many_missing=(
        "{count} aktiviteter saknar svar fast sista dagen har passerat",
        "{count} activities lack answers though the last day has passed",
    ),
    week_overdue=(
        "Skulle ha varit klart {day}: {title}",
        "Should have been done by {day}: {title}",
    ),
    week_many_overdue=("{count} aktiviteter är försenade", "{count} activities are overdue"),
    week_no_day=(
        "Dagen är inte bestämd, bara kvartalet som slutar {day}: {title}",
        "The day is not settled, only the quarter that ends on {day}: {title}",
    ),
    week_many_no_day=(
        "{count} aktiviteter har ingen bestämd dag",
        "{count} activities have no settled day",
    ),
)
