"""What is said where a round is made ready and started. Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    # Beginning
    new_round=("Ny omgång", "New round"),
    new_round_lead=(
        "Gör i ordning en omgång här: välj vad den ska utgå från, ändra det som ska ändras och "
        "starta den när allt stämmer. Inget skickas förrän du startar den.",
        "Make a round ready here: choose what it is to begin from, change what is to be changed, "
        "and start it when all is right. Nothing is sent until you start it.",
    ),
    draft=("Utkastet", "The draft"),
    drafts=("Påbörjade omgångar", "Rounds being made ready"),
    draft_changed=("ändrad av {who} {at}", "changed by {who} {at}"),
    begin_another=("Börja en ny", "Begin a new one"),
    begin_from=("Vad ska den utgå från?", "What is it to begin from?"),
    way_bundled=(
        "Planen som följer med: Region Jämtland Härjedalens tolv aktiviteter och åtta kommuner",
        "The product's own plan: the region's twelve activities and eight municipalities",
    ),
    way_round=(
        "En tidigare omgång: samma plan och kontakter, ett år senare",
        "An earlier round: the same plan and contacts, a year later",
    ),
    way_file=("En planfil", "A plan file"),
    no_way=("Välj vad omgången ska utgå från.", "Choose what the round is to begin from."),
    which_round=("Vilken omgång?", "Which round?"),
    no_round_chosen=("Välj en omgång som finns.", "Choose a round that there is."),
    plan_file=("Planfilen", "The plan file"),
    no_plan_file=("Välj en planfil.", "Choose a plan file."),
    first_day=("Första dagen", "The first day"),
    first_day_help=(
        "Planen flyttas så att den börjar den veckan. Varje dag behåller sin veckodag, och sista "
        "dagar på en helgdag går till nästa arbetsdag. Lämnas fältet tomt blir det nästa år; den "
        "medföljande planen börjar då {day}. En planfil behåller då sina dagar.",
        "The plan is moved so as to begin in that week. Every day keeps its weekday, and last days "
        "on a holiday go to the next working day. Left empty it will be the next year; the plan "
        "that comes with the product then begins on {day}. A plan file then keeps its days.",
    ),
    begin=("Börja", "Begin"),
    nothing_started_yet=(
        "Omgången startas inte än, och inget skickas.",
        "The round is not started yet, and nothing is sent.",
    ),
    # On every page of a draft
    draft_plan=("Planen", "The plan"),
    draft_head=("Namn, personer och texter", "Name, people and texts"),
    draft_asked=("Tillfrågade", "Who is asked"),
    draft_contacts=("Kontakter", "Contacts"),
    draft_rehearse=("Öva", "Rehearse"),
    draft_start=("Starta omgången", "Start the round"),
    not_saved=("Inte sparat. Rätta det här först:", "Not saved. Put this right first:"),
    draft_done_saved=("Sparat.", "Saved."),
    draft_done_begun=(
        "Planen är hämtad. Gå igenom den, ändra det som ska ändras och starta sedan omgången.",
        "The plan is here. Go through it, change what is to be changed, then start the round.",
    ),
    draft_done_removed=("Aktiviteten är borttagen.", "The activity is taken away."),
    draft_done_added=(
        "Aktiviteten är tillagd, med de brev som dess sort har. Ändra det som ska ändras.",
        "The activity is added, with the letters that its kind has. Change what is to be changed.",
    ),
    draft_done_moved=("Hela planen är flyttad.", "The whole plan is moved."),
    draft_done_contacts=("Kontakterna är inlästa.", "The contacts are taken in."),
    # The plan
    draft_lead=(
        "Omgång {name}. Samordnare i breven: {coordinator}. Organisationer: {count}, med "
        "kontakter: {reached}.",
        "Round {name}. Coordinator in the letters: {coordinator}. Organisations: {count}, with "
        "contacts: {reached}.",
    ),
    draft_table=(
        "Aktiviteter i den ordning de börjar: {count}",
        "Activities in the order they begin: {count}",
    ),
    plan_is_faulty=(
        "Planen har fel som måste rättas innan omgången kan startas.",
        "The plan has faults to be mended before the round can be started.",
    ),
    is_wrong=("Fel:", "Wrong:"),
    is_odd=("Att tänka på:", "To consider:"),
    odd_in_plan=("Att tänka på i planen", "To consider in the plan"),
    next_workday=("Flytta till {day}", "Move to {day}"),
    whom_asked=("Tillfrågade", "Asked"),
    add_activity=("Lägg till en aktivitet", "Add an activity"),
    save_plan_file=("Spara som planfil", "Save as a plan file"),
    discard_draft=("Kasta utkastet", "Throw the draft away"),
    ask_discard=(
        "Kasta utkastet till omgång {name}? Det går inte att ångra. Spara det som planfil först om "
        "du kan behöva det.",
        "Throw the draft of round {name} away? It cannot be undone. Save it as a plan file first "
        "if you may need it.",
    ),
    move_all=("Flytta hela planen", "Move the whole plan"),
    move_all_help=(
        "Planen börjar den veckan, och varje dag behåller sin veckodag. Sista dagar på en helgdag "
        "går till nästa arbetsdag.",
        "The plan begins in that week, and every day keeps its weekday. Last days on a holiday go "
        "to the next working day.",
    ),
    # An activity
    add_activity_lead=(
        "Sorten bestämmer vilka brev som går ut om inget annat sägs.",
        "The kind settles which letters leave unless something else is said.",
    ),
    kind_of_activity=("Sort", "Kind"),
    no_kind_chosen=("Välj en sort.", "Choose a kind."),
    title_of_activity=("Vad den heter", "What it is called"),
    description=("Beskrivning", "Description"),
    description_help=("Står i breven och på sidorna.", "Stands in the letters and on the pages."),
    first_day_of=("Första dagen", "The first day"),
    last_day_of=("Sista dagen", "The last day"),
    last_day_help=(
        "Räknas hel. Tom om det är en enda dag.",
        "Counts in full. Empty if it is a single day.",
    ),
    quarter_of=("Eller ett kvartal", "Or a quarter"),
    quarter_help=(
        "Om dagen inte är bestämd än, till exempel 2027-Q1. Då gäller inte dagarna.",
        "If the day is not settled yet, such as 2027-Q1. The days then do not count.",
    ),
    no_quarter=(
        "Skriv kvartalet som 2027-Q1, eller lämna fältet tomt.",
        "Give the quarter as 2027-Q1, or leave the field empty.",
    ),
    no_number_of_days=(
        "Skriv hela antal arbetsdagar, till exempel 10, 5, 1.",
        "Give whole numbers of working days, such as 10, 5, 1.",
    ),
    from_time=("Börjar klockan", "Begins at"),
    until_time=("Slutar klockan", "Ends at"),
    hour_help=("Till exempel 13:00. Kan lämnas tomt.", "Such as 13:00. Can be left empty."),
    builds_on=("Bygger på", "Builds on"),
    asked_help=(
        "Ingen ikryssad: arbetet är internt, och ingen utanför får brev om det.",
        "None ticked: the work is internal, and nobody outside gets letters about it.",
    ),
    all_of_kind=("Alla av sorten {kind}", "All of the kind {kind}"),
    kind_municipality=("kommun", "municipality"),
    kind_consultee=("remissinstans", "consultee"),
    kind_body=("organ", "body"),
    letters_about_it=("Brev och påminnelser", "Letters and reminders"),
    ladder_lead=(
        "Allt räknas i arbetsdagar från sista dagen. Flera skrivs med komma emellan.",
        "All is counted in working days from the last day. Several are written with commas.",
    ),
    step_opens=("Bjud in dem första dagen", "Invite them on the first day"),
    step_invitation=(
        "Eller bjud in dem så här långt före sista dagen",
        "Or invite them so long before the last day",
    ),
    step_invitation_help=("Tomt om inbjudan går första dagen.", "Empty if they are on the first."),
    step_reminders=("Påminn dem som inte har svarat", "Remind those who have not answered"),
    step_reminders_help=(
        "Arbetsdagar före sista dagen, till exempel 10, 5, 1.",
        "Working days before the last day, such as 10, 5, 1.",
    ),
    step_overdue=(
        "Säg att svar saknas, arbetsdagar efter sista dagen",
        "Say that the answer is missing, working days after the last day",
    ),
    step_escalation=(
        "Skriv till deras kontakt för eskalering, arbetsdagar efter sista dagen",
        "Write to their contact for escalation, working days after the last day",
    ),
    step_closes=(
        "Säg till samordnaren när tiden har gått ut",
        "Tell the coordinator when the time is up",
    ),
    step_internal=(
        "Påminn den som ansvarar hos oss, arbetsdagar före sista dagen",
        "Remind whoever is responsible here, working days before the last day",
    ),
    step_nags=(
        "Påminn den ansvariga också efter sista dagen, tills det är klart",
        "Remind whoever is responsible after the last day too, until it is done",
    ),
    step_nags_daily=("Så många arbetsdagar dagligen, sedan varje vecka", "So many days daily"),
    when_over=("När är den över?", "When is it over?"),
    closing_deadline=("När sista dagen har varit", "When the last day has been"),
    closing_marked_done=("När någon markerar den som klar", "When somebody marks it as done"),
    responsible_help=("Tomt: samordnaren ansvarar.", "Empty: the coordinator is responsible."),
    change_form=("Ändra formuläret (frågor: {count})", "Change the form (questions: {count})"),
    remove_activity=("Ta bort aktiviteten", "Take the activity away"),
    ask_remove_activity=(
        "Ta bort aktiviteten ur planen? Den får läggas till på nytt om den behövs.",
        "Take the activity out of the plan? It has to be added anew if it is needed.",
    ),
    builds_on_it=(
        "De här bygger på den, och gör det inte längre: {names}.",
        "These build on it, and will do so no longer: {names}.",
    ),
    # A form
    form_of=("Formuläret", "The form"),
    form_lead=(
        "Det här fyller de som tillfrågas i. Ändra orden, ordningen och vad som krävs, ta bort "
        "eller lägg till en fråga.",
        "This is what those who are asked fill in. Change the words, the order and what is "
        "required, take a question away or add one.",
    ),
    question=("Frågan", "The question"),
    question_en=("Frågan på engelska", "The question in English"),
    help_text=("Förklaring", "Explanation"),
    help_text_en=("Förklaringen på engelska", "The explanation in English"),
    in_english=("På engelska", "In English"),
    order=("Plats i ordningen", "Place in the order"),
    is_required=("Måste fyllas i", "Must be filled in"),
    take_away=("Ta bort", "Take away"),
    take_away_who=("Ta bort {name}", "Take {name} away"),
    in_each_row=("i varje rad", "in each row"),
    new_field=("En fråga till", "One more question"),
    several_lines=("Svaret får ha flera rader", "The answer may have several lines"),
    no_fields=("Formuläret har inga frågor än.", "The form has no questions yet."),
    type_short_text=("En rad text", "One line of text"),
    type_long_text=("Text i flera rader", "Text of several lines"),
    type_choice=("Ett val", "A choice"),
    type_number=("Ett tal", "A number"),
    type_score=("Ett betyg", "A score"),
    type_date=("Ett datum", "A date"),
    type_amount_sek=("Ett belopp", "An amount"),
    type_file=("Filer", "Files"),
    type_points=("Poäng att fördela", "Points to distribute"),
    type_group=("Rader som läggs till", "Rows to be added"),
    type_table=("En tabell", "A table"),
    # The plan as a whole
    head_namn=("Omgångens namn", "The round's name"),
    head_titel=("Vad arbetet heter i breven", "What the work is called in letters"),
    head_dokument=("Vad planens dokument heter", "What the plan's document is called"),
    head_uppdrag=("Uppdraget", "The task"),
    head_styrgrupp=("Styrgrupp", "Steering group"),
    head_referensgrupper=("Referensgrupper", "Reference groups"),
    head_samordnare=("Samordnare", "Coordinator"),
    head_ansvarig=("Ansvarig för arbetet", "Responsible for the work"),
    about_samordnare=(
        "Står i breven, och får svaren på dem och besked om allt som händer.",
        "Stands in the letters, gets the replies to them, and is told of all that happens.",
    ),
    about_ansvarig=("Står i planen.", "Stands in the plan."),
    head_part_namn=("Namn", "Name"),
    head_part_epost=("E-postadress", "E-mail address"),
    head_part_befattning=("Befattning", "Position"),
    head_part_telefon=("Telefon", "Telephone"),
    head_areas=("Områden som en fråga kan höra till", "Areas that a proposal can belong to"),
    one_a_line=("Ett på varje rad.", "One on each line."),
    head_closed=("Dagar då ni har stängt", "Days on which you are closed"),
    head_closed_help=(
        "Utöver helger och röda dagar, en på varje rad: 2027-05-07.",
        "Besides weekends and holidays, one on each line: 2027-05-07.",
    ),
    no_such_days=("Det här är inga dagar: {days}.", "These are no days: {days}."),
    head_sending=("När brev går ut", "When letters leave"),
    head_klockan=("Klockslag för de daterade breven", "Time of day of the dated letters"),
    head_tidigast=("Tidigast", "At the earliest"),
    head_senast=("Senast", "At the latest"),
    head_workdays_only=("Bara på arbetsdagar", "On working days only"),
    # Who is asked
    draft_asked_lead=(
        "Organisationerna i omgången. Vilka en aktivitet frågar väljs på aktivitetens egen sida.",
        "The organisations of the round. Whom an activity asks is chosen on its own page.",
    ),
    asked_in=("Tillfrågas i", "Asked in"),
    one_more=("En organisation till", "One more organisation"),
    kind_of_organisation=("Sort", "Kind"),
    language_of_letters=("Språk i breven", "Language of the letters"),
    language_sv=("svenska", "Swedish"),
    language_en=("engelska", "English"),
    see_contacts=("Se vad som ändras", "See what changes"),
    ask_contacts_of_draft=("Läsa in de här kontakterna?", "Take in these contacts?"),
    take_in_contacts=("Läs in", "Take in"),
    carry_over=("Ta över kontakterna", "Carry the contacts over"),
    carry_over_lead=(
        "Varje organisation får de kontakter som den hade i omgången. De som inte fanns med där, "
        "eller inte hade några, behåller sina.",
        "Every organisation gets the contacts it had in the round. Those that were not in it, or "
        "had none, keep theirs.",
    ),
    # Starting
    start_lead=(
        "När omgång {name} är startad går breven ut enligt planen. Planens dagar kan flyttas också "
        "då, men vilka aktiviteter och frågor den har ligger fast.",
        "Once round {name} is started its letters leave by the plan. Its days can be moved then "
        "too, but which activities and questions it has stays as it is.",
    ),
    coordinates=("Samordnar på bordet", "Coordinates at the desk"),
    letters_say=("Samordnare i breven", "Coordinator in the letters"),
    first_activity=("Börjar", "Begins"),
    act_start_round=("Starta omgången", "Start the round"),
    ask_start_round=(
        "Starta omgång {name}? Det här händer då:",
        "Start round {name}? This then happens:",
    ),
    first_letters=("Det första som går ut", "What leaves first"),
    all_letters=(
        "Allt som är planerat (tillfällen: {count})",
        "All that is planned (times: {count})",
    ),
    do_start_round=("Starta omgången", "Start the round"),
    # Rehearsing
    rehearse_lead=(
        "Kör hela omgången på låtsas, med den här planen och en klocka som går fort. Ingenting "
        "skickas, och ingenting i de riktiga omgångarna ändras.",
        "Run the whole round for practice, with this plan and a clock that runs fast. Nothing is "
        "sent, and nothing in the real rounds changes.",
    ),
    rehearse_how=("Så svarar de tillfrågade", "How those asked answer"),
    answering_in_time=("Alla svarar i tid", "Everybody answers in time"),
    answering_some_late=("Några svarar sent, några inte alls", "Some answer late, some not at all"),
    answering_nobody=("Ingen svarar", "Nobody answers"),
    about_answering_in_time=(
        "Alla som har kontakter svarar i tid, utspritt över tiden de har på sig.",
        "Everybody who has contacts answers in time, spread over the time they have.",
    ),
    about_answering_some_late=(
        "Av dem som har kontakter svarar den första i tid, den andra fyra dagar för sent och den "
        "tredje inte alls, och så vidare.",
        "Of those who have contacts the first answers in time, the second four days late and the "
        "third not at all, and so on.",
    ),
    about_answering_nobody=(
        "Ingen av de tillfrågade svarar.",
        "None of those who are asked answer.",
    ),
    about_own_work=(
        "De som saknar kontakter får inga brev och svarar inte. Det ni gör själva markeras som "
        "klart på sin sista dag.",
        "Those without contacts get no letters and do not answer. What you do yourselves is "
        "marked done on its last day.",
    ),
    rehearsal_faulty=(
        "Planen kan inte övas förrän de här felen är rättade:",
        "The plan cannot be rehearsed before these faults are mended:",
    ),
    rehearsal_takes=(
        "Det tar några sekunder, längre ju fler som är tillfrågade.",
        "It takes a few seconds, longer the more are asked.",
    ),
    rehearsal_waits=(
        "Någon annan övar just nu. Den här övningen börjar när den är klar.",
        "Somebody else is rehearsing just now. This rehearsal begins when that is done.",
    ),
    rehearsal_runs=("Övar: {percent} % av året har gått.", "Rehearsing: {percent} % of the year."),
    rehearsal_reloads=(
        "Sidan hämtas om av sig själv varannan sekund tills övningen är klar.",
        "The page loads again by itself every other second until the rehearsal is done.",
    ),
    reload=("Hämta sidan nu", "Load the page now"),
    stay_still=("Sluta hämta om av sig själv", "Stop loading by itself"),
    rehearsal_failed=(
        "Övningen avbröts av ett fel i programmet. Felet står i loggen. Utkastet är oförändrat. "
        "Försök igen, och säg till den som sköter installationen om det händer på nytt.",
        "The rehearsal was cut short by a fault in the program. The fault is in the log. The draft "
        "is unchanged. Try again, and tell whoever looks after the installation if it recurs.",
    ),
    rehearsals_many=(
        "Flera övningar väntar redan på sin tur. Försök igen om en stund.",
        "Several rehearsals are waiting for their turn already. Try again in a while.",
    ),
    rehearsed_day=("Kvällen {day}", "The evening of {day}"),
    clock_forward=("Dra fram klockan", "Pull the clock forward"),
    rehearse_day=("Dag", "Day"),
    to_next_event=("Nästa händelse, {day}", "Next event, {day}"),
    a_week_on=("En vecka fram", "A week on"),
    to_the_end=("Till slutet", "To the end"),
    to_the_beginning=("Från början", "From the beginning"),
    rehearsal_over=("Här slutar övningen.", "The rehearsal ends here."),
    rehearsal_left_open=(
        "Den ansvariga påminns sedan varje vecka, så länge ingen markerar det som klart, om: "
        "{titles}",
        "Whoever is responsible is then reminded every week, until it is marked done, of: {titles}",
    ),
    gone_out=("Det här har gått ut", "This has gone out"),
    gone_out_since=(
        "{count} brev efter {after}, {total} sedan början",
        "{count} letters after {after}, {total} since the beginning",
    ),
    gone_out_in_all=("{total} brev sedan början", "{total} letters since the beginning"),
    nothing_gone_out=("Inget brev har gått ut.", "No letter has gone out."),
    all_since_beginning=("Visa alla sedan början", "Show all since the beginning"),
    letter_to=("Till: {name}, {address}", "To: {name}, {address}"),
    stand_in_for_link=(
        "Den personliga länken visas inte; en adress står i dess ställe.",
        "The personal link is not shown; an address stands in for it.",
    ),
    # Who may
    who_may_start=("Vilka som får starta omgångar", "Who may start rounds"),
    who_may_start_lead=("Alla som kan logga in", "Everybody who can sign in"),
    may_start=("Får starta", "May start"),
    may_start_of=("{name} får starta omgångar", "{name} may start rounds"),
    yes=("ja", "yes"),
    no=("nej", "no"),
    give_start=("Låt starta", "Let start"),
    withdraw_start=("Ta tillbaka", "Withdraw"),
    add_starter=("Lägg till någon som får starta", "Add somebody who may start"),
)
