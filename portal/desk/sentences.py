"""What the desk says. Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    # On every page
    desk=("Samordnarens bord", "The coordinator's desk"),
    pages=("Sidor", "Pages"),
    to_desk=("Till första sidan", "To the first page"),
    is_example=("exempel", "example"),
    is_closed=("avslutad", "closed"),
    is_paused=("utskicken är pausade", "sending is paused"),
    as_reader=("du läser", "you read"),
    round=("Omgång", "Round"),
    other_rounds=("Byt omgång", "Another round"),
    # Signing in
    sign_in=("Logga in", "Sign in"),
    sign_in_lead=(
        "Skriv adressen som du har hos regionen. Du får ett mejl med en länk.",
        "Give your address at the region. You get an e-mail with a link.",
    ),
    address=("Din e-postadress", "Your e-mail address"),
    no_address=(
        "Skriv en hel e-postadress, till exempel anna@regionen.se.",
        "Give a whole e-mail address, such as anna@regionen.se.",
    ),
    mail_me=("Mejla mig en länk", "Mail me a link"),
    over=(
        "Du är inte inloggad längre. Logga in igen, så kommer du vidare till samma sida.",
        "You are no longer signed in. Sign in again to go on to the same page.",
    ),
    stale=(
        "Det du vill göra kräver att du nyss har visat vem du är. Logga in en gång till, så kommer "
        "du vidare till samma sida. Inget är gjort.",
        "What you want to do requires that you have just shown who you are. Sign in once more to "
        "go on to the same page. Nothing has been done.",
    ),
    # The region's own directory
    by_directory=("Logga in med regionens inloggning", "Sign in with the region's sign-in"),
    by_mail=("Eller med en länk i e-posten", "Or by a link in an e-mail"),
    to_directory_title=("Till regionens inloggning", "To the region's sign-in"),
    to_directory=(
        "Du skickas vidare. Händer inget, tryck på Fortsätt.",
        "You are sent on. If nothing happens, press Go on.",
    ),
    go_on=("Fortsätt", "Go on"),
    directory_refused_title=("Du blev inte inloggad", "You were not signed in"),
    sign_in_again=("Logga in igen", "Sign in again"),
    directory_away=(
        "Regionens inloggning svarar inte som den ska. Försök igen om en stund, eller logga in med "
        "en länk i e-posten. Består felet, säg till dem som sköter regionens it.",
        "The region's sign-in does not answer as it should. Try again in a while, or sign in by a "
        "link in an e-mail. If it goes on, tell those who run the region's IT.",
    ),
    directory_denied=(
        "Regionens inloggning släppte inte igenom dig. Försök igen; ber den dig vända dig till "
        "någon, gör det.",
        "The region's sign-in did not let you through. Try again; if it tells you to turn to "
        "somebody, do.",
    ),
    directory_wrong=(
        "Det som regionens inloggning svarade går inte att lita på, så du är inte inloggad. Försök "
        "igen. Händer det på nytt, säg till dem som sköter regionens it.",
        "What the region's sign-in answered cannot be trusted, so you are not signed in. Try "
        "again. If it happens anew, tell those who run the region's IT.",
    ),
    directory_not_fresh=(
        "Regionens inloggning intygade inte att du visade vem du är just nu. Försök igen och logga "
        "in där på nytt. Händer det på nytt, säg till dem som sköter regionens it.",
        "The region's sign-in did not certify that you showed just now who you are. Try again, and "
        "sign in there anew. If it happens again, tell those who run the region's IT.",
    ),
    directory_no_role=(
        "Din inloggning hos regionen har inte rollen som behövs här. Be dem som sköter regionens "
        "it att ge dig den.",
        "Your account at the region lacks the role that is needed here. Ask those who run the "
        "region's IT to give it to you.",
    ),
    directory_lost=(
        "Webbläsaren kom tillbaka från regionens inloggning utan det den hade med sig dit: det tog "
        "mer än tio minuter, sidan laddades om, eller så började det i en annan webbläsare. Börja "
        "om.",
        "The browser came back from the region's sign-in without what it took there: it took more "
        "than ten minutes, the page was reloaded, or it was begun in another browser. Start anew.",
    ),
    directory_unknown=(
        "Regionen känner dig, men din inloggning där är inte kopplad till någon här. Logga in en "
        "gång med en länk i e-posten, öppna sidan med ditt namn och välj Koppla regionens "
        "inloggning. Har du inget bord här, be den som samordnar en omgång att lägga till dig.",
        "The region knows you, but your account there is bound to nobody here. Sign in once by a "
        "link in an e-mail, open the page with your name, and choose Bind the region's sign-in. If "
        "you have no desk here, ask whoever coordinates a round to add you.",
    ),
    directory_left=(
        "Du har inget bord här längre. Är det fel, be den som samordnar en omgång att lägga till "
        "dig igen.",
        "You have no desk here any longer. If that is wrong, ask whoever coordinates a round to "
        "add you again.",
    ),
    directory_anothers=(
        "Inloggningen hos regionen är redan kopplad till någon annan här. Är den din, be den andra "
        "att logga in och koppla bort den.",
        "That account at the region is already bound to somebody else here. If it is yours, ask "
        "the other to sign in and unbind it.",
    ),
    directory=("Regionens inloggning", "The region's sign-in"),
    directory_bound=(
        "Kopplad sedan {at}. Du kan logga in med den.",
        "Bound since {at}. You can sign in with it.",
    ),
    directory_not_bound=(
        "Koppla din inloggning hos regionen, så slipper du länken i e-posten. Du får visa där vem "
        "du är.",
        "Bind your account at the region, and you need no link in an e-mail. You are asked there "
        "to show who you are.",
    ),
    bind_directory=("Koppla regionens inloggning", "Bind the region's sign-in"),
    unbind_directory=("Koppla bort den", "Unbind it"),
    directory_sign_out=(
        "Logga ut här loggar inte ut dig hos regionen: dela inte datorn förrän du har gjort det "
        "också.",
        "To sign out here does not sign you out at the region: do that too before somebody else "
        "uses the computer.",
    ),
    asked_title=("Titta i din e-post", "Look in your e-mail"),
    asked=(
        "Har adressen ett bord här kommer det ett mejl inom någon minut. Länken i det gäller i tio "
        "minuter.",
        "If the address has a desk here an e-mail comes within a minute. The link in it holds for "
        "ten minutes.",
    ),
    asked_code=(
        "Öppna länken i den här webbläsaren. Öppnas den i en annan frågar sidan efter den här "
        "koden. Lämna inte ut den till någon.",
        "Open the link in this browser. Opened in another, the page asks for this code. Give it to "
        "nobody.",
    ),
    asked_nothing=(
        "Kom det inget mejl? Titta bland skräpposten och se efter att adressen är rätt.",
        "Did no e-mail come? Look in the spam folder, and see that the address is right.",
    ),
    to_mailbox=("Öppna brevlådan", "Open the mailbox"),
    ask_again=("Be om en ny länk", "Ask for a new link"),
    press_lead=(
        "Tryck på knappen, så är du inloggad i den här webbläsaren.",
        "Press the button to be signed in in this browser.",
    ),
    code_lead=(
        "Det var en annan webbläsare som bad om länken. Skriv koden som står på sidan där, så blir "
        "du inloggad i den här.",
        "It was another browser that asked for the link. Type the code on the page there to be "
        "signed in in this one.",
    ),
    code=("Koden, sex siffror", "The code, six digits"),
    wrong_code=(
        "Koden är inte den som står på sidan där du bad om länken. Efter fem felaktiga försök "
        "slutar länken att gälla.",
        "The code is not the one on the page where you asked for the link. After five wrong tries "
        "the link ceases to hold.",
    ),
    spent_title=("Länken gäller inte längre", "The link does not hold any longer"),
    spent=(
        "Den gäller i tio minuter och en enda gång. Be om en ny.",
        "It holds for ten minutes and once. Ask for a new one.",
    ),
    not_yours_title=("Sidan finns inte", "There is no such page"),
    not_yours=(
        "Adressen kan vara felskriven, eller så har du inte tillgång till omgången.",
        "The address may be mistyped, or you may not see that round.",
    ),
    reader_title=("Du läser den här omgången", "You read this round"),
    reader=(
        "Bara den som samordnar omgången kan göra det. Be någon av dem. Inget är gjort.",
        "Only those who coordinate the round can do that. Ask one of them. Nothing has been done.",
    ),
    no_dashboard_title=("Körningarna visas inte för dig", "The runs are not shown to you"),
    no_dashboard=(
        "Prefects sidor visar alla omgångars körningar. De öppnas bara för den som samordnar en "
        "omgång som pågår.",
        "Prefect's pages show the runs of every round. They open only for those who coordinate a "
        "round that is under way.",
    ),
    # The first page
    to_do=("Att göra", "To do"),
    standing=("Läget", "Where it stands"),
    plan=("Planen", "The plan"),
    answers=("Svar", "Answers"),
    upcoming=("Går ut härnäst", "Leaves next"),
    organisations=("Organisationer", "Organisations"),
    messages=("Utskick", "Letters"),
    register=("Diariet", "Register"),
    people=("Personer", "People"),
    rounds=("Omgångar", "Rounds"),
    no_rounds=(
        "Du är inte med i någon omgång. Be den som samordnar en att lägga till dig.",
        "You are in no round. Ask whoever coordinates one to add you.",
    ),
    closed_since=("avslutad {at}", "closed {at}"),
    started=("startad {at}", "started {at}"),
    role_coordinator=("du samordnar", "you coordinate"),
    role_reader=("du läser", "you read"),
    nothing_to_do=("Inget väntar på dig just nu.", "Nothing waits for you just now."),
    mail_stands_still=("E-posten går inte ut", "Mail does not leave"),
    todo_mail_paused=(
        "Utskicken är pausade sedan {at}. Inget går ut.",
        "Sending is paused since {at}. Nothing leaves.",
    ),
    todo_mail_paused_way=("Se utskicken", "See the letters"),
    todo_wish=(
        "{name} ber om mer tid till {day}: {title}",
        "{name} asks for more time until {day}: {title}",
    ),
    todo_wish_way=("Bevilja eller avslå", "Grant or deny"),
    todo_not_arrived=("Kom inte fram till {name}: {title}", "Did not reach {name}: {title}"),
    todo_not_arrived_way=("Se brevet", "See the letter"),
    todo_refused=(
        "{name}: adressen {title} tar inte emot e-post",
        "{name}: the address {title} takes no mail",
    ),
    todo_refused_way=("Rätta adressen", "Correct the address"),
    todo_no_address=(
        "{name} saknar adress och nås inte av något",
        "{name} has no address and is reached by nothing",
    ),
    todo_no_address_way=("Lägg till en adress", "Add an address"),
    todo_late=("{name} svarade för sent, {at}: {title}", "{name} answered late, {at}: {title}"),
    todo_late_way=("Läs svaret", "Read the answer"),
    todo_missing=(
        "{count} har inte svarat fast sista dagen, {day}, har passerat: {title}",
        "{count} have not answered though the last day, {day}, has passed: {title}",
    ),
    todo_missing_way=("Se vilka, och vad som går att göra", "See who, and what can be done"),
    todo_overdue=(
        "Skulle ha varit klart {day}: {title}",
        "Was to be done by {day}: {title}",
    ),
    todo_overdue_way=("Markera som klar eller flytta", "Mark as done or move"),
    todo_leaves=(
        "Går ut {at} till {count}: {name}, {title}",
        "Leaves {at} to {count}: {name}, {title}",
    ),
    todo_leaves_way=("Läs breven, eller håll inne dem", "Read the letters, or hold them"),
    todo_no_day=(
        "Dagen är inte bestämd, bara kvartalet som slutar {day}: {title}",
        "The day is not set, only the quarter that ends {day}: {title}",
    ),
    todo_no_day_way=("Bestäm dagen", "Set the day"),
    standing_title=("Läget {at}", "Where it stands, {at}"),
    answered_of=("{answered} av {asked} har svarat", "{answered} of {asked} have answered"),
    show_only=("Visa bara", "Show only"),
    all_organisations=("Alla ({count})", "All ({count})"),
    show=("Visa", "Show"),
    matrix=(
        "Vem som har svarat på vad: {shown} av {count} organisationer",
        "Who has answered what: {shown} of {count} organisations",
    ),
    organisation=("Organisation", "Organisation"),
    last_day=("sista dag {day}", "last day {day}"),
    not_asked=("inte tillfrågad", "not asked"),
    nobody_asked=("Ingen är tillfrågad i den här omgången.", "Nobody is asked in this round."),
    standing_answered=("Svarat", "Answered"),
    standing_nothing_to_report=("Inget att framföra", "Nothing to report"),
    standing_declined=("Avstår", "Declined"),
    standing_not_yet=("Inte än", "Not yet"),
    standing_overdue=("Svar saknas", "Answer missing"),
    standing_no_address=("Saknar adress", "No address"),
    standing_bounced=("Adressen fungerar inte", "The address does not work"),
    late=("för sent", "late"),
    begun=("utkast påbörjat", "draft begun"),
    more_time=("anstånd till {day}", "more time until {day}"),
    last_told=("senaste brev {day}", "last letter {day}"),
    next_letter=("nästa brev {day}", "next letter {day}"),
    # How an error is mended here
    remedy_another_name=("Ge den ett annat namn.", "Give it another name."),
    remedy_name_the_round=("Välj en omgång.", "Choose a round."),
    remedy_start_a_round=("Starta en omgång först.", "Start a round first."),
    remedy_move_the_plan=("Flytta planens dagar först.", "Move the plan's days first."),
    remedy_give_text_or_file=(
        "Skriv svarets ord, eller välj en fil.",
        "Write the words of the answer, or choose a file.",
    ),
    remedy_reinstate_first=("Återuppta aktiviteten först.", "Take the activity up again first."),
    remedy_reopen_first=("Öppna aktiviteten igen först.", "Open the activity again first."),
    remedy_unlock_first=("Lås upp svaren först.", "Unlock the answers first."),
    # The plan
    timeline_name=("Planens aktiviteter längs året", "The plan's activities along the year"),
    today=("i dag", "today"),
    plan_table=("Aktiviteterna i planens ordning", "The activities in the plan's order"),
    activity=("Aktivitet", "Activity"),
    when=("När", "When"),
    state=("Läge", "State"),
    next=("Härnäst", "Next"),
    day_not_set=("dagen är inte bestämd", "the day is not set"),
    is_overdue=("försenad", "overdue"),
    goes_on=("pågår", "goes on"),
    not_begun=("inte börjat", "not begun"),
    no_activities=("Planen har inga aktiviteter.", "The plan has no activities."),
    stage_open=("öppen", "open"),
    stage_locked=("svaren är låsta", "answers are locked"),
    stage_done=("klar", "done"),
    stage_cancelled=("inställd", "called off"),
    stage_closed=("omgången är avslutad", "the round is closed"),
    day_passed=("sista dagen har passerat", "the last day has passed"),
    to_plan=("Hela planen", "The whole plan"),
    responsible=("Ansvarig", "Responsible"),
    place=("Plats", "Place"),
    can_be_done=("Det här kan du göra", "What you can do"),
    asked_ones=("De som är tillfrågade", "Those who are asked"),
    steps_ahead=("Det som kommer enligt planen", "What comes according to the plan"),
    no_steps_ahead=("Inget mer är planerat.", "Nothing more is planned."),
    in_prefect=("Aktiviteten i Prefect", "The activity in Prefect"),
    runs_of_activity=("Aktivitetens körningar", "The activity's runs"),
    runs_of_round=("Körningarna i Prefect", "The runs in Prefect"),
    # Acts
    act_move=("Flytta sista dagen", "Move the last day"),
    act_grant=("Ge anstånd", "Grant more time"),
    act_remind=("Påminn nu", "Remind now"),
    act_deny=("Avslå begäran om anstånd", "Deny a request for more time"),
    act_lock=("Lås svaren", "Lock the answers"),
    act_unlock=("Lås upp svaren", "Unlock the answers"),
    act_finish=("Markera som klar", "Mark as done"),
    act_reopen=("Öppna igen", "Open again"),
    act_cancel=("Ställ in", "Call off"),
    act_reinstate=("Återuppta", "Take up again"),
    about_move=(
        "{title} har sista dag {day}. Påminnelserna räknas om från den nya dagen, och de som har "
        "fått den gamla får veta det.",
        "The last day of {title} is {day}. The reminders are counted anew from the new day, and "
        "those who were told the old one are told.",
    ),
    about_grant=(
        "{title} har sista dag {day}. De du väljer får en senare dag och ett mejl om det.",
        "The last day of {title} is {day}. Those whom you choose get a later one, and a mail.",
    ),
    about_remind=(
        "{title} har sista dag {day}. En påminnelse går ut nu, vid sidan av planens egna, till "
        "dem som inte har svarat: med deras länk och deras egen sista dag. Utanför planens "
        "klockslag för utskick väntar den tills de börjar.",
        "The last day of {title} is {day}. A reminder leaves now, besides those of the plan, to "
        "those who have not answered: with their link and their own last day. Outside the plan's "
        "sending hours it waits until they begin.",
    ),
    remind_whom_help=(
        "Väljer du ingen påminns alla som inte har svarat.",
        "If you choose none, all who have not answered are reminded.",
    ),
    all_missing=("alla som inte har svarat", "all who have not answered"),
    about_deny=(
        "{title} har sista dag {day}, och den gäller då fortfarande. Organisationen får ditt "
        "besked med mejl.",
        "The last day of {title} is {day}, which holds still. The organisation gets your answer "
        "by mail.",
    ),
    about_lock=(
        "Låsta svar kan läsas men inte ändras, och ingen påminns mer om {title}.",
        "Locked answers can be read but not changed, and nobody is reminded of {title} any more.",
    ),
    about_unlock=(
        "De som är tillfrågade i {title} kan svara och ändra igen. Sista dag är {day}.",
        "Those asked in {title} can answer and change again. The last day is {day}.",
    ),
    about_finish=(
        "Inget mer skickas om {title}, och svaren kan inte ändras.",
        "Nothing more is sent about {title}, and answers cannot be changed.",
    ),
    about_reopen=(
        "{title} är inte klar längre. Det som återstår enligt planen kommer. Sista dag är {day}.",
        "{title} is done no longer. What is left according to the plan comes. The last day is "
        "{day}.",
    ),
    about_cancel=(
        "De som har hört av {title} får veta att det är inställt, och inget mer skickas.",
        "Those who have heard of {title} are told that it is off, and nothing more is sent.",
    ),
    about_reinstate=(
        "De som har fått veta att {title} är inställt får veta att det blir av. Sista dag är "
        "{day}.",
        "Those who were told that {title} is off are told that it is on. The last day is {day}.",
    ),
    wish_of=("{name} har bett om mer tid", "{name} has asked for more time"),
    wish_until=("Till {day}.", "Until {day}."),
    whom=("Vem gäller det?", "Whom does it concern?"),
    no_whom=("Välj minst en.", "Choose at least one."),
    has_answered=("har svarat", "has answered"),
    new_day=("Ny sista dag", "New last day"),
    new_day_help=(
        "Till och med den dagen, till exempel {example}.",
        "Inclusive, e.g. {example}.",
    ),
    no_day=(
        "Skriv en dag som finns, till exempel {example}.",
        "Give a day that exists, such as {example}.",
    ),
    moves_along=("{title}: sista dag {to}", "{title}: last day {to}"),
    moves_along_whole=(
        "{title}: första dag {starts}, sista dag {to}",
        "{title}: first day {starts}, last day {to}",
    ),
    followers=("Det som följer", "What follows"),
    move_followers=(
        "Flytta det som följer lika många arbetsdagar",
        "Move what follows by as many workdays",
    ),
    note=("Egna ord i mejlet", "Your own words in the mail"),
    if_you_like=("(om du vill)", "(if you like)"),
    note_help=(
        "Står i mejlet till dem som får veta det, precis som du skriver det.",
        "Stands in the mail to those who are told, exactly as you write it.",
    ),
    no_note=("Skriv varför: det står i mejlet.", "Write why: it stands in the mail."),
    see_what_follows=("Se vad som händer", "See what happens"),
    nothing_yet=(
        "Inget görs än. Du får först se vad det leder till.",
        "Nothing is done yet. You first see what it leads to.",
    ),
    confirm=("Bekräfta", "Confirm"),
    overtaken=(
        "Något har ändrats sedan du såg sidan, så inget är gjort. Nu skulle det här hända.",
        "Something has changed since you saw the page, so nothing was done. Now this would happen.",
    ),
    ask_move=("Flytta sista dagen till {day}?", "Move the last day to {day}?"),
    ask_grant=("Ge anstånd till {day}: {names}?", "Grant more time until {day}: {names}?"),
    ask_remind=("Påminna {names} nu?", "Remind {names} now?"),
    ask_deny=("Avslå begäran från {names}?", "Deny the request of {names}?"),
    ask_lock=("Låsa svaren?", "Lock the answers?"),
    ask_unlock=("Låsa upp svaren?", "Unlock the answers?"),
    ask_finish=("Markera som klar?", "Mark as done?"),
    ask_reopen=("Öppna igen?", "Open again?"),
    ask_cancel=("Ställa in?", "Call it off?"),
    ask_reinstate=("Återuppta?", "Take it up again?"),
    do_move=("Flytta", "Move"),
    do_grant=("Ge anstånd", "Grant more time"),
    do_remind=("Skicka påminnelsen", "Send the reminder"),
    do_deny=("Avslå", "Deny"),
    do_lock=("Lås", "Lock"),
    do_unlock=("Lås upp", "Unlock"),
    do_finish=("Markera som klar", "Mark as done"),
    do_reopen=("Öppna igen", "Open again"),
    do_cancel=("Ställ in", "Call off"),
    do_reinstate=("Återuppta", "Take up again"),
    done_move=("Sista dagen är flyttad.", "The last day is moved."),
    done_grant=("Anståndet är givet.", "More time is granted."),
    done_remind=("Påminnelsen är på väg.", "The reminder is on its way."),
    done_deny=("Begäran är avslagen.", "The request is denied."),
    done_lock=("Svaren är låsta.", "The answers are locked."),
    done_unlock=("Svaren är upplåsta.", "The answers are unlocked."),
    done_finish=("Aktiviteten är markerad som klar.", "The activity is marked as done."),
    done_reopen=("Aktiviteten är öppen igen.", "The activity is open again."),
    done_cancel=("Aktiviteten är inställd.", "The activity is called off."),
    done_reinstate=("Aktiviteten är återupptagen.", "The activity is on again."),
    change_mind=("Ändra", "Change"),
    never_mind=("Gör inget", "Do nothing"),
    nothing_follows=(
        "Inga nya brev skrivs, och inga steg ändras.",
        "No new letters are written, and no steps change.",
    ),
    letters_leave=("Brev som går ut", "Letters that leave"),
    letters_stay=(
        "Brev som väntar och nu inte går ut",
        "Letters that wait and now do not leave",
    ),
    steps_end=("Steg som inte blir av", "Steps that will not come"),
    steps_begin=("Steg som tillkommer", "Steps that come instead"),
    to_many=("till {count} mottagare", "to {count} recipients"),
    # Answers
    answer=("Svar", "Answer"),
    received=("Inkommet", "Received"),
    registry_no=("Diarienummer", "Registry number"),
    no_registry_no=("inget än", "none yet"),
    files=("Filer", "Files"),
    read_all=("Läs alla svar efter varandra", "Read all answers one after the other"),
    save_all_files=("Spara alla filer (zip)", "Save all files (zip)"),
    no_answer_yet=("Inget svar än", "No answer yet"),
    none_in=("Inget svar har kommit in.", "No answer has come in."),
    silent=("Har inte svarat", "Have not answered"),
    not_answered=(
        "Har inte svarat än. Sista dag är {day}.",
        "Has not answered yet. The last day is {day}.",
    ),
    kind_submission=("Svar", "Answer"),
    kind_nothing_to_report=("Inget att framföra", "Nothing to report"),
    kind_declined=("Avstår", "Declines"),
    kind_ballot=("Röstsedel", "Ballot"),
    version=("version {n}", "version {n}"),
    versions=("Versioner", "Versions"),
    withdrawn=("återkallat", "withdrawn"),
    withdrawn_at=("Återkallat {at}", "Withdrawn {at}"),
    sent_by=("Lämnat av", "Given by"),
    own_link=("organisationens egen länk", "the organisation's own link"),
    registered_by=("{name}, som registrerade det {at}", "{name}, who registered it {at}"),
    what_changed=("vad som ändrats sedan version {n}", "what changed since version {n}"),
    comparison=("Version {before} och {after}", "Version {before} and {after}"),
    comparison_help=(
        "Överstruket är borttaget, understruket är tillagt.",
        "What is struck out was taken out, what is underlined was put in.",
    ),
    changed=("ändrat", "changed"),
    nothing_to_compare=(
        "Ingen av versionerna fyller i något formulär.",
        "Neither version fills in a form.",
    ),
    register_answer=("Registrera ett svar som kom på annat sätt", "Register an answer"),
    give_number=("Ange diarienummer", "Give a registry number"),
    why_way=("Vad {name} har fått, och varför", "What {name} has been told, and why"),
    # Letters
    search=("Sök", "Search"),
    any_state=("Alla", "All"),
    letter=("Brev", "Letter"),
    to=("Till", "To"),
    letters_found=("{count} brev, de senaste först", "{count} letters, the newest first"),
    no_letters=("Inga sådana brev.", "No such letters."),
    message_queued=("väntar", "waits"),
    message_sending=("skickas nu", "being sent"),
    message_sent=("skickat", "sent"),
    message_failed=("kom inte fram", "did not arrive"),
    message_withdrawn=("tillbakadraget", "withdrawn"),
    message_set_aside=("lagt åt sidan", "set aside"),
    leaves_earliest=("tidigast {at}", "at the earliest {at}"),
    said=("Vad servern sa", "What the server said"),
    queued_at=("Skrivet", "Written"),
    attempts=("Försök", "Attempts"),
    attempt_sent=("skickat", "sent"),
    attempt_later=("inte nu, försöks igen", "not now, tried again"),
    attempt_refused=("nekat", "refused"),
    attempt_unknown=("ovisst", "uncertain"),
    word_for_word=("Ord för ord", "Word for word"),
    link_not_shown=(
        "Den personliga länken står bara i brevet självt; här syns en adress i dess ställe.",
        "The personal link stands in the letter alone; here an address stands in for it.",
    ),
    letter_of_several_rounds=(
        "Brevet är om alla omgångar som {name} samordnar. Bara den det gick till kan läsa det här.",
        "The letter is about all the rounds of {name}. Only its recipient can read it here.",
    ),
    not_given_up=("Brevet är inte uppgivet.", "The letter has not been given up."),
    act_retry=("Försök igen", "Try again"),
    ask_retry=("Skicka brevet igen till {to}?", "Send the letter to {to} again?"),
    do_retry=("Försök igen", "Try again"),
    done_retry=(
        "Brevet ligger i utkorgen igen och går, om det fortfarande gäller.",
        "The letter is in the outbox again and leaves if it still holds.",
    ),
    act_pause=("Pausa utskicken", "Pause sending"),
    about_pause=(
        "Inget i omgången går ut förrän någon startar utskicken igen. Det som skulle ha gått då "
        "går ut efteråt, om det fortfarande gäller.",
        "Nothing of the round leaves until somebody starts sending again. What would have left "
        "meanwhile leaves then, if it still holds.",
    ),
    ask_pause=("Pausa utskicken?", "Pause sending?"),
    do_pause=("Pausa", "Pause"),
    done_pause=("Utskicken är pausade.", "Sending is paused."),
    act_resume=("Starta utskicken igen", "Start sending again"),
    about_resume=(
        "Det som väntar och fortfarande gäller går ut.",
        "What waits and still holds leaves.",
    ),
    ask_resume=("Starta utskicken?", "Start sending?"),
    do_resume=("Starta", "Start"),
    done_resume=("Utskicken är igång igen.", "Sending is on again."),
    pages_of_list=("Sidor i listan", "Pages of the list"),
    earlier_page=("Föregående", "Previous"),
    later_page=("Nästa", "Next"),
    page_of=("sida {number} av {of}", "page {number} of {of}"),
    # The register
    register_at=("När", "When"),
    register_who=("Vem", "Who"),
    register_what=("Vad", "What"),
    register_about=("Avser", "About"),
    register_change=("Från och till", "From and to"),
    anything=("Allt", "Anything"),
    save_excel=("Spara för Excel", "Save for Excel"),
    save_csv=("Spara som CSV", "Save as CSV"),
    lines_found=("Rader: {count}, de senaste först", "Lines: {count}, the newest first"),
    no_lines=("Diariet har inget sådant.", "The register has nothing like that."),
    # People
    who_may_what=("Vem som får göra vad i omgången", "Who may do what in the round"),
    name=("Namn", "Name"),
    mail_address=("E-postadress", "E-mail address"),
    role=("Roll", "Role"),
    is_coordinator=("samordnar", "coordinates"),
    is_reader=("läser", "reads"),
    may_coordinator=("Samordnar: läser allt och gör allt", "Coordinates: reads and does all"),
    may_reader=("Läser: ser allt men ändrar inget", "Reads: sees all and changes nothing"),
    make_coordinator=("Låt samordna", "Let coordinate"),
    make_reader=("Låt bara läsa", "Let read alone"),
    withdraw_role=("Ta bort ur omgången", "Take out of the round"),
    add_person=("Lägg till en person", "Add a person"),
    no_role=("Välj vad personen får göra.", "Choose what the person may do."),
    done_added=("Personen är tillagd.", "The person is added."),
    done_role_changed=("Rollen är ändrad.", "The role is changed."),
    done_role_withdrawn=("Personen ser inte omgången längre.", "The person sees it no longer."),
    signed_in_at=("Inloggad", "Signed in"),
    sessions_end=(
        "Du loggas ut efter fyra timmar utan att göra något, och senast efter tolv timmar.",
        "You are signed out after four hours of doing nothing, and after twelve at the latest.",
    ),
    sign_out=("Logga ut", "Sign out"),
    sign_out_everywhere=("Logga ut överallt", "Sign out everywhere"),
    # What leaves next
    workdays_ahead=("Arbetsdagar framåt", "Workdays ahead"),
    held=("Hålls inne", "Held back"),
    everybody=("alla", "everybody"),
    since=("sedan {at}", "since {at}"),
    hold_step=("Håll inne för alla", "Hold back for everybody"),
    hold_one=("Håll inne för {name}", "Hold back for {name}"),
    leaving_now=(
        "Redan på väg till e-postservern, och går inte att hålla inne:",
        "Already on its way to the mail server, and cannot be held back:",
    ),
    on_its_way=("lämnar just nu", "leaving now"),
    in_outbox=("i utkorgen", "in the outbox"),
    in_letter_of=(
        "står i dagens gemensamma brev till samma person",
        "stands in the day's one letter to the same person",
    ),
    nothing_leaves=(
        "Inget går ut till och med {day}, som läget är nu.",
        "Nothing leaves up to {day}, as things stand.",
    ),
    act_hold=("Håll inne", "Hold back"),
    ask_hold=("Hålla inne {step} för {name}?", "Hold back {step} for {name}?"),
    do_hold=("Håll inne", "Hold back"),
    done_hold=("Steget hålls inne.", "The step is held back."),
    act_send_ahead=("Skicka nu", "Send now"),
    about_send_ahead=(
        "Brevet går nu i stället för på sin dag, och går inte en gång till då. Det går till dem "
        "som skulle få det som läget är nu. Utanför planens klockslag för utskick väntar det tills "
        "de börjar.",
        "The letter leaves now instead of on its day, and does not leave again then. It goes to "
        "those who would get it as things are now. Outside the plan's sending hours it waits "
        "until they begin.",
    ),
    ask_send_ahead=("Skicka {step} nu till {name}?", "Send {step} now to {name}?"),
    do_send_ahead=("Skicka nu", "Send now"),
    done_send_ahead=("Brevet är på väg.", "The letter is on its way."),
    send_step=("Skicka nu till alla", "Send now to everybody"),
    send_one=("Skicka nu till {name}", "Send now to {name}"),
    letters_ahead=("Brev till de tillfrågade", "Letters to those who are asked"),
    act_word=("Egna ord", "Own words"),
    own_words=("Egna ord", "Own words"),
    change_words=("Ändra", "Change"),
    word_step=("Egna ord", "Own words"),
    line_to_one=("Personlig rad till {name}", "A personal line to {name}"),
    about_words=(
        "Skriv vad brevet ska säga i stället för standardtexten. Hälsningen, datumen, länken och "
        "kalenderfilen står kvar. Det gäller bara det här steget i den här omgången.",
        "Write what the letter says in place of the standard words. The greeting, the dates, the "
        "link and the calendar file stay. It is for this step in this round alone.",
    ),
    about_line=(
        "Raden står överst i brevet, ovanför texten, och går bara till den här organisationen.",
        "The line stands first in the letter, above the text, and goes to this organisation alone.",
    ),
    own_words_sv=("Egna ord på svenska", "Own words in Swedish"),
    own_words_en=("Egna ord på engelska", "Own words in English"),
    own_words_help=(
        "Ersätter standardtexten. En tom rad ger ett nytt stycke. Högst {most} tecken. Tom ruta: "
        "standardtexten.",
        "In place of the standard words. An empty line begins a new paragraph. At most {most} "
        "characters. Empty: the standard words.",
    ),
    own_line_sv=("Personlig rad på svenska", "A personal line in Swedish"),
    own_line_en=("Personlig rad på engelska", "A personal line in English"),
    own_line_help=(
        "Står överst i brevet, ovanför texten. Högst {most} tecken. Tom ruta: ingen rad.",
        "Stands first in the letter, above the text. At most {most} characters. Empty: no line.",
    ),
    see_letter=("Se brevet", "See the letter"),
    letter_now=("Så lyder brevet nu", "The letter as it is now"),
    letter_as_it_leaves=("Så lyder brevet", "The letter as it leaves"),
    no_letter_left=(
        "Det ligger inget brev av steget framåt nu. Orden gäller om det blir något.",
        "No letter of the step lies ahead now. The words hold if there comes to be one.",
    ),
    ask_word=("Ändra orden i {step} till {name}?", "Change the words of {step} to {name}?"),
    do_word=("Spara orden", "Keep the words"),
    done_word=("Orden är sparade.", "The words are kept."),
    act_unword=("Återgå till standardtexten", "Go back to the standard words"),
    about_unword=(
        "De egna orden tas bort. De står kvar i diariet.",
        "The own words are taken away. They stay in the register.",
    ),
    ask_unword=(
        "Återgå till standardtexten i {step} till {name}?",
        "Go back to the standard words of {step} to {name}?",
    ),
    do_unword=("Återgå till standardtexten", "Go back to the standard words"),
    done_unword=("Standardtexten gäller igen.", "The standard words hold again."),
    act_release=("Släpp", "Release"),
    ask_release=("Släppa {step} för {name}?", "Release {step} for {name}?"),
    do_release=("Släpp", "Release"),
    done_release=("Steget är släppt.", "The step is released."),
    reason=("Varför", "Why"),
    reason_help=("Står i diariet.", "Stands in the register."),
    # Answers registered by hand
    register_answer_lead=(
        "För ett svar från {name} som kom med brev, e-post eller telefon. Det räknas som deras "
        "svar, och påminnelserna upphör.",
        "For an answer of {name} that came by letter, mail or telephone. It counts as theirs, and "
        "the reminders end.",
    ),
    what_kind=("Vad svarade de?", "What did they answer?"),
    no_kind=("Välj vad de svarade.", "Choose what they answered."),
    its_words=("Svarets ord", "The words of the answer"),
    if_not_in_file=("(om det inte står i en fil)", "(unless they are in a file)"),
    received_on=("Vilken dag kom det in?", "Which day did it come in?"),
    received_help=(
        "Räknas som klockan 12 den dagen. Avgör om det kom i tid.",
        "Counts as noon that day. Tells whether it came in time.",
    ),
    before_round=(
        "{day} är före omgången, som började {began_on}. Rätta dagen, eller kryssa i att den "
        "stämmer.",
        "{day} is before the round, which began {began_on}. Correct the day, or tick that it is "
        "right.",
    ),
    day_is_so=("Dagen stämmer", "The day is right"),
    long_number=("Högst {most} tecken.", "At most {most} characters."),
    do_register=("Registrera", "Register"),
    done_registered=("Svaret är registrerat.", "The answer is registered."),
    number_help=("Till exempel RUN/123/2026.", "Such as RUN/123/2026."),
    save=("Spara", "Save"),
    done_numbered=("Diarienumret är sparat.", "The registry number is saved."),
    act_withdraw=("Återkalla svaret", "Withdraw the answer"),
    about_withdraw=(
        "Svaret ligger kvar i diariet men räknas inte, och påminnelserna fortsätter.",
        "The answer stays in the register but does not count, and the reminders go on.",
    ),
    ask_withdraw=("Återkalla svaret?", "Withdraw the answer?"),
    do_withdraw=("Återkalla", "Withdraw"),
    done_withdraw=("Svaret är återkallat.", "The answer is withdrawn."),
    act_receipt=("Mejla ett kvitto", "Mail a receipt"),
    about_receipt=(
        "Organisationen får ett kvitto på svaret, med det som är registrerat.",
        "The organisation gets a receipt for the answer, with what is registered.",
    ),
    ask_receipt=("Mejla kvittot?", "Mail the receipt?"),
    do_receipt=("Mejla", "Mail"),
    done_receipt=("Kvittot är på väg.", "The receipt is on its way."),
    # Organisations
    organisations_caption=("Organisationer: {count}", "Organisations: {count}"),
    contacts_title=("Kontakter", "Contacts"),
    contact_primary=("huvudkontakt", "main contact"),
    contact_copy=("kopia", "copy"),
    contact_escalation=("eskalering", "escalation"),
    takes_no_mail=("tar inte emot e-post", "takes no mail"),
    links_title=("Personliga länkar", "Personal links"),
    act_mail_link=("skicka igen", "mail again"),
    about_mail_link=(
        "Samma länk mejlas en gång till, till den som har den. Inget annat ändras.",
        "The same link is mailed once more, to whoever has it. Nothing else changes.",
    ),
    ask_mail_link=("Skicka länken igen?", "Mail the link again?"),
    do_mail_link=("Skicka", "Mail"),
    done_mail_link=("Länken mejlas.", "The link is mailed."),
    act_renew_link=("byt ut", "replace"),
    about_renew_link=(
        "En ny länk mejlas, och den gamla slutar att gälla. Utkastet finns kvar.",
        "A new link is mailed, and the old one ceases to hold. The draft stays.",
    ),
    ask_renew_link=("Byta ut länken?", "Replace the link?"),
    do_renew_link=("Byt ut", "Replace"),
    done_renew_link=("Länken är utbytt och mejlas.", "The link is replaced and mailed."),
    act_close_link=("stäng", "close"),
    about_close_link=(
        "Länken slutar att gälla, och de som kollegor har fått genom den. Utkastet finns kvar.",
        "The link ceases to hold, and those that colleagues got through it. The draft stays.",
    ),
    ask_close_link=("Stänga länken?", "Close the link?"),
    do_close_link=("Stäng", "Close"),
    done_close_link=("Länken är stängd.", "The link is closed."),
    told_and_why=("Vad de har fått och ska få, och varför", "What they are told, and why"),
    on_day=("Bara den dagen", "That day alone"),
    show_all=("Visa allt", "Show all"),
    nothing_told=("Inget, varken då eller framåt.", "Nothing, neither then nor ahead."),
    act_contacts=("Ändra kontakterna", "Change the contacts"),
    contacts_lead=(
        "Töm en rad för att ta bort kontakten. Den som är ny får de inbjudningar som gäller.",
        "Empty a row to take the contact away. Whoever is new gets the invitations that hold.",
    ),
    contact_n=("Kontakt {n}", "Contact {n}"),
    new_one=("Ny", "New"),
    try_again_refused=(
        "Försök igen med adresser som inte har tagit emot e-post",
        "Try addresses again that took no mail",
    ),
    no_contact_left=(
        "Minst en kontakt behövs. Lämna en rad, eller ställ in det organisationen är med i.",
        "At least one contact is needed. Leave a row, or call off what the organisation is in.",
    ),
    ask_contacts=("Ändra kontakterna?", "Change the contacts?"),
    do_contacts=("Ändra", "Change"),
    done_contacts=("Kontakterna är ändrade.", "The contacts are changed."),
    new_organisation=("Ny organisation: {who}", "New organisation: {who}"),
    new_contact=("Ny: {who}", "New: {who}"),
    changed_contact=("Ändrad: {who}", "Changed: {who}"),
    removed_contact=("Tas bort: {who}", "Taken away: {who}"),
    no_contact_changes=("Inga kontakter ändras.", "No contacts change."),
    fault_in_row=("Rad {row}: {said}", "Row {row}: {said}"),
    put_right=("Rätta det här först:", "Put this right first:"),
    table=("tabellen", "the table"),
    take_in=("Läs in kontakter", "Take in contacts"),
    import_lead=(
        "Klistra in en tabell från Excel, eller välj en CSV-fil. Första raden är rubriker: "
        "organisation, namn, e-post och, om det behövs, roll.",
        "Paste a table from Excel, or choose a CSV file. The first row has the headings: "
        "organisation, namn (name), e-post (e-mail) and, if needed, roll (role).",
    ),
    pasted=("Tabellen", "The table"),
    pasted_help=(
        "Det som inte nämns blir kvar. En adress som finns får tabellens namn.",
        "What is not named stays. An address that is known gets the table's name.",
    ),
    or_file=("Eller en fil", "Or a file"),
    no_rows=("Klistra in en tabell eller välj en fil.", "Paste a table or choose a file."),
    replace_others=(
        "Ta bort adresser som tabellen inte nämner, i de organisationer den nämner",
        "Take away addresses that the table does not name, of the organisations that it names",
    ),
    # Mail that came in
    incoming=("Inkommande", "Incoming"),
    mails_waiting=("Väntar", "Waiting"),
    mails_undan=("Lagt åt sidan", "Set aside"),
    mails_studsar=("Kom tillbaka", "Came back"),
    mails_svar=("Registrerat som svar", "Registered as answers"),
    mails_alla=("Allt", "Everything"),
    mails_found=("{count} mejl, de senaste först", "{count} mails, the newest first"),
    no_mailbox_read=(
        "Ingen brevlåda läses, så svar och studsar som kommer med e-post syns inte här. Be den som "
        "sköter installationen ställa in det (AGENDA_IMAP_SERVER).",
        "No mailbox is read, so answers and bounces that come by mail are not seen here. Ask "
        "whoever runs the installation to set it up (AGENDA_IMAP_SERVER).",
    ),
    no_mails_waiting=("Inget mejl väntar.", "No mail waits."),
    no_mails=("Inga sådana mejl.", "No such mails."),
    mail_subject=("Ämne", "Subject"),
    no_subject=("(utan ämne)", "(no subject)"),
    mail_from=("Från", "From"),
    unknown_sender=("okänd avsändare", "unknown sender"),
    unknown_whose=("okänt vems", "not known whose"),
    mail_about=("Gäller brevet", "About the letter"),
    mail_sort_bounce=("besked från en e-postserver", "notice of a mail server"),
    mail_sort_automatic=("automatiskt svar", "automatic answer"),
    mail_sort_ordinary=("mejl", "mail"),
    mail_sort_unreadable=("går inte att läsa", "cannot be read"),
    mail_why_dead=("adressen finns inte", "there is no such address"),
    mail_why_refused=("nekat eller fullt", "refused or full"),
    mail_why_delayed=("försenat på vägen", "delayed on its way"),
    mail_why_delivered=("kom fram", "arrived"),
    mail_settled_acted_on=("åtgärdat", "acted on"),
    mail_settled_noted=("noterat", "noted"),
    mail_settled_set_aside=("lagt åt sidan", "set aside"),
    mail_settled_registered=("registrerat som svar", "registered as an answer"),
    answered_there=(
        "{name} har redan ett svar där. Läs det, och kryssa i om mejlet ska ersätta det.",
        "{name} has an answer there already. Read it, and tick if the mail is to take its place.",
    ),
    replace_answer=("Mejlet ersätter svaret", "The mail takes the answer's place"),
    read_answer=("Läs svaret som finns", "Read the answer there is"),
    registered_as=("Se svaret som det är registrerat som", "See the answer that it is"),
    mail_text=("Mejlet", "The mail"),
    mail_cut=(
        "Mejlet var för stort: bara början är sparad. Resten finns i brevlådan.",
        "The mail was too large: only its beginning is kept. The rest is in the mailbox.",
    ),
    mail_empty=("Det står inget i mejlet.", "There are no words in the mail."),
    save_mail=("Spara mejlet precis som det kom (.eml)", "Save the mail exactly as it came (.eml)"),
    not_taken_along=("Följer inte med", "Does not go along"),
    register_mail=("Registrera som svar", "Register as an answer"),
    register_mail_lead=(
        "Mejlets text och de filer som tas emot blir organisationens svar, inkommet {at}. "
        "Påminnelserna till den upphör. Mejlet finns kvar som det är, med alla filer.",
        "The text of the mail and the files that are taken become the organisation's answer, "
        "received {at}. The reminders to it end. The mail stays as it is, with all files.",
    ),
    whose_answer=("Vems svar är det?", "Whose answer is it?"),
    answers_what=("Vad svarar de på?", "What do they answer?"),
    choose=("Välj", "Choose"),
    no_organisation_chosen=("Välj vems svar det är.", "Choose whose answer it is."),
    no_activity_chosen=("Välj vad de svarar på.", "Choose what they answer."),
    do_register_mail=("Registrera som svar", "Register as an answer"),
    do_set_mail_aside=("Lägg åt sidan", "Set aside"),
    do_take_mail_back=("Låt det vänta igen", "Let it wait again"),
    done_set_mail_aside=(
        "Mejlet är lagt åt sidan. Det finns kvar, och går fortfarande att registrera.",
        "The mail is set aside. It is kept, and can still be registered.",
    ),
    done_take_mail_back=("Mejlet väntar igen.", "The mail waits again."),
    mails_of=("Mejl från organisationen", "Mail from the organisation"),
    all_mails_of=("Alla mejl", "All mails"),
    todo_reply_by_mail=("Mejl från {name}, {at}: {title}", "Mail from {name}, {at}: {title}"),
    todo_reply_by_mail_way=(
        "Läs det, och registrera det som svar om det är ett",
        "Read it, and register it as an answer if it is one",
    ),
    todo_unclaimed_mail=(
        "{count} mejl väntar som det inte framgår vems de är",
        "{count} mails wait of which it is not known whose they are",
    ),
    todo_unclaimed_mail_way=("Läs dem", "Read them"),
    # Rounds begun and ended
    start_a_round=("Starta en ny omgång", "Start a new round"),
    no_round_open=("Ingen omgång är igång.", "No round is under way."),
    act_close_round=("Avsluta omgången", "Close the round"),
    about_close_round=(
        "Inget mer skickas i en omgång som är avslutad, och svar kan inte ändras. Allt ligger kvar "
        "att läsa. En avslutad omgång öppnas inte igen.",
        "Nothing more is sent in a round that is closed, and answers cannot be changed. All stays "
        "to be read. A closed round is not opened again.",
    ),
    ask_close_round=("Avsluta omgången?", "Close the round?"),
    do_close_round=("Avsluta omgången", "Close the round"),
    done_close_round=("Omgången är avslutad.", "The round is closed."),
    round_is_closed=("Omgången är redan avslutad.", "The round is closed already."),
)
