"""What the pages of the reply itself say: Swedish first, then English."""

SENTENCES = {
    # Every page
    "skip": ("Hoppa till innehållet", "Skip to the content"),
    "other_language": ("In English", "På svenska"),
    "accessibility": ("Tillgänglighet", "Accessibility"),
    "back": ("Tillbaka till svaret", "Back to the reply"),
    "cancel": ("Avbryt", "Cancel"),
    "error_title": ("Fel: ", "Error: "),
    # About the reply
    "from": ("Svar från {organisation}", "Reply from {organisation}"),
    "last_day": ("Sista svarsdag", "Last day to reply"),
    "until": ("Till och med {day} kl. 24.00", "Up to and including {day}, 24:00"),
    "until_quarter": ("Under {quarter}", "During {quarter}"),
    "extended": ("Ni har fått anstånd.", "You have been granted more time."),
    "ask": ("Frågor", "Questions"),
    "standing": ("Läge", "Status"),
    "not_begun": ("Inget är skrivet än.", "Nothing has been written yet."),
    "draft": ("Utkast sparat {at}.", "Draft saved {at}."),
    "draft_by": ("Utkast sparat {at} av {name}.", "Draft saved {at} by {name}."),
    "today_at": ("i dag kl. {time}", "today at {time}"),
    "saved_at": ("Sparat {time}", "Saved {time}"),
    "answered": ("Inskickat {at} (version {n}).", "Sent in {at} (version {n})."),
    "answered_as": (
        "{what}. Inskickat {at} (version {n}).",
        "{what}. Sent in {at} (version {n}).",
    ),
    "changing": (
        "Det ni ändrar här gäller först när ni har skickat in på nytt.",
        "What you change here holds only when you have sent it in again.",
    ),
    "show_receipt": ("Visa kvittot", "Show the receipt"),
    "description": ("Om det här", "About this"),
    "documents": ("Underlag", "Documents"),
    "extension_waits": (
        "Ni har bett om anstånd till {day}. Samordnaren har inte svarat än.",
        "You have asked for more time, until {day}. The coordinator has not replied yet.",
    ),
    "extension_denied": (
        "Er begäran om anstånd till {day} har fått nej.",
        "Your request for more time, until {day}, has been denied.",
    ),
    "late": (
        "Sista svarsdag har passerat. Ni kan fortfarande svara. Svaret märks som sent, och "
        "samordnaren får veta att det har kommit.",
        "The last day has passed. You can still reply. The reply is marked as late, and the "
        "coordinator is told that it has come.",
    ),
    "locked": (
        "Arbetet med svaren har börjat, så svaret går inte längre att ändra här. Hör av er till "
        "{name} om något behöver rättas.",
        "The work with the replies has begun, so the reply can no longer be changed here. "
        "Contact {name} if something needs to be put right.",
    ),
    "ended": (
        "Aktiviteten är avslutad, så det går inte längre att svara här.",
        "The activity has ended, so it is no longer possible to reply here.",
    ),
    "ballot_not_open": (
        "Omröstningen har inte öppnat än. Ni får besked när den gör det.",
        "The vote has not been opened yet. You will be told when it is.",
    ),
    "ballot_closed": ("Omröstningen är stängd.", "The vote is closed."),
    "no_answer": ("Inget svar har skickats in.", "No reply has been sent in."),
    "what_was_sent": ("Det här skickade ni in", "This is what you sent in"),
    "no_form": (
        "Här finns inget att fylla i. Svara genom att höra av er till {name}.",
        "There is nothing to fill in here. Reply by contacting {name}.",
    ),
    # The form
    "form": ("Ert svar", "Your reply"),
    "save": ("Spara utkast", "Save draft"),
    "preview": ("Granska och skicka", "Review and send"),
    "saved": ("Utkastet är sparat.", "The draft has been saved."),
    "unchanged": (
        "Inget är ändrat sedan ni skickade in.",
        "Nothing has changed since you sent it in.",
    ),
    "saved_note": (
        "Ni kan stänga sidan och fortsätta senare, också på en annan dator.",
        "You can close the page and go on later, also on another computer.",
    ),
    "not_sent_note": (
        "Inget skickas in förrän ni själva gör det.",
        "Nothing is sent until you do.",
    ),
    "other_ways": ("Har ni inget att lämna?", "Nothing to submit?"),
    "nothing": ("Vi har inget att framföra", "We have nothing to put forward"),
    "decline": ("Vi avstår från att svara", "We decline to reply"),
    "more": ("Mer ni kan göra", "More that you can do"),
    "to_extension": ("Begär anstånd", "Ask for more time"),
    "to_colleague": ("Bjud in en kollega", "Invite a colleague"),
    "to_ballot": ("Till röstsedeln", "To the ballot"),
    "to_reply": ("Till inbjudan", "To the invitation"),
    "to_renewal": ("Skicka mig en ny länk", "Send me a new link"),
    "ballot": ("Röstsedel", "Ballot"),
    "versions": ("Inskickade versioner", "Versions sent in"),
    "version": ("Version {n}", "Version {n}"),
    "version_line": ("Version {n}, inskickad {at}", "Version {n}, sent in {at}"),
    "withdrawn": ("Återkallad", "Withdrawn"),
    "file_refused": (
        "En fil kunde inte tas emot. Allt ni har skrivit är sparat.",
        "A file could not be accepted. Everything you have written is saved.",
    ),
    "script_saves": (
        "Utkastet sparas av sig självt medan ni skriver.",
        "The draft saves itself while you write.",
    ),
    "script_saving": ("Sparar …", "Saving …"),
    "script_failed": (
        "Det gick inte att spara just nu. Det ni skriver finns kvar på sidan.",
        "It could not be saved just now. What you write is still on the page.",
    ),
    "script_large": (
        "{{name}} är för stor: högst {most} MB per fil.",
        "{{name}} is too large: at most {most} MB a file.",
    ),
    # Preview
    "preview_title": ("Granska svaret", "Review the reply"),
    "preview_lead": (
        "Så här kommer svaret att se ut. Det är inte inskickat än.",
        "This is how the reply will look. It has not been sent in yet.",
    ),
    "preview_changed": (
        "Någon har ändrat i utkastet sedan ni granskade det. Det här är det som gäller nu. "
        "Inget är inskickat.",
        "Somebody has changed the draft since you reviewed it. This is what holds now. "
        "Nothing has been sent in.",
    ),
    "preview_faults": (
        "Rätta det här innan ni skickar in:",
        "Put this right before you send it in:",
    ),
    "send": ("Skicka in svaret", "Send in the reply"),
    "send_late": ("Skicka in det sena svaret", "Send in the late reply"),
    "edit": ("Fortsätt skriva", "Go on writing"),
    # Receipt
    "receipt_title": ("Svaret är mottaget", "The reply has been received"),
    "receipt_mailed": (
        "Kvittot skickas också med e-post till er och till er kontaktperson.",
        "The receipt is also sent by e-mail to you and to your contact person.",
    ),
    "receipt_print": (
        "Skriv ut eller spara sidan om ni vill ha den i ert diarium.",
        "Print or save the page if you want it for your register.",
    ),
    "receipt_change": (
        "Så ändrar ni: öppna samma länk, ändra och skicka in på nytt. Det går till och med "
        "{day} kl. 24.00. Den nya versionen gäller då, och de tidigare sparas.",
        "How to change it: open the same link, make your changes and send it in again. You can "
        "do so up to and including {day}, 24:00. Then the new version holds, and the earlier "
        "ones are kept.",
    ),
    "receipt_change_late": (
        "Så ändrar ni: öppna samma länk, ändra och skicka in på nytt. Det går tills arbetet "
        "med svaren börjar.",
        "How to change it: open the same link, make your changes and send it in again. You can "
        "do so until the work with the replies begins.",
    ),
    "change": ("Ändra svaret", "Change the reply"),
    "who": ("Från", "From"),
    "activity": ("Avser", "Concerns"),
    "received": ("Inkommet", "Received"),
    "is_late": ("Kom in efter sista svarsdag", "Came in after the last day"),
    "registry": ("Diarienummer", "Registry number"),
    "kind": ("Svar", "Reply"),
    "kind_submission": ("Ifyllt svar", "Filled-in reply"),
    "kind_nothing_to_report": ("Inget att framföra", "Nothing to put forward"),
    "kind_declined": ("Avstår från att svara", "Declines to reply"),
    "files": ("Filer", "Files"),
    "checksum": ("Kontrollsumma (SHA-256)", "Checksum (SHA-256)"),
    "content": ("Innehåll", "Content"),
    "newer": (
        "Det här är en äldre version. Den som gäller är version {n}.",
        "This is an older version. The one that holds is version {n}.",
    ),
}
