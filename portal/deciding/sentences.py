"""What the page about a request for more time says: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    title=("Begäran om anstånd", "Request for more time"),
    lead=("{organisation} ber om mer tid.", "{organisation} asks for more time."),
    # The request
    asks=("Vem som ber", "Who asks"),
    through=("genom {name}", "through {name}"),
    requested_at=("Begärt", "Asked"),
    wanted=("Önskad sista svarsdag", "Last day asked for"),
    more_one=("en arbetsdag till", "one more working day"),
    more=("{n} arbetsdagar till", "{n} more working days"),
    holds_now=("Nuvarande sista svarsdag", "Present last day"),
    standing=("Deras svar", "Their reply"),
    has_answered=("De har redan svarat, {at}.", "They have already replied, {at}."),
    has_draft=("De har ett utkast, sparat {at}.", "They have a draft, saved {at}."),
    has_nothing=("Inget är skrivet än.", "Nothing has been written yet."),
    follows=("Nästa aktivitet", "Next activity"),
    follows_day=("börjar {day}", "starts {day}"),
    follows_quarter=("under {quarter}", "during {quarter}"),
    why=("Så här skriver de", "They write"),
    # What to think of
    reaches=(
        "{title} börjar {starts}. Med {day} som sista svarsdag kan svaret komma när det arbetet "
        "redan pågår.",
        "{title} starts {starts}. With {day} as the last day, the reply may come when that work "
        "is already under way.",
    ),
    reaches_past=(
        "{title} ska vara klar {ends}. Med {day} som sista svarsdag kan svaret komma efter det.",
        "{title} is to be done {ends}. With {day} as the last day, the reply may come after that.",
    ),
    reaches_quarter=(
        "{title} ska vara klar under {quarter}. Med {day} som sista svarsdag kan svaret komma "
        "efter det.",
        "{title} is to be done during {quarter}. With {day} as the last day, the reply may come "
        "after that.",
    ),
    day_off=(
        "Observera att {day} inte är en arbetsdag ({why}).",
        "Note that {day} is no working day ({why}).",
    ),
    is_moot=(
        "Sista svarsdagen är redan {day}, så dagen som de bad om ger dem ingen mer tid.",
        "The last day is already {day}, so the day that they asked for gives them no more time.",
    ),
    is_past=(
        "Dagen som de bad om har passerat. Välj en senare dag, eller avslå.",
        "The day that they asked for has passed. Choose a later day, or deny.",
    ),
    is_late=(
        "Deras sista svarsdag har passerat. De kan fortfarande svara, men svaret märks som sent "
        "tills du ger dem en ny dag.",
        "Their last day has passed. They can still reply, but the reply is marked as late until "
        "you give them a new day.",
    ),
    is_locked=(
        "Svaren är låsta, eftersom arbetet med dem har börjat. Det går därför inte att ge mer "
        "tid. Avslå begäran, så får {organisation} besked.",
        "The replies are locked, because the work with them has begun. More time can therefore "
        "not be given. Deny the request, and {organisation} is told.",
    ),
    is_ended=(
        "Aktiviteten är inställd eller omgången avslutad, så det finns inget att besluta.",
        "The activity has been cancelled or the round is over, so there is nothing to decide.",
    ),
    no_recipient=(
        "Vi har ingen e-postadress till {organisation}. Du behöver själv tala om vad du beslutar.",
        "We have no e-mail address of {organisation}. You need to tell them yourself what you "
        "decide.",
    ),
    # The form
    decision=("Ditt beslut", "Your decision"),
    day=("Ny sista svarsdag", "New last day"),
    day_help=(
        "Gäller om du beviljar. År-månad-dag, till exempel {example}.",
        "Holds if you grant it. Year-month-day, for instance {example}.",
    ),
    note=("Meddelande till {organisation}", "Message to {organisation}"),
    note_help=(
        "Står i mejlet med beslutet. Behövs om du avslår.",
        "Stands in the e-mail about the decision. Needed if you deny.",
    ),
    grant=("Bevilja anstånd", "Grant more time"),
    deny=("Avslå", "Deny"),
    not_yet=(
        "Du får bekräfta beslutet på nästa sida.",
        "You confirm the decision on the next page.",
    ),
    preview_faults=("Rätta det här först:", "Put this right first:"),
    no_day=(
        "Skriv den nya sista svarsdagen som år-månad-dag, till exempel {example}.",
        "Write the new last day as year-month-day, for instance {example}.",
    ),
    not_later=(
        "Välj en dag efter {day}, som är deras sista svarsdag nu.",
        "Choose a day after {day}, which is their last day now.",
    ),
    day_passed=(
        "Den dagen har passerat. Välj en dag från och med {day}.",
        "That day has passed. Choose a day from {day} on.",
    ),
    too_far=(
        "Den dagen ligger för långt fram. Välj en dag till och med {day}.",
        "That day is too far ahead. Choose a day no later than {day}.",
    ),
    no_note=(
        "Skriv varför du avslår. Det står i mejlet till dem.",
        "Write why you deny it. It stands in the e-mail to them.",
    ),
    # Confirming
    confirm_grant=("Bevilja anstånd?", "Grant more time?"),
    confirm_grant_lead=(
        "{organisation} får svara till och med {day} kl. 24.00.",
        "{organisation} may reply up to and including {day}, 24:00.",
    ),
    confirm_deny=("Avslå begäran?", "Deny the request?"),
    confirm_deny_lead=(
        "Sista svarsdagen för {organisation} är {day}, som förut.",
        "The last day for {organisation} is {day}, as before.",
    ),
    your_note=("Ditt meddelande", "Your message"),
    mail_goes=("Beslutet mejlas till", "The decision is mailed to"),
    do_grant=("Ja, bevilja anstånd", "Yes, grant more time"),
    do_deny=("Ja, avslå begäran", "Yes, deny the request"),
    change_mind=("Ändra", "Change"),
    final=(
        "Beslutet kan inte ändras på den här sidan.",
        "The decision cannot be changed on this page.",
    ),
    # Decided
    decided=("Beslutat.", "Decided."),
    granted_title=("Anståndet är beviljat", "More time has been granted"),
    granted=(
        "{organisation} får svara till och med {day} kl. 24.00.",
        "{organisation} may reply up to and including {day}, 24:00.",
    ),
    granted_other=(
        "De bad om {day}.",
        "They asked for {day}.",
    ),
    holds_later=(
        "Dagen har ändrats sedan dess. Nu gäller {day}.",
        "The day has been changed since. Now {day} holds.",
    ),
    denied_title=("Begäran är avslagen", "The request has been denied"),
    denied=(
        "{organisation} får inte anstånd till {day}.",
        "{organisation} is not given more time until {day}.",
    ),
    too_late=(
        "Begäran var redan beslutad när du tryckte. Ditt val gäller inte.",
        "The request had already been decided when you pressed. Your choice does not hold.",
    ),
    decided_at=("Beslutat", "Decided"),
    decided_by=("Av", "By"),
    mails=("Mejlet med beslutet", "The e-mail about the decision"),
    mail_to=("Till", "To"),
    mail_subject=("Ämne", "Subject"),
    mail_standing=("Läge", "Status"),
    mail_sent=("Skickat {at}.", "Sent {at}."),
    mail_leaving=("På väg.", "On its way."),
    mail_later=("Skickas {at}.", "Leaves {at}."),
    mail_failed=(
        "Gick inte att skicka. Tala om beslutet på något annat sätt.",
        "Could not be sent. Tell them in another way.",
    ),
    mail_withdrawn=(
        "Skickades inte, eftersom det inte gällde längre när det skulle gå.",
        "Was not sent, because it no longer held when it was to leave.",
    ),
    # A link that opens nothing
    link_revoked=(
        "Länken har stängts och öppnar inte längre begäran om anstånd. Begäran finns kvar.",
        "The link has been closed and no longer opens the request for more time. The request is "
        "still there.",
    ),
    shut_way_on=(
        "Går det ändå inte? Hör av dig till den som sköter påminnelserna hos er.",
        "Still not working? Contact whoever looks after the reminders at your office.",
    ),
)
