"""Whom a refusal is about: read from the enhanced status code, else from the words."""

import pytest

from notifications.post.outgoing import FailedAt, Outcome, Result
from notifications.post.refusals import About, about


def refused(code: int, said: str, trouble: FailedAt = FailedAt.RECIPIENT) -> About | None:
    result = Result.NEVER if code >= 500 else Result.LATER
    return about(Outcome(result, code, said, trouble))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain"),
        (550, "5.7.64 TenantAttribution; Relay Access Denied"),
        (553, "5.7.1 <agendan@regionen.example>: Sender address rejected: not owned by user"),
        (554, "5.7.1 <kommun@berg.example>: Relay access denied"),
        (554, "Relay denied"),
        (550, "relaying denied. Proper authentication required."),
        (550, "We do not relay"),
        (550, "5.1.8 <agendan@regionen.example>: Sender address rejected: Domain not found"),
        (550, "5.1.7 Bad sender's mailbox address syntax"),
        (530, "5.7.0 Must issue a STARTTLS command first"),
        (550, "5.7.60 SMTP; Client does not have permissions to send as this sender"),
        (550, "5.7.26 This mail is unauthenticated"),
        (550, "5.7.509 Access denied, sending domain does not pass DMARC verification"),
        (554, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"),
        (503, "5.5.1 Error: need MAIL command"),
        (502, "Command not implemented"),
        (554, "5.3.2 System not accepting network messages"),
        (454, "4.7.1 <kommun@berg.example>: Relay access denied"),
    ],
)
def test_what_every_letter_of_ours_would_meet_is_about_us(code: int, said: str):
    assert refused(code, said) is About.US


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (550, "5.1.1 <kommun@berg.example>: Recipient address rejected: User unknown"),
        (550, "5.1.1 User unknown in relay recipient table"),
        (550, "User unknown in relay recipient table"),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found"),
        (550, "5.1.2 Host unknown"),
        (550, "5.2.1 The email account that you tried to reach is disabled"),
        (550, "5.4.1 Recipient address rejected: Access denied"),
        (550, "5.5.0 Requested action not taken: mailbox unavailable"),
        (550, "No such user here"),
        (554, "5.1.1 unknown user"),
        (551, "no"),
        (556, "Domain does not accept mail"),
    ],
)
def test_what_says_that_there_is_no_such_mailbox_is_about_the_mailbox(code: int, said: str):
    assert refused(code, said) is About.MAILBOX


@pytest.mark.parametrize(
    ("code", "said", "whose"),
    [
        (552, "5.2.2 Mailbox full", About.LETTER),
        (550, "5.2.2 Over quota", About.LETTER),
        (452, "4.2.2 Mailbox full", About.LETTER),
        (451, "4.7.1 Greylisted, try again later", About.LETTER),
        (552, "5.3.4 Message too big", About.LETTER),
        (554, "5.6.0 Message content error", About.LETTER),
        (554, "5.7.1 Looks like spam", About.LETTER),
        (554, "no", About.LETTER),
        (550, "5.7.1 Access denied", About.POLICY),
        (550, "5.7.133 Sender authorisation needed for this group", About.POLICY),
        (421, "4.3.2 Closing", About.SERVER),
    ],
)
def test_what_is_about_one_letter_or_a_rule_or_the_server_is_told_apart(code, said, whose):
    assert refused(code, said) is whose


@pytest.mark.parametrize("code", [450, 550, 553])
def test_a_refusal_before_any_recipient_was_named_is_about_us(code: int):
    assert refused(code, "5.1.1 User unknown", FailedAt.SENDER) is About.US


@pytest.mark.parametrize(
    "trouble",
    [FailedAt.CONNECTION, FailedAt.SILENT, FailedAt.TIMEOUT, FailedAt.LOGIN, FailedAt.TLS],
)
def test_a_server_that_is_away_is_about_the_server(trouble: FailedAt):
    assert about(Outcome(Result.LATER, None, "borta", trouble)) is About.SERVER


def test_what_was_taken_is_about_nobody_and_what_we_refuse_ourselves_about_the_letter():
    assert about(Outcome(Result.SENT, 250, "2.0.0 OK")) is None
    assert about(Outcome(Result.NEVER, None, "Kontakten …", FailedAt.MESSAGE)) is About.LETTER
    assert about(Outcome(Result.UNCERTAIN, None, "", FailedAt.LOST)) is About.LETTER
