"""What the pages of a reply say: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    back=("Tillbaka till svaret", "Back to the reply"),
    cancel=("Avbryt", "Cancel"),
    # About the reply
    reply_from=("Svar från {organisation}", "Reply from {organisation}"),
    last_day=("Sista svarsdag", "Last day to reply"),
    until=("Till och med {day} kl. 24.00", "Up to and including {day}, 24:00"),
    until_quarter=("Under {quarter}", "During {quarter}"),
    ask=("Kontakt", "Contact"),
    meeting_day=("Dag", "Day"),
    meeting_reply=(
        "Svara så snart ni vet om ni kommer.",
        "Reply as soon as you know whether you are coming.",
    ),
    below=(
        "Inget att lämna, mer tid eller en kollega som ska skriva? Se längst ner.",
        "Nothing to submit, more time or a colleague who should write? See below.",
    ),
    standing=("Läge", "Status"),
    not_begun=("Inget är skrivet än.", "Nothing has been written yet."),
    draft=("Utkast sparat {at}.", "Draft saved {at}."),
    draft_by=("Utkast sparat {at} av {name}.", "Draft saved {at} by {name}."),
    saved_at=("Sparat {time}", "Saved {time}"),
    answered=("Inskickat {at} (version {n}).", "Sent in {at} (version {n})."),
    answered_as=(
        "{what}. Inskickat {at} (version {n}).",
        "{what}. Sent in {at} (version {n}).",
    ),
    changing=(
        "Utkastet är inte inskickat. Det ni har skickat in gäller tills ni skickar in på nytt.",
        "The draft has not been sent in. What you have sent in holds until you send in again.",
    ),
    former=(
        "I formuläret står det ni skickade in som version {n}. Det gäller inte nu. Vill ni att "
        "det ska gälla igen? Granska det och skicka in det på nytt.",
        "The form shows what you sent in as version {n}. It does not hold now. If you want it "
        "to hold again, review it and send it in anew.",
    ),
    show_receipt=("Visa kvittot", "Show the receipt"),
    documents=("Underlag", "Documents"),
    extension_waits=(
        "Ni har bett om anstånd till {day}. Samordnaren har inte svarat än.",
        "You have asked for more time, until {day}. The coordinator has not replied yet.",
    ),
    extension_denied=(
        "Er begäran om anstånd till {day} har fått nej.",
        "Your request for more time, until {day}, has been denied.",
    ),
    late=(
        "Sista svarsdag har passerat. Ni kan fortfarande svara. Svaret märks som sent, och "
        "samordnaren får veta att det har kommit.",
        "The last day has passed. You can still reply. The reply is marked as late, and the "
        "coordinator is told that it has come.",
    ),
    locked=(
        "Arbetet med svaren har börjat, så svaret går inte längre att ändra här. Hör av er till "
        "{name} om något behöver rättas.",
        "The work with the replies has begun, so the reply can no longer be changed here. "
        "Contact {name} if something needs to be put right.",
    ),
    ended=(
        "Aktiviteten är avslutad, så det går inte längre att svara här.",
        "The activity has ended, so it is no longer possible to reply here.",
    ),
    ballot_not_open=(
        "Omröstningen har inte öppnat än. Ni får besked när den gör det.",
        "The vote has not been opened yet. You will be told when it is.",
    ),
    ballot_closed=("Omröstningen är stängd.", "The vote is closed."),
    no_answer=("Inget svar har skickats in.", "No reply has been sent in."),
    what_was_sent=("Det här skickade ni in", "This is what you sent in"),
    no_form=(
        "Här finns inget att fylla i. Svara genom att höra av er till {name}.",
        "There is nothing to fill in here. Reply by contacting {name}.",
    ),
    # The form
    files_erased=(
        "En fil som ni tar bort utan att ha skickat in den raderas helt efter {days} dagar.",
        "A file that you remove without having sent it in is erased for good after {days} days.",
    ),
    save=("Spara utkast", "Save draft"),
    preview=("Granska och skicka", "Review and send"),
    saved=("Utkastet är sparat.", "The draft has been saved."),
    unchanged=(
        "Inget är ändrat sedan ni skickade in.",
        "Nothing has changed since you sent it in.",
    ),
    saved_note=(
        "Ni kan stänga sidan och fortsätta senare, också på en annan dator.",
        "You can close the page and go on later, also on another computer.",
    ),
    not_sent_note=(
        "Inget skickas in förrän ni själva gör det.",
        "Nothing is sent until you do.",
    ),
    other_ways=("Har ni inget att lämna?", "Nothing to submit?"),
    nothing=("Vi har inget att framföra", "We have nothing to put forward"),
    decline=("Vi avstår från att svara", "We decline to reply"),
    more=("Mer ni kan göra", "More that you can do"),
    to_extension=("Begär anstånd", "Ask for more time"),
    to_colleague=("Bjud in en kollega", "Invite a colleague"),
    to_ballot=("Till röstsedeln", "To the ballot"),
    to_reply=("Till inbjudan", "To the invitation"),
    to_renewal=("Byt ut länken", "Replace the link"),
    ballot=("Röstsedel", "Ballot"),
    versions=("Inskickade versioner", "Versions sent in"),
    version=("Version {n}", "Version {n}"),
    version_line=("Version {n}, inskickad {at}", "Version {n}, sent in {at}"),
    withdrawn=("Återkallad", "Withdrawn"),
    file_refused=(
        "En fil kunde inte tas emot. Allt ni har skrivit är sparat.",
        "A file could not be accepted. Everything you have written is saved.",
    ),
    script_saves=(
        "Utkastet sparas av sig självt medan ni skriver.",
        "The draft saves itself while you write.",
    ),
    script_saving=("Sparar …", "Saving …"),
    script_failed=(
        "Det gick inte att spara just nu. Det ni skriver finns kvar på sidan, och sidan försöker "
        "igen.",
        "It could not be saved just now. What you write is still on the page, and the page tries "
        "again.",
    ),
    script_gone=(
        "Länken gäller inte längre. Tryck på ”Spara utkast”, så visas det ni har skrivit så att "
        "ni kan kopiera det.",
        "The link no longer holds. Press “Save draft”, and what you have written is shown so that "
        "you can copy it.",
    ),
    script_closed=(
        "Svaret går inte längre att ändra. Tryck på ”Spara utkast”, så visas det ni har skrivit.",
        "The reply can no longer be changed. Press “Save draft”, and what you have written is "
        "shown.",
    ),
    script_conflict=(
        "Någon annan har sparat medan ni skrev. Tryck på ”Spara utkast”, så får ni se båda.",
        "Somebody else has saved while you were writing. Press “Save draft” to see both.",
    ),
    script_large=(
        "{{name}} är för stor: högst {most} MB per fil.",
        "{{name}} is too large: at most {most} MB a file.",
    ),
    # Preview
    preview_title=("Granska svaret", "Review the reply"),
    preview_lead=(
        "Så här kommer svaret att se ut. Det är inte inskickat än.",
        "This is how the reply will look. It has not been sent in yet.",
    ),
    preview_changed=(
        "Någon har ändrat i utkastet sedan ni granskade det. Det här är det som gäller nu. "
        "Inget är inskickat.",
        "Somebody has changed the draft since you reviewed it. This is what holds now. "
        "Nothing has been sent in.",
    ),
    send=("Skicka in svaret", "Send in the reply"),
    send_late=("Skicka in det sena svaret", "Send in the late reply"),
    edit=("Fortsätt skriva", "Go on writing"),
    preview_title_ballot=("Granska röstsedeln", "Review the ballot"),
    preview_lead_ballot=(
        "Så här kommer röstsedeln att se ut. Den är inte inskickad än.",
        "This is how the ballot will look. It has not been sent in yet.",
    ),
    send_ballot=("Skicka in röstsedeln", "Send in the ballot"),
    # Receipt
    receipt_title=("Svaret är mottaget", "The reply has been received"),
    receipt_mailed=(
        "Kvittot skickas också med e-post till er och till er kontaktperson.",
        "The receipt is also sent by e-mail to you and to your contact person.",
    ),
    receipt_print=(
        "Skriv ut eller spara sidan om ni vill ha den i ert diarium.",
        "Print or save the page if you want it for your register.",
    ),
    receipt_change=(
        "Så ändrar ni: öppna samma länk, ändra och skicka in på nytt. Det går till och med "
        "{day} kl. 24.00. Den nya versionen gäller då, och de tidigare sparas.",
        "How to change it: open the same link, make your changes and send it in again. You can "
        "do so up to and including {day}, 24:00. Then the new version holds, and the earlier "
        "ones are kept.",
    ),
    receipt_change_late=(
        "Så ändrar ni: öppna samma länk, ändra och skicka in på nytt. Det går tills arbetet "
        "med svaren börjar.",
        "How to change it: open the same link, make your changes and send it in again. You can "
        "do so until the work with the replies begins.",
    ),
    change=("Ändra svaret", "Change the reply"),
    receipt_title_ballot=("Röstsedeln är mottagen", "The ballot has been received"),
    receipt_change_ballot=(
        "Så ändrar ni: öppna samma länk, ändra och skicka in på nytt. Det går tills "
        "omröstningen stängs.",
        "How to change it: open the same link, make your changes and send it in again. You can "
        "do so until the vote is closed.",
    ),
    change_ballot=("Ändra röstsedeln", "Change the ballot"),
    who=("Från", "From"),
    received=("Inkommet", "Received"),
    is_late=("Kom in efter sista svarsdag", "Came in after the last day"),
    registry=("Diarienummer", "Registry number"),
    kind=("Svar", "Reply"),
    kind_submission=("Ifyllt svar", "Filled-in reply"),
    kind_ballot=("Ifylld röstsedel", "Filled-in ballot"),
    kind_nothing_to_report=("Inget att framföra", "Nothing to put forward"),
    kind_declined=("Avstår från att svara", "Declines to reply"),
    files=("Filer", "Files"),
    checksum=("Kontrollsumma (SHA-256)", "Checksum (SHA-256)"),
    content=("Innehåll", "Content"),
    newer=(
        "Det här är en äldre version. Den som gäller är version {n}.",
        "This is an older version. The one that holds is version {n}.",
    ),
    # Nothing to report, decline
    nothing_lead=(
        "Ni meddelar att {organisation} inte har något att framföra. Det är ett svar: ni får "
        "ett kvitto och inga fler påminnelser.",
        "You say that {organisation} has nothing to put forward. That is a reply: you get a "
        "receipt and no more reminders.",
    ),
    decline_lead=(
        "Ni meddelar att {organisation} avstår från att svara. Det är ett svar: ni får ett "
        "kvitto och inga fler påminnelser.",
        "You say that {organisation} declines to reply. That is a reply: you get a receipt and "
        "no more reminders.",
    ),
    confirm_change=(
        "Ni kan ändra er och skicka in ett annat svar senare.",
        "You can change your mind and send in another reply later.",
    ),
    confirm_replaces=(
        "Det ersätter det ni har skickat in tidigare. Den versionen sparas.",
        "It replaces what you have sent in before. That version is kept.",
    ),
    overtaken=(
        "Medan ni hade sidan öppen kom ett annat svar in från er.",
        "While you had the page open another reply came in from you.",
    ),
    overtaken_ask=(
        "Det ni nyss tryckte på har inte skickats in. Ska det ersätta det andra svaret? Tryck då "
        "en gång till.",
        "What you just pressed has not been sent in. If it is to replace the other reply, press "
        "once more.",
    ),
    confirm_draft=(
        "Ni har ett utkast. Det sparas, men skickas inte in.",
        "You have a draft. It is kept, but not sent in.",
    ),
    nothing_send=("Bekräfta: inget att framföra", "Confirm: nothing to put forward"),
    decline_send=("Bekräfta: vi avstår", "Confirm: we decline"),
    # Extension
    extension_title=("Begär anstånd", "Ask for more time"),
    extension_lead=(
        "Samordnaren svarar med e-post. Tills dess gäller {day}.",
        "The coordinator replies by e-mail. Until then {day} holds.",
    ),
    extension_day=("Till vilken dag behöver ni tid?", "Until which day do you need?"),
    extension_day_help=(
        "År-månad-dag, till exempel {example}. En dag efter {day}.",
        "Year-month-day, for instance {example}. A day after {day}.",
    ),
    extension_reason=("Varför behöver ni mer tid?", "Why do you need more time?"),
    extension_no_day=(
        "Skriv en dag efter {day} som år-månad-dag, till exempel {example}.",
        "Write a day after {day} as year-month-day, for instance {example}.",
    ),
    extension_no_reason=("Skriv varför ni behöver mer tid.", "Write why you need more time."),
    extension_send=("Skicka begäran", "Send the request"),
    extension_sent=(
        "Begäran om anstånd är skickad till samordnaren.",
        "The request for more time has been sent to the coordinator.",
    ),
    # Colleague
    colleague_title=("Bjud in en kollega", "Invite a colleague"),
    colleague_lead=(
        "Kollegan får en egen länk med e-post och kan skriva i samma utkast. Länken kan ni "
        "stänga här när ni vill.",
        "Your colleague gets a link of their own by e-mail and can write in the same draft. "
        "You can close the link here whenever you want.",
    ),
    colleague_erased=(
        "Adressen raderas och länken stängs {days} dagar efter att omgången har avslutats.",
        "The address is erased and the link closed {days} days after the round has ended.",
    ),
    colleague_name=("Kollegans namn", "Your colleague’s name"),
    colleague_address=("Kollegans e-postadress", "Your colleague’s e-mail address"),
    colleague_no_name=("Skriv kollegans namn.", "Write your colleague’s name."),
    colleague_odd_name=(
        "Skriv bara namnet, till exempel Anna Ek. Där får inga adresser, siffror eller meningar "
        "stå, och högst {most} tecken.",
        "Write the name alone, such as Anna Ek. No addresses, figures or sentences can stand "
        "there, and at most {most} characters.",
    ),
    colleague_too_many=(
        "{most} kollegor är inbjudna, och fler går det inte att bjuda in. Hör av er till {name} "
        "om ni behöver det.",
        "{most} colleagues have been invited, and no more can be. Contact {name} if you need to.",
    ),
    colleague_no_address=(
        "Skriv en e-postadress, till exempel namn@kommunen.se.",
        "Write an e-mail address, such as name@municipality.se.",
    ),
    colleague_send=("Skicka inbjudan", "Send the invitation"),
    colleague_sent=("Inbjudan skickas till {address}.", "The invitation is sent to {address}."),
    colleague_revoked=("Länken är stängd.", "The link is closed."),
    colleague_list=("De här har en egen länk", "These have a link of their own"),
    colleague_none=("Ingen är inbjuden än.", "Nobody has been invited yet."),
    colleague_since=("inbjuden {at}", "invited {at}"),
    colleague_revoke=("Stäng länken för {name}", "Close the link of {name}"),
    # Conflict
    conflict_title=("Någon annan har sparat", "Somebody else has saved"),
    conflict_lead=(
        "{name} sparade utkastet {at}, medan ni skrev. Inget har gått förlorat. Välj vad som "
        "ska gälla där ni har skrivit olika.",
        "{name} saved the draft {at}, while you were writing. Nothing has been lost. Choose "
        "what is to hold where you have written differently.",
    ),
    conflict_none=(
        "Ni har inte skrivit på samma ställe. Spara så behålls allt.",
        "You have not written in the same place. Save, and everything is kept.",
    ),
    conflict_somebody=("En kollega", "A colleague"),
    conflict_theirs=("Det som är sparat", "What is saved"),
    conflict_mine=("Det ni har skrivit", "What you have written"),
    conflict_both=("Behåll båda, efter varandra", "Keep both, one after the other"),
    conflict_keep=("Behåll", "Keep"),
    conflict_drop=("Ta bort", "Remove"),
    conflict_added=("Sparat av den andra", "Saved by the other"),
    conflict_removed=(
        "Finns hos er men är borttaget av den andra",
        "You have it, but the other one removed it",
    ),
    conflict_empty=("(tomt)", "(empty)"),
    conflict_save=("Spara det jag har valt", "Save what I have chosen"),
    renewal_lead=(
        "Skriv den e-postadress som inbjudan kom till. Finns adressen hos oss mejlar vi länken "
        "dit igen. Det är samma länk som förut, och den fortsätter att gälla.",
        "Write the e-mail address that the invitation came to. If we have the address, we mail "
        "the link to it again. It is the same link as before, and it keeps working.",
    ),
    renewal_own_title=("Byt ut länken", "Replace the link"),
    renewal_own=(
        "Har någon obehörig fått länken? Vi mejlar en ny till de adresser som vi har för er. Den "
        "här länken slutar då att gälla. Det ni har skrivit finns kvar.",
        "Does somebody have the link who should not? We mail a new one to the addresses that we "
        "have for you. This link then stops working. What you have written is still there.",
    ),
    renewal_address=("E-postadress", "E-mail address"),
    renewal_no_address=(
        "Det där är ingen e-postadress. Skriv en, till exempel namn@kommunen.se.",
        "That is no e-mail address. Write one, such as name@municipality.se.",
    ),
    renewal_send=("Mejla länken", "Mail the link"),
    renewal_own_send=("Mejla en ny länk", "Mail a new link"),
    renewal_done_title=("Titta i er e-post", "Look in your e-mail"),
    renewal_done=(
        "Om adressen finns hos oss kommer ett mejl med länken inom några minuter. Kommer "
        "inget? Titta i skräpposten, eller hör av er till den som bjöd in er.",
        "If we have the address, an e-mail with the link comes within a few minutes. Nothing "
        "there? Look in the spam folder, or contact whoever invited you.",
    ),
    unsent=("Det här skickades inte in", "This was not sent in"),
    unsent_lead=(
        "Det är inte med i svaret. Kopiera det härifrån om ni vill lämna det på annat sätt.",
        "It is not part of the reply. Copy it from here if you want to hand it in some other way.",
    ),
)
