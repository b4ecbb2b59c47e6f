"""What every door says: on each page, and where it refuses. Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    # Every page
    skip=("Hoppa till innehållet", "Skip to the content"),
    other_language=("In English", "På svenska"),
    accessibility=("Tillgänglighet", "Accessibility"),
    error_title=("Fel: ", "Error: "),
    today_at=("i dag kl. {time}", "today at {time}"),
    preview_faults=(
        "Rätta det här innan ni skickar in:",
        "Put this right before you send it in:",
    ),
    # About what is asked
    extended=("Ni har fått anstånd.", "You have been granted more time."),
    activity=("Avser", "Concerns"),
    # The link again, or another
    renewal_title=("Få länken igen", "Get the link again"),
    link_unknown_title=("Länken går inte att öppna", "The link cannot be opened"),
    link_unknown=(
        "Adressen är inte hel. Öppna länken i mejlet på nytt, eller kopiera hela adressen.",
        "The address is not complete. Open the link in the e-mail again, or copy all of it.",
    ),
    link_former_title=("Länken har bytts ut", "The link has been replaced"),
    link_former=(
        "Det finns en nyare länk till samma svar. Den finns i det senaste mejlet från oss. "
        "Det ni har sparat finns kvar.",
        "There is a newer link to the same reply, in the latest e-mail from us. What you have "
        "saved is still there.",
    ),
    link_revoked_title=("Länken är stängd", "The link is closed"),
    link_revoked=(
        "Länken har stängts av den som delade den. Det som är sparat finns kvar. Hör av er till "
        "den som bjöd in er om den behövs.",
        "The link has been closed by whoever shared it. What has been saved is still there. "
        "Contact whoever invited you if it is needed.",
    ),
    # Refusals
    kept=("Det här hade ni skrivit", "This is what you had written"),
    kept_lead=(
        "Inget av det är sparat. Kopiera det härifrån om ni behöver det.",
        "None of it is saved. Copy it from here if you need it.",
    ),
    foreign_title=("Kontrollera och skicka igen", "Check and send again"),
    foreign=(
        "Vi kunde inte se att formuläret kom från den här sidan, och därför är inget sparat. "
        "Kontrollera att det är ni som har skrivit det här och försök igen. Bifogade filer "
        "behöver väljas på nytt.",
        "We could not see that the form came from this page, so nothing has been saved. Check "
        "that it is you who have written this, and try again. Attached files need to be "
        "chosen anew.",
    ),
    foreign_null=(
        "Händer det igen döljer er webbläsare varifrån formuläret kommer. Prova en annan "
        "webbläsare, eller mejla svaret till den som bjöd in er.",
        "If it happens again, your browser hides where the form comes from. Try another "
        "browser, or mail the reply to whoever invited you.",
    ),
    again=("Försök igen", "Try again"),
    often_title=("Vänta en stund", "Wait a moment"),
    often=(
        "Det har kommit ovanligt många försök på kort tid. Försök igen om {wait}.",
        "There have been unusually many attempts in a short time. Try again in {wait}.",
    ),
    often_back=(
        "Gå tillbaka i webbläsaren: det ni har skrivit finns kvar där.",
        "Go back in the browser: what you have written is still there.",
    ),
    busy_title=("Det är många som svarar just nu", "Many are replying just now"),
    busy=(
        "Det ni skickade hann inte tas emot. Inget har gått förlorat: allt ni skrev finns kvar på "
        "den här sidan. Vänta en stund, ungefär 15 sekunder, och försök igen.",
        "What you sent could not be received in time. Nothing has been lost: everything you wrote "
        "is still on this page. Wait a moment, about 15 seconds, and try again.",
    ),
    busy_look=(
        "Sidan hann inte visas. Vänta en stund, ungefär 15 sekunder, och ladda om den.",
        "The page could not be shown in time. Wait a moment, about 15 seconds, and reload it.",
    ),
    busy_file=("Välj filen {name} igen", "Choose the file {name} again"),
    busy_again=("Försök igen", "Try again"),
    seconds=("{n} sekunder", "{n} seconds"),
    minutes=("{n} minuter", "{n} minutes"),
    large_title=("Det är för mycket på en gång", "That is too much at once"),
    large=(
        "En fil får vara högst {each} MB, och allt ni skickar tillsammans högst {all} MB. Gå "
        "tillbaka i webbläsaren, där det ni har skrivit finns kvar, och välj mindre filer.",
        "A file may be at most {each} MB, and everything you send together at most {all} MB. "
        "Go back in the browser, where what you have written is still there, and choose "
        "smaller files.",
    ),
    large_text=(
        "Så mycket får inte plats här. Gå tillbaka i webbläsaren, där det ni har skrivit finns "
        "kvar, och korta texten.",
        "So much does not fit here. Go back in the browser, where what you have written is still "
        "there, and shorten the text.",
    ),
    slow_title=("Det tog för lång tid", "It took too long"),
    slow=(
        "Filerna hann inte komma fram. Gå tillbaka i webbläsaren, där det ni har skrivit finns "
        "kvar, och skicka färre åt gången.",
        "The files did not arrive in time. Go back in the browser, where what you have written "
        "is still there, and send fewer at a time.",
    ),
    fields_title=("Det är för mycket text", "That is too much text"),
    fields=(
        "Ett fält får ta emot högst {each} MB text. Gå tillbaka i webbläsaren, där det ni har "
        "skrivit finns kvar, och korta texten eller bifoga den som fil.",
        "A field can take at most {each} MB of text. Go back in the browser, where what you "
        "have written is still there, and shorten the text or attach it as a file.",
    ),
    astray_title=("Sidan finns inte", "The page does not exist"),
    astray=(
        "Adressen kan vara felskriven. Öppna länken i mejlet från oss på nytt, eller kopiera "
        "hela adressen.",
        "The address may be mistyped. Open the link in the e-mail from us again, or copy all "
        "of the address.",
    ),
    away_title=("Det går inte just nu", "It is not possible right now"),
    away=(
        "Tjänsten kan inte ta emot svar just nu. Försök igen om en stund. Är det bråttom? Hör "
        "av er till den som bjöd in er, och uppge numret {number}.",
        "The service cannot take replies right now. Try again in a while. If it is urgent, "
        "contact whoever invited you, and give the number {number}.",
    ),
    broken_title=("Något gick fel hos oss", "Something went wrong on our side"),
    broken=(
        "Försök igen om en stund. Händer det igen? Hör av er till den som bjöd in er, och "
        "uppge numret {number}.",
        "Try again in a while. If it happens again, contact whoever invited you, and give the "
        "number {number}.",
    ),
    to_reply_again=("Öppna svaret", "Open the reply"),
    missing_title=("Sidan finns inte", "The page does not exist"),
    missing=(
        "Filen eller versionen finns inte längre.",
        "The file or the version is no longer there.",
    ),
)
