"""What the pages around the reply say, and those that refuse: Swedish first, then English."""

SENTENCES = {
    # Nothing to report, decline
    "nothing_lead": (
        "Ni meddelar att {organisation} inte har något att framföra. Det är ett svar: ni får "
        "ett kvitto och inga fler påminnelser.",
        "You say that {organisation} has nothing to put forward. That is a reply: you get a "
        "receipt and no more reminders.",
    ),
    "decline_lead": (
        "Ni meddelar att {organisation} avstår från att svara. Det är ett svar: ni får ett "
        "kvitto och inga fler påminnelser.",
        "You say that {organisation} declines to reply. That is a reply: you get a receipt and "
        "no more reminders.",
    ),
    "confirm_change": (
        "Ni kan ändra er och skicka in ett annat svar senare.",
        "You can change your mind and send in another reply later.",
    ),
    "confirm_replaces": (
        "Det ersätter det ni har skickat in tidigare. Den versionen sparas.",
        "It replaces what you have sent in before. That version is kept.",
    ),
    "overtaken": (
        "Medan ni hade sidan öppen kom ett annat svar in från er.",
        "While you had the page open another reply came in from you.",
    ),
    "overtaken_ask": (
        "Det ni nyss tryckte på har inte skickats in. Ska det ersätta det andra svaret? Tryck då "
        "en gång till.",
        "What you just pressed has not been sent in. If it is to replace the other reply, press "
        "once more.",
    ),
    "confirm_draft": (
        "Ni har ett utkast. Det sparas, men skickas inte in.",
        "You have a draft. It is kept, but not sent in.",
    ),
    "nothing_send": ("Bekräfta: inget att framföra", "Confirm: nothing to put forward"),
    "decline_send": ("Bekräfta: vi avstår", "Confirm: we decline"),
    # Extension
    "extension_title": ("Begär anstånd", "Ask for more time"),
    "extension_lead": (
        "Samordnaren svarar med e-post. Tills dess gäller {day}.",
        "The coordinator replies by e-mail. Until then {day} holds.",
    ),
    "extension_day": ("Till vilken dag behöver ni tid?", "Until which day do you need?"),
    "extension_day_help": (
        "År-månad-dag, till exempel {example}. En dag efter {day}.",
        "Year-month-day, for instance {example}. A day after {day}.",
    ),
    "extension_reason": ("Varför behöver ni mer tid?", "Why do you need more time?"),
    "extension_no_day": (
        "Skriv en dag efter {day} som år-månad-dag, till exempel {example}.",
        "Write a day after {day} as year-month-day, for instance {example}.",
    ),
    "extension_no_reason": ("Skriv varför ni behöver mer tid.", "Write why you need more time."),
    "extension_send": ("Skicka begäran", "Send the request"),
    "extension_sent": (
        "Begäran om anstånd är skickad till samordnaren.",
        "The request for more time has been sent to the coordinator.",
    ),
    # Colleague
    "colleague_title": ("Bjud in en kollega", "Invite a colleague"),
    "colleague_lead": (
        "Kollegan får en egen länk med e-post och kan skriva i samma utkast. Länken kan ni "
        "stänga här när ni vill.",
        "Your colleague gets a link of their own by e-mail and can write in the same draft. "
        "You can close the link here whenever you want.",
    ),
    "colleague_erased": (
        "Adressen raderas och länken stängs {days} dagar efter att omgången har avslutats.",
        "The address is erased and the link closed {days} days after the round has ended.",
    ),
    "colleague_name": ("Kollegans namn", "Your colleague’s name"),
    "colleague_address": ("Kollegans e-postadress", "Your colleague’s e-mail address"),
    "colleague_no_name": ("Skriv kollegans namn.", "Write your colleague’s name."),
    "colleague_odd_name": (
        "Skriv bara namnet, till exempel Anna Ek. Där får inga adresser, siffror eller meningar "
        "stå, och högst {most} tecken.",
        "Write the name alone, such as Anna Ek. No addresses, figures or sentences can stand "
        "there, and at most {most} characters.",
    ),
    "colleague_too_many": (
        "{most} kollegor är inbjudna, och fler går det inte att bjuda in. Hör av er till {name} "
        "om ni behöver det.",
        "{most} colleagues have been invited, and no more can be. Contact {name} if you need to.",
    ),
    "colleague_no_address": (
        "Skriv en e-postadress, till exempel namn@kommunen.se.",
        "Write an e-mail address, such as name@municipality.se.",
    ),
    "colleague_send": ("Skicka inbjudan", "Send the invitation"),
    "colleague_sent": ("Inbjudan skickas till {address}.", "The invitation is sent to {address}."),
    "colleague_revoked": ("Länken är stängd.", "The link is closed."),
    "colleague_list": ("De här har en egen länk", "These have a link of their own"),
    "colleague_none": ("Ingen är inbjuden än.", "Nobody has been invited yet."),
    "colleague_since": ("inbjuden {at}", "invited {at}"),
    "colleague_revoke": ("Stäng länken för {name}", "Close the link of {name}"),
    # Conflict
    "conflict_title": ("Någon annan har sparat", "Somebody else has saved"),
    "conflict_lead": (
        "{name} sparade utkastet {at}, medan ni skrev. Inget har gått förlorat. Välj vad som "
        "ska gälla där ni har skrivit olika.",
        "{name} saved the draft {at}, while you were writing. Nothing has been lost. Choose "
        "what is to hold where you have written differently.",
    ),
    "conflict_none": (
        "Ni har inte skrivit på samma ställe. Spara så behålls allt.",
        "You have not written in the same place. Save, and everything is kept.",
    ),
    "conflict_somebody": ("En kollega", "A colleague"),
    "conflict_theirs": ("Det som är sparat", "What is saved"),
    "conflict_mine": ("Det ni har skrivit", "What you have written"),
    "conflict_both": ("Behåll båda, efter varandra", "Keep both, one after the other"),
    "conflict_keep": ("Behåll", "Keep"),
    "conflict_drop": ("Ta bort", "Remove"),
    "conflict_added": ("Sparat av den andra", "Saved by the other"),
    "conflict_removed": (
        "Finns hos er men är borttaget av den andra",
        "You have it, but the other one removed it",
    ),
    "conflict_empty": ("(tomt)", "(empty)"),
    "conflict_save": ("Spara det jag har valt", "Save what I have chosen"),
    # The link again, or another
    "renewal_title": ("Få länken igen", "Get the link again"),
    "renewal_lead": (
        "Skriv den e-postadress som inbjudan kom till. Finns adressen hos oss mejlar vi länken "
        "dit igen. Det är samma länk som förut, och den fortsätter att gälla.",
        "Write the e-mail address that the invitation came to. If we have the address, we mail "
        "the link to it again. It is the same link as before, and it keeps working.",
    ),
    "renewal_own_title": ("Byt ut länken", "Replace the link"),
    "renewal_own": (
        "Har någon obehörig fått länken? Vi mejlar en ny till de adresser som vi har för er. Den "
        "här länken slutar då att gälla. Det ni har skrivit finns kvar.",
        "Does somebody have the link who should not? We mail a new one to the addresses that we "
        "have for you. This link then stops working. What you have written is still there.",
    ),
    "renewal_address": ("E-postadress", "E-mail address"),
    "renewal_no_address": (
        "Det där är ingen e-postadress. Skriv en, till exempel namn@kommunen.se.",
        "That is no e-mail address. Write one, such as name@municipality.se.",
    ),
    "renewal_send": ("Mejla länken", "Mail the link"),
    "renewal_own_send": ("Mejla en ny länk", "Mail a new link"),
    "renewal_done_title": ("Titta i er e-post", "Look in your e-mail"),
    "renewal_done": (
        "Om adressen finns hos oss kommer ett mejl med länken inom några minuter. Kommer "
        "inget? Titta i skräpposten, eller hör av er till den som bjöd in er.",
        "If we have the address, an e-mail with the link comes within a few minutes. Nothing "
        "there? Look in the spam folder, or contact whoever invited you.",
    ),
    "link_unknown_title": ("Länken går inte att öppna", "The link cannot be opened"),
    "link_unknown": (
        "Adressen är inte hel. Öppna länken i mejlet på nytt, eller kopiera hela adressen.",
        "The address is not complete. Open the link in the e-mail again, or copy all of it.",
    ),
    "link_former_title": ("Länken har bytts ut", "The link has been replaced"),
    "link_former": (
        "Det finns en nyare länk till samma svar. Den finns i det senaste mejlet från oss. "
        "Det ni har sparat finns kvar.",
        "There is a newer link to the same reply, in the latest e-mail from us. What you have "
        "saved is still there.",
    ),
    "link_revoked_title": ("Länken är stängd", "The link is closed"),
    "link_revoked": (
        "Länken har stängts av den som delade den. Det som är sparat finns kvar. Hör av er till "
        "den som bjöd in er om den behövs.",
        "The link has been closed by whoever shared it. What has been saved is still there. "
        "Contact whoever invited you if it is needed.",
    ),
    # Refusals
    "kept": ("Det här hade ni skrivit", "This is what you had written"),
    "kept_lead": (
        "Inget av det är sparat. Kopiera det härifrån om ni behöver det.",
        "None of it is saved. Copy it from here if you need it.",
    ),
    "unsent": ("Det här skickades inte in", "This was not sent in"),
    "unsent_lead": (
        "Det är inte med i svaret. Kopiera det härifrån om ni vill lämna det på annat sätt.",
        "It is not part of the reply. Copy it from here if you want to hand it in some other way.",
    ),
    "foreign_title": ("Kontrollera och skicka igen", "Check and send again"),
    "foreign": (
        "Vi kunde inte se att formuläret kom från den här sidan, och därför är inget sparat. "
        "Kontrollera att det är ni som har skrivit det här och försök igen. Bifogade filer "
        "behöver väljas på nytt.",
        "We could not see that the form came from this page, so nothing has been saved. Check "
        "that it is you who have written this, and try again. Attached files need to be "
        "chosen anew.",
    ),
    "foreign_null": (
        "Händer det igen döljer er webbläsare varifrån formuläret kommer. Prova en annan "
        "webbläsare, eller mejla svaret till den som bjöd in er.",
        "If it happens again, your browser hides where the form comes from. Try another "
        "browser, or mail the reply to whoever invited you.",
    ),
    "again": ("Försök igen", "Try again"),
    "often_title": ("Vänta en stund", "Wait a moment"),
    "often": (
        "Det har kommit ovanligt många försök på kort tid. Försök igen om {wait}.",
        "There have been unusually many attempts in a short time. Try again in {wait}.",
    ),
    "often_back": (
        "Gå tillbaka i webbläsaren: det ni har skrivit finns kvar där.",
        "Go back in the browser: what you have written is still there.",
    ),
    "busy_title": ("Det är många som svarar just nu", "Many are replying just now"),
    "busy": (
        "Det ni skickade hann inte tas emot. Inget har gått förlorat: allt ni skrev finns kvar på "
        "den här sidan. Vänta en stund, ungefär 15 sekunder, och försök igen.",
        "What you sent could not be received in time. Nothing has been lost: everything you wrote "
        "is still on this page. Wait a moment, about 15 seconds, and try again.",
    ),
    "busy_look": (
        "Sidan hann inte visas. Vänta en stund, ungefär 15 sekunder, och ladda om den.",
        "The page could not be shown in time. Wait a moment, about 15 seconds, and reload it.",
    ),
    "busy_file": ("Välj filen {name} igen", "Choose the file {name} again"),
    "busy_again": ("Försök igen", "Try again"),
    "seconds": ("{n} sekunder", "{n} seconds"),
    "minutes": ("{n} minuter", "{n} minutes"),
    "large_title": ("Det är för mycket på en gång", "That is too much at once"),
    "large": (
        "En fil får vara högst {each} MB, och allt ni skickar tillsammans högst {all} MB. Gå "
        "tillbaka i webbläsaren, där det ni har skrivit finns kvar, och välj mindre filer.",
        "A file may be at most {each} MB, and everything you send together at most {all} MB. "
        "Go back in the browser, where what you have written is still there, and choose "
        "smaller files.",
    ),
    "large_text": (
        "Så mycket får inte plats här. Gå tillbaka i webbläsaren, där det ni har skrivit finns "
        "kvar, och korta texten.",
        "So much does not fit here. Go back in the browser, where what you have written is still "
        "there, and shorten the text.",
    ),
    "slow_title": ("Det tog för lång tid", "It took too long"),
    "slow": (
        "Filerna hann inte komma fram. Gå tillbaka i webbläsaren, där det ni har skrivit finns "
        "kvar, och skicka färre åt gången.",
        "The files did not arrive in time. Go back in the browser, where what you have written "
        "is still there, and send fewer at a time.",
    ),
    "fields_title": ("Det är för mycket text", "That is too much text"),
    "fields": (
        "Ett fält får ta emot högst {each} MB text. Gå tillbaka i webbläsaren, där det ni har "
        "skrivit finns kvar, och korta texten eller bifoga den som fil.",
        "A field can take at most {each} MB of text. Go back in the browser, where what you "
        "have written is still there, and shorten the text or attach it as a file.",
    ),
    "astray_title": ("Sidan finns inte", "The page does not exist"),
    "astray": (
        "Adressen kan vara felskriven. Öppna länken i mejlet från oss på nytt, eller kopiera "
        "hela adressen.",
        "The address may be mistyped. Open the link in the e-mail from us again, or copy all "
        "of the address.",
    ),
    "away_title": ("Det går inte just nu", "It is not possible right now"),
    "away": (
        "Tjänsten kan inte ta emot svar just nu. Försök igen om en stund. Är det bråttom? Hör "
        "av er till den som bjöd in er, och uppge numret {number}.",
        "The service cannot take replies right now. Try again in a while. If it is urgent, "
        "contact whoever invited you, and give the number {number}.",
    ),
    "broken_title": ("Något gick fel hos oss", "Something went wrong on our side"),
    "broken": (
        "Försök igen om en stund. Händer det igen? Hör av er till den som bjöd in er, och "
        "uppge numret {number}.",
        "Try again in a while. If it happens again, contact whoever invited you, and give the "
        "number {number}.",
    ),
    "to_reply_again": ("Öppna svaret", "Open the reply"),
    "missing_title": ("Sidan finns inte", "The page does not exist"),
    "missing": (
        "Filen eller versionen finns inte längre.",
        "The file or the version is no longer there.",
    ),
}
