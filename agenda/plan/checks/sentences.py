"""What does not go together in a plan file: Swedish first, then English."""

from collections.abc import Iterable
from functools import reduce

from agenda.words.sentence import Sentence, Sentences

SENTENCES = Sentences(
    key_used=(
        "nyckeln används redan på rad {line}; ge den ena en annan nyckel",
        "the key is used on line {line} already; give one of them another key",
    ),
    contact_twice=(
        "samma adress i samma roll står redan på rad {line}; ta bort en",
        "the same address in the same role stands on line {line} already; remove one",
    ),
    ways_to_date=(
        "skriv ”on” (en enda dag), eller ”starts_on” och ”due_on”, eller ”quarter” (2021-Q1); här "
        "står {given}",
        "write “on” (a single day), or “starts_on” and “due_on”, or “quarter” (2021-Q1); here "
        "stands {given}",
    ),
    neither=("ingetdera", "neither"),
    quoted=("”{name}”", "“{name}”"),
    and_also=("{first} och {last}", "{first} and {last}"),
    ends_first=(
        "sista dagen är före den första, {first}; ändra en av dem",
        "the last day is before the first, {first}; change one of them",
    ),
    no_such_activity=(
        "ingen aktivitet har den nyckeln. {meant}",
        "no activity has that key. {meant}",
    ),
    builds_on=("{first} bygger på {last}", "{first} builds on {last}"),
    circle=(
        "går i ring: {chain}; ta bort ett av leden",
        "goes in a circle: {chain}; remove one of the links",
    ),
    nobody_such=(
        "ingen organisation eller sorts organisation. {meant}",
        "no organisation nor kind of organisation. {meant}",
    ),
    area_no_key=(
        "området behöver minst en bokstav a–z eller siffra",
        "the area needs at least one letter a–z or figure",
    ),
    areas_apart=(
        "områdena har en egen plats i planen; skriv ”{name}:” för sig",
        "the areas have a place of their own in the plan; write “{name}:” by itself",
    ),
    field_twice=(
        "ett fält med nyckeln står redan på rad {line}; ge det ena en annan",
        "a field with the key stands on line {line} already; give one of them another",
    ),
    means_same=(
        "fältet på rad {line} betyder redan det; ett av dem ska betyda något annat",
        "the field on line {line} means that already; one of them is to mean something else",
    ),
    larger=(
        "”{low}” ({least}) är större än ”{high}” ({most}); ändra en av dem",
        "“{low}” ({least}) is larger than “{high}” ({most}); change one of them",
    ),
    later=(
        "”{low}” ({least}) är senare än ”{high}” ({most}); ändra en av dem",
        "“{low}” ({least}) is later than “{high}” ({most}); change one of them",
    ),
    unknown_list=("okänd lista. {meant}", "unknown list. {meant}"),
    not_both=(
        "skriv ”{first}” eller ”{other}”, inte båda",
        "write “{first}” or “{other}”, not both",
    ),
    no_options=(
        "alternativ saknas; räkna upp dem under ”{name}” eller ange en lista i ”{source}”",
        "options are missing; name them under “{name}” or give a list in “{source}”",
    ),
    option_twice=(
        "samma nyckel, ”{key}”, som raden {line}; ändra texten eller ge en ”key”",
        "the same key, “{key}”, as line {line}; change the text or give a “key”",
    ),
    on_itself=("ett fält kan inte bero på sig självt", "a field cannot depend on itself"),
    no_field_beside=(
        "det finns inget sådant fält bredvid. {meant}",
        "there is no such field beside it. {meant}",
    ),
    nothing_to_choose=(
        "fältet har inga alternativ att välja; ange ett av typen choice",
        "the field has no options to choose; give one of type choice",
    ),
    ring=(
        "fälten beror på varandra i ring ({circle}); bryt den",
        "the fields depend on each other in a circle ({circle}); break it",
    ),
    unknown_option=("okänt alternativ. {meant}", "unknown option. {meant}"),
    only_meetings=(
        "bara sorterna {meetings} har klockslag; ta bort raden",
        "only the kinds {meetings} have a time of day; remove the line",
    ),
    no_beginning=(
        "här står när det slutar men inte när det börjar; lägg till ”from_time”",
        "here stands when it ends but not when it begins; add “from_time”",
    ),
    ends_before=(
        "slutet ska vara efter början, {begins:%H:%M}; ändra en av dem",
        "the end is to be after the beginning, {begins:%H:%M}; change one of them",
    ),
    one_day_only=(
        "klockslag gäller en enda dag (”on”), inte flera; ta bort raden",
        "a time of day is for a single day (“on”), not several; remove the line",
    ),
    skipped=(
        "klockslaget finns inte {day}: då ställs klockan fram från 02:00 till 03:00; välj ett "
        "annat",
        "there is no such time on {day}: the clock is put forward from 02:00 to 03:00 then; "
        "choose another",
    ),
    steps_outside=(
        "stegens klockslag ({at:%H:%M}) ligger utanför tiden då något skickas "
        "({first:%H:%M}–{last:%H:%M}); ändra ”at” eller tiden",
        "the time of the steps ({at:%H:%M}) is outside the hours when anything is sent "
        "({first:%H:%M}–{last:%H:%M}); change “at” or the hours",
    ),
    ends_too_early=(
        "det som skrivs när allt gås igenom ({at:%H:%M}) kan inte gå ut samma dag; ändra till en "
        "tid därefter",
        "what is written when all is gone through ({at:%H:%M}) cannot leave the same day; change "
        "it to a time after that",
    ),
    step_to_nobody=(
        "gäller dem som tillfrågas, men ingen tillfrågas; lägg till ”asks” eller ta bort raden",
        "is for those who are asked, but nobody is; add “asks” or remove the line",
    ),
    form_for_nobody=(
        "ingen tillfrågas, så ingen får fylla i det; lägg till ”asks” eller ta bort det",
        "nobody is asked, so nobody can fill it in; add “asks” or remove it",
    ),
    nags_in_vain=(
        "aktiviteten stänger av sig själv efter sista dagen och kan inte markeras som klar, så "
        "det finns inget att påminna om; skriv closing: marked_done eller ta bort raden",
        "the activity closes by itself after the last day and cannot be marked as done, so there "
        "is nothing to remind of; write closing: marked_done or remove the line",
    ),
    closes_but_nags=(
        "aktiviteten skulle stänga av sig själv, men sorten påminner tills den markeras som klar; "
        "skriv steps: {{nags: false}} eller ta bort raden",
        "the activity would close by itself, but its kind reminds until it is marked as done; "
        "write steps: {{nags: false}} or remove the line",
    ),
    daily_in_vain=(
        "inget påminns om efter sista dagen; skriv nags: true eller ta bort raden",
        "nothing is reminded of after the last day; write nags: true or remove the line",
    ),
    two_invitations=(
        "inbjudan går ut {count} arbetsdagar före sista dagen (invitation_workdays_before), inte "
        "första dagen; skriv invitation_workdays_before: null eller ta bort raden",
        "the invitation goes out {count} workdays before the last day "
        "(invitation_workdays_before), not on the first day; write invitation_workdays_before: "
        "null or remove the line",
    ),
    invited_too_late=(
        "inbjudan skulle gå ut {day}, den första arbetsdagen, men sista dagen är {due_on}; börja "
        "tidigare eller sluta senare",
        "the invitation would go out on {day}, the first workday, but the last day is {due_on}; "
        "begin earlier or end later",
    ),
    reminded_in_vain=(
        "{count} arbetsdagar före sista dagen är inte efter inbjudan ({day}), så den påminnelsen "
        "skickas aldrig; ta bort den",
        "{count} workdays before the last day is not after the invitation ({day}), so that "
        "reminder is never sent; remove it",
    ),
    same_day=(
        "sista dagen är ingen arbetsdag, så 1 och 0 är samma dag; ta bort den ena",
        "the last day is no workday, so 1 and 0 are the same day; remove one of them",
    ),
    escalated_too_early=(
        "den som tillfrågats ska själv ha fått veta att svaret saknas, minst en arbetsdag innan "
        "någon annan får veta det: escalation_workdays_after ({days}) ska vara större än "
        "{overdue} i overdue_workdays_after",
        "whoever is asked is to be told that the answer is missing at least one workday before "
        "anybody else is: escalation_workdays_after ({days}) is to be larger than {overdue} in "
        "overdue_workdays_after",
    ),
    day_off=(
        "Sista dagen för {title}, {day}, är ingen arbetsdag ({why}).",
        "The last day of {title}, {day}, is no workday ({why}).",
    ),
    hour_twice=(
        "Klockan blir {at:%H:%M} två gånger {day}. ”{title}” räknas från den första, i sommartid.",
        "The clock is {at:%H:%M} twice on {day}. “{title}” is counted from the first, in summer "
        "time.",
    ),
    begins_too_early=(
        "”{title}” börjar {begins_on}, innan ”{earlier}”, som den bygger på, är slut {ends_on}.",
        "“{title}” begins on {begins_on}, before “{earlier}”, which it builds on, ends on "
        "{ends_on}.",
    ),
    asks_nobody=(
        "”{title}” vänder sig till {asks}, men planen har ingen sådan organisation. Läs in dem "
        "med: agenda contacts import FIL",
        "“{title}” is for {asks}, but the plan has no such organisation. Read them in with: "
        "agenda contacts import FIL",
    ),
    told_nothing=(
        "Inget steg i ”{title}” riktar sig till dem som tillfrågas, så de får inte veta det här "
        "ifrån. Skriv till exempel steps: {{invitation_workdays_before: 20}}.",
        "No step in “{title}” is for those who are asked, so they are not told of it from here. "
        "Write for instance steps: {{invitation_workdays_before: 20}}.",
    ),
    no_contact=(
        "{name} tillfrågas men saknar adress (en kontakt med rollen primary), så inget kan "
        "skickas dit.",
        "{name} is asked but has no address (a contact with the role primary), so nothing can be "
        "sent there.",
    ),
    asked_by_none=(
        "Ingen aktivitet vänder sig till {name} eller till sorten {kind}.",
        "No activity is for {name} or for the kind {kind}.",
    ),
)


def chained(key: str, names: Iterable[str]) -> Sentence:
    """Names in quotation marks, with a sentence's words between each and the next."""
    quoted = (SENTENCES("quoted", name=name) for name in names)
    return reduce(lambda first, last: SENTENCES(key, first=first, last=last), quoted)
