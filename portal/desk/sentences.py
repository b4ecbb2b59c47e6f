"""What the desk says. Swedish first, then English."""

SENTENCES = {
    # On every page
    "desk": ("Samordnarens bord", "The coordinator's desk"),
    "pages": ("Sidor", "Pages"),
    "to_desk": ("Till första sidan", "To the first page"),
    "is_example": ("exempel", "example"),
    "is_closed": ("avslutad", "closed"),
    "is_paused": ("utskicken är pausade", "sending is paused"),
    "as_reader": ("du läser", "you read"),
    "other_rounds": ("Byt omgång", "Another round"),
    # Signing in
    "sign_in": ("Logga in", "Sign in"),
    "sign_in_lead": (
        "Skriv adressen som du har hos regionen. Du får ett mejl med en länk.",
        "Give your address at the region. You get an e-mail with a link.",
    ),
    "address": ("Din e-postadress", "Your e-mail address"),
    "no_address": (
        "Skriv en hel e-postadress, till exempel anna@regionen.se.",
        "Give a whole e-mail address, such as anna@regionen.se.",
    ),
    "mail_me": ("Mejla mig en länk", "Mail me a link"),
    "over": (
        "Du är inte inloggad längre. Logga in igen, så kommer du vidare till samma sida.",
        "You are no longer signed in. Sign in again to go on to the same page.",
    ),
    "stale": (
        "Det du vill göra kräver att du nyss har visat vem du är. Logga in en gång till, så kommer "
        "du vidare till samma sida. Inget är gjort.",
        "What you want to do requires that you have just shown who you are. Sign in once more to "
        "go on to the same page. Nothing has been done.",
    ),
    "asked_title": ("Titta i din e-post", "Look in your e-mail"),
    "asked": (
        "Har adressen ett bord här kommer det ett mejl inom någon minut. Länken i det gäller i tio "
        "minuter.",
        "If the address has a desk here an e-mail comes within a minute. The link in it holds for "
        "ten minutes.",
    ),
    "asked_code": (
        "Öppna länken i den här webbläsaren. Öppnas den i en annan frågar sidan efter den här "
        "koden. Lämna inte ut den till någon.",
        "Open the link in this browser. Opened in another, the page asks for this code. Give it to "
        "nobody.",
    ),
    "asked_nothing": (
        "Kom det inget mejl? Titta bland skräpposten och se efter att adressen är rätt.",
        "Did no e-mail come? Look in the spam folder, and see that the address is right.",
    ),
    "to_mailbox": ("Öppna brevlådan", "Open the mailbox"),
    "ask_again": ("Be om en ny länk", "Ask for a new link"),
    "press_lead": (
        "Tryck på knappen, så är du inloggad i den här webbläsaren.",
        "Press the button to be signed in in this browser.",
    ),
    "code_lead": (
        "Det var en annan webbläsare som bad om länken. Skriv koden som står på sidan där, så blir "
        "du inloggad i den här.",
        "It was another browser that asked for the link. Type the code on the page there to be "
        "signed in in this one.",
    ),
    "code": ("Koden, sex siffror", "The code, six digits"),
    "wrong_code": (
        "Koden är inte den som står på sidan där du bad om länken. Efter fem felaktiga försök "
        "slutar länken att gälla.",
        "The code is not the one on the page where you asked for the link. After five wrong tries "
        "the link ceases to hold.",
    ),
    "spent_title": ("Länken gäller inte längre", "The link does not hold any longer"),
    "spent": (
        "Den gäller i tio minuter och en enda gång. Be om en ny.",
        "It holds for ten minutes and once. Ask for a new one.",
    ),
    "not_yours_title": ("Sidan finns inte", "There is no such page"),
    "not_yours": (
        "Adressen kan vara felskriven, eller så har du inte tillgång till omgången.",
        "The address may be mistyped, or you may not see that round.",
    ),
    "reader_title": ("Du läser den här omgången", "You read this round"),
    "reader": (
        "Bara den som samordnar omgången kan göra det. Be någon av dem. Inget är gjort.",
        "Only those who coordinate the round can do that. Ask one of them. Nothing has been done.",
    ),
}
