"""What steps are called, why one is (not) sent or an act not possible: Swedish first."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    not_in_stage=("{why}, så det går inte att {act}.", "{why}, so it is not possible to {act}."),
    stage_closed=("Omgången är avslutad", "The round is over"),
    stage_cancelled=("{key} är inställd", "{key} has been cancelled"),
    stage_done=("{key} är markerad som klar", "{key} has been marked as done"),
    stage_locked=("Svaren i {key} är låsta", "The answers in {key} are locked"),
    stage_open=("{key} är öppen", "{key} is open"),
    act_move=("flytta sista dagen", "move the last day"),
    act_extend=("ge anstånd", "give more time"),
    act_ask_for_time=("be om anstånd", "ask for more time"),
    act_lock=("låsa svaren", "lock the answers"),
    act_unlock=("låsa upp svaren", "unlock the answers"),
    act_mark_done=("markera den som klar", "mark it as done"),
    act_reopen=("öppna den igen", "open it again"),
    act_cancel=("ställa in den", "cancel it"),
    act_reinstate=("återuppta den", "reinstate it"),
    act_remind=("påminna", "remind"),
    act_send_ahead=("skicka ett steg i förväg", "send a step ahead of its day"),
    act_word=("skriva egna ord", "write words of your own"),
    hand_answered=("{who} har redan svarat.", "{who} has answered already."),
    hand_not_asked=(
        "{who} har inte fått sin inbjudan än.",
        "{who} has not had its invitation yet.",
    ),
    hand_no_address=(
        "{who} saknar adress. Lägg till en kontakt.",
        "{who} has no address. Add a contact.",
    ),
    hand_bounced=(
        "Adressen till {who} tar inte emot e-post. Rätta den.",
        "The address of {who} refuses mail. Correct it.",
    ),
    hand_told_today=(
        "{who} har redan fått en påminnelse samma dag.",
        "{who} has had a reminder the same day already.",
    ),
    hand_planned_today=(
        "{who} får den planerade påminnelsen samma dag, kl. {step_at}.",
        "{who} gets the reminder of the plan the same day, at {step_at}.",
    ),
    lock_again=("Svaren i {key} är redan låsta.", "The answers in {key} are locked already."),
    unlock_open=("Svaren i {key} är inte låsta.", "The answers in {key} are not locked."),
    mark_done_again=("{key} är redan markerad som klar.", "{key} has been marked as done already."),
    reopen_open=("{key} är inte markerad som klar.", "{key} has not been marked as done."),
    cancel_again=("{key} är redan inställd.", "{key} has been cancelled already."),
    cancel_done=(
        "{key} är markerad som klar och kan inte ställas in.",
        "{key} has been marked as done and cannot be cancelled.",
    ),
    reinstate_open=("{key} är inte inställd.", "{key} has not been cancelled."),
    no_time_locked=(
        "Svaren är låsta, eftersom arbetet med dem har börjat.",
        "The answers are locked, because the work with them has begun.",
    ),
    no_time_ended=("Aktiviteten är avslutad.", "The activity has ended."),
    step_due_itself=(
        "Ska skickas nu: steget inföll {step_at}.",
        "To be sent now: the step fell due on {step_at}.",
    ),
    step_done_itself=("Skickades {at}.", "Was sent on {at}."),
    step_done_ahead=(
        "Skickades {at}, i förväg: steget låg {step_at}.",
        "Was sent on {at}, ahead of its day: the step was for {step_at}.",
    ),
    step_waiting_not_asked_yet=(
        "Kan inte skickas nu: {who} har inte fått sin inbjudan än.",
        "Cannot be sent now: {who} has not had its invitation yet.",
    ),
    step_waiting_not_overdue=(
        "Kan inte skickas nu: sista dagen för {who}, {due_on}, har inte passerat.",
        "Cannot be sent now: the last day of {who}, {due_on}, has not passed.",
    ),
    step_waiting_itself=(
        "Väntar: skickas {step_at}, om det då fortfarande behövs.",
        "Waiting: will be sent on {step_at}, if it is still needed then.",
    ),
    step_waiting_first_the_organisation=(
        "Väntar: {who} ska själv först ha fått veta att svaret till {due_on} saknas.",
        "Waiting: {who} is told first itself that the answer due on {due_on} is missing.",
    ),
    step_waiting_first_the_coordinator=(
        "Väntar: samordnaren ska arbetsdagen innan ha fått veta att det går ut.",
        "Waiting: the coordinator is told the workday before that it will leave.",
    ),
    step_answered_itself=("Skickas inte: {who} svarade {at}.", "Not sent: {who} answered on {at}."),
    step_answered_all_answered=(
        "Skickas inte: alla tillfrågade har svarat till {due_on}.",
        "Not sent: everybody asked has answered by {due_on}.",
    ),
    step_nothing_to_report_itself=(
        "Skickas inte: {who} svarade {at} att man inte har något att framföra.",
        "Not sent: {who} answered on {at} that it has nothing to report.",
    ),
    step_declined_itself=("Skickas inte: {who} avstod {at}.", "Not sent: {who} declined on {at}."),
    step_extended_itself=(
        "Skickas inte: {who} har anstånd till {on}, och steget gällde {due_on}.",
        "Not sent: {who} has an extension to {on}, and the step was for {due_on}.",
    ),
    step_superseded_newer_step=(
        "Skickas inte: steget {step_at} missades, och det från {at} skickas i stället.",
        "Not sent: the step of {step_at} was missed, and the one of {at} is sent instead.",
    ),
    step_superseded_told_since=(
        "Skickas inte: steget inföll {step_at}, och {who} fick ett senare besked {at}.",
        "Not sent: the step fell due on {step_at}, and {who} was told later, on {at}.",
    ),
    step_superseded_passed=(
        "Skickas inte: sista dagen, {due_on}, har passerat.",
        "Not sent: the last day, {due_on}, has passed.",
    ),
    step_superseded_moved=(
        "Skickas inte: sista dagen flyttades {at} från {due_on} till {on}.",
        "Not sent: on {at} the last day was moved from {due_on} to {on}.",
    ),
    step_held_itself=(
        "Hålls inne av samordnaren sedan {at}.",
        "Held back by the coordinator since {at}.",
    ),
    step_untracked_itself=(
        "Skickas inte: steget inföll {step_at}, innan omgången började följas {at}.",
        "Not sent: the step fell on {step_at}, before the round was followed from {at}.",
    ),
    step_no_address_itself=(
        "Kan inte skickas {step_at}: {who} saknar adress. Lägg till en kontakt.",
        "Cannot be sent on {step_at}: {who} has no address. Add a contact.",
    ),
    step_bounced_itself=(
        "Kan inte skickas {step_at}: adressen till {who} tar inte emot e-post. Rätta den.",
        "Cannot be sent on {step_at}: the address of {who} refuses mail. Correct it.",
    ),
    step_closed_round_closed=(
        "Skickas inte: omgången avslutades {at}.",
        "Not sent: the round was closed on {at}.",
    ),
    step_closed_cancelled=(
        "Skickas inte: aktiviteten ställdes in {at}.",
        "Not sent: the activity was cancelled on {at}.",
    ),
    step_closed_answers_locked=(
        "Skickas inte: svaren låstes {at}, när arbetet med dem började.",
        "Not sent: the answers were locked on {at}, when the work with them began.",
    ),
    step_closed_marked_done=(
        "Skickas inte: aktiviteten markerades som klar {at}.",
        "Not sent: the activity was marked done on {at}.",
    ),
    workday=("{n} arbetsdag", "{n} workday"),
    workdays=("{n} arbetsdagar", "{n} workdays"),
    label_invitation=("inbjudan", "invitation"),
    label_reminder=("påminnelse, {n} kvar", "reminder, {n} left"),
    label_last_reminder=("sista påminnelsen, {n} kvar", "last reminder, {n} left"),
    label_closed=("stänger", "closes"),
    label_overdue=("svar saknas, {n} efter sista dagen", "answer missing, {n} after the last day"),
    label_escalation=("eskalering, {n} efter sista dagen", "escalation, {n} after the last day"),
    label_internal_reminder=(
        "påminnelse till ansvarig, {n} kvar",
        "reminder to the person responsible, {n} left",
    ),
    label_internal_reminder_on_the_day=(
        "påminnelse till ansvarig, sista dagen",
        "reminder to the person responsible, last day",
    ),
    label_nag=("försenad, {n} efter sista dagen", "overdue, {n} after the last day"),
)
