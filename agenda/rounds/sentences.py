"""What is said of a round and its activities: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    name_taken=(
        "Det finns redan en omgång som heter {name}.",
        "There is a round called {name} already.",
    ),
    closed_already=("Omgång {name} är redan avslutad.", "Round {name} is over already."),
    paused_already=(
        "Utskicken i omgång {name} är redan pausade.",
        "Sending is paused already in round {name}.",
    ),
    not_paused=(
        "Utskicken i omgång {name} är inte pausade.",
        "Sending is not paused in round {name}.",
    ),
    no_round=(
        "Det finns ingen omgång som heter {name}. Det finns: {names}.",
        "There is no round called {name}. There are: {names}.",
    ),
    no_rounds=("inga", "none"),
    none_open=("Ingen omgång är igång.", "No round is under way."),
    several_open=("Flera omgångar är igång: {names}.", "Several rounds are under way: {names}."),
    not_asked=(
        "{name} är inte tillfrågad i aktiviteten {key}.",
        "{name} is not asked in the activity {key}.",
    ),
    no_activity=(
        "Omgång {name} har ingen aktivitet {key}. Den har: {keys}.",
        "Round {name} has no activity {key}. It has: {keys}.",
    ),
    several_organisations=(
        "Flera organisationer kan vara {key}. Välj en av: {keys}.",
        "Several organisations can be {key}. Choose one of: {keys}.",
    ),
    no_organisation=(
        "Omgång {name} har ingen organisation {key}. Den har: {keys}.",
        "Round {name} has no organisation {key}. It has: {keys}.",
    ),
    no_file=(
        "{key} har ingen fil som heter {name}. Den har: {names}.",
        "{key} has no file called {name}. It has: {names}.",
    ),
    no_files=("inga filer", "no files"),
    same_day=("Sista dag för {key} är redan {to}.", "The last day of {key} is {to} already."),
    before_it_starts=(
        "{key} börjar {starts_on}: {to} ligger före det.",
        "{key} starts {starts_on}: {to} is before that.",
    ),
    extension_too_short=(
        "Anståndet måste gå längre än sista dag för alla, {due_on}. Du angav {to}.",
        "The extension must go beyond the last day for all, {due_on}. You gave {to}.",
    ),
    extended_already=(
        "{name} har redan anstånd till {to}.",
        "{name} has an extension to {to} already.",
    ),
    no_step=(
        "{key} har inget steg {step}. Den har: {names}.",
        "{key} has no step {step}. It has: {names}.",
    ),
    held_already=("{step} hålls redan inne.", "{step} is held back already."),
    not_ahead=(
        "{step} i {key} är inget brev till de tillfrågade som ligger framåt.",
        "{step} in {key} is no letter to those who are asked that lies ahead.",
    ),
    nobody_gets_it=("Ingen kan få brevet nu. {why}", "Nobody can get the letter now. {why}"),
    nobody_to_remind=(
        "Alla som är tillfrågade i {key} har svarat.",
        "Everybody who is asked in {key} has answered.",
    ),
    and_more=("… och {count} till.", "… and {count} more."),
    words_too_long=(
        "Texten är {count} tecken. Den får vara högst {most}.",
        "The text is {count} characters. It may be {most} at most.",
    ),
    words_unseen=(
        "Texten har bara tecken som inte syns. Skriv något, eller töm rutan.",
        "The text has only signs that cannot be seen. Write something, or empty the field.",
    ),
    words_for_one=(
        "Egna ord gäller alla som får steget. Till {name} går det att skriva en personlig rad.",
        "Own words are for all who get the step. To {name} a personal line can be written.",
    ),
    words_as_before=("Det står redan så.", "It reads so already."),
    no_words_for_step=(
        "{step} i {key} är inget brev till de tillfrågade. Bara de breven kan få egna ord.",
        "{step} in {key} is no letter to those who are asked. Only those can have own words.",
    ),
    words_in_outbox=(
        "{count} brev ligger i utkorgen. De får den nya texten.",
        "{count} letters are in the outbox. They get the new text.",
    ),
    words_leaving=(
        "{count} brev är på väg just nu och kan gå med den gamla texten.",
        "{count} letters are on their way at this moment and may leave with the former text.",
    ),
    words_sent=(
        "{count} brev har redan gått och ändras inte.",
        "{count} letters have left already and do not change.",
    ),
    words_replaced=(
        "Det ersätter vad som skrevs {at}.",
        "It replaces what was written on {at}.",
    ),
    not_held=("{step} hålls inte inne.", "{step} is not held back."),
    day_passed=(
        "{to} har redan varit. Välj en dag från och med {today}.",
        "{to} has passed already. Choose a day from {today} on.",
    ),
    day_too_far=(
        "{to} ligger för långt fram. Välj en dag till och med {latest}.",
        "{to} is too far ahead. Choose a day no later than {latest}.",
    ),
    skipped_hour=(
        "Den {to} ställs klockan fram och blir aldrig {hour:%H:%M}, då {key} hålls. Välj en annan "
        "dag.",
        "On {to} the clock is put forward and is never {hour:%H:%M}, when {key} is held. Choose "
        "another day.",
    ),
    clash_day_off=("{day} är ingen arbetsdag ({why}).", "{day} is no working day ({why})."),
    clash_built_on=(
        "{title}, som den bygger på, ska vara klar först {when}.",
        "{title}, which it builds on, is not to be done before {when}.",
    ),
    clash_builds=("{title}, som bygger på den, {what}.", "{title}, which builds on it, {what}."),
    clash_meeting=("{title} är samma dag.", "{title} is on the same day."),
    clash_next=("{title}, som kommer därefter, {what}.", "{title}, which comes after it, {what}."),
    is_to_be_done=("ska vara klar {when}", "is to be done {when}"),
    begins=("börjar {day}", "starts {day}"),
    day_not_settled=(
        "senast {day} (dagen är inte bestämd)",
        "no later than {day} (the day is not settled)",
    ),
    standing_answered=("Svarat", "Answered"),
    standing_nothing_to_report=("Inget att framföra", "Nothing to put forward"),
    standing_declined=("Avstår", "Declines"),
    standing_not_yet=("Inte än", "Not yet"),
    standing_overdue=("Svar saknas", "Answer missing"),
    standing_no_address=("Saknar adress", "Has no address"),
    standing_bounced=("Adressen fungerar inte", "The address does not work"),
    draft_outdated=(
        "{who} har ändrat utkastet sedan du öppnade sidan. Det du skrev är inte sparat än, men "
        "står kvar här: se efter vad som gäller och spara igen.",
        "{who} has changed the draft since you opened the page. What you wrote is not saved yet, "
        "but still stands here: see what holds now and save again.",
    ),
    draft_discarded=("Utkastet är kastat.", "The draft has been thrown away."),
    draft_started=(
        "Omgången är redan startad med det här utkastet.",
        "The round has already been started with this draft.",
    ),
    draft_faulty=(
        "Planen har fel som måste rättas innan omgången startas: {faults}",
        "The plan has faults to be mended before the round is started: {faults}",
    ),
    plan_bygone=(
        "Planens alla dagar har redan varit, den sista {last}.",
        "Every day of the plan has been, the last on {last}.",
    ),
    starting_odd_contacts=(
        "Tillfrågas men saknar huvudkontakt och nås inte av något ({count}): {names}.",
        "Asked but without a main contact and reached by nothing ({count}): {names}.",
    ),
    starting_never_sent=(
        "Steg som inföll före i dag och aldrig skickas ({count}): {titles}.",
        "Steps that fell before today and are never sent ({count}): {titles}.",
    ),
    starting_examples=(
        "Adresser som bara är exempel och inte når någon ({count}): {addresses}.",
        "Addresses that are only examples and reach nobody ({count}): {addresses}.",
    ),
    starting_other_open=(
        "Omgången {name} är också igång.",
        "The round {name} is under way as well.",
    ),
)
