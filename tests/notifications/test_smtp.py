"""The dialogue with the mail server: what is lost, what is repeated, what nobody can know."""

import socket
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from time import monotonic
from types import SimpleNamespace

import pytest

from agenda.installation.settings import MailSecurity, Settings
from notifications.post.outgoing import FailedAt, Outcome, Result
from notifications.post.patience import LEASE, before_the_dot_seconds
from notifications.post.smtp import Envelope, Server, SmtpPost

TO = "registrator@berg.example"
DROP, SILENCE = "drop the connection", "never answer"
SENT = Outcome(Result.SENT, 250, "2.0.0 OK queued as 4711")


def envelope(recipient: str = TO, content: bytes = b"Subject: Hej\r\n\r\nHej\r\n") -> Envelope:
    return Envelope("agendan@regionen.example", recipient, content)


@contextmanager
def dripping_server(*, every_seconds: float):
    """A server that greets, and then answers EHLO with one more line at a time, for ever."""
    listening = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            connection.sendall(b"220 mail.example\r\n")
            connection.recv(1000)
            while not stop.wait(every_seconds):
                connection.sendall(b"250-\r\n")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield SimpleNamespace(port=listening.getsockname()[1])
    finally:
        stop.set()
        thread.join(10)
        listening.close()


@pytest.fixture
def posts():
    """A post to a server, with whatever the test wants otherwise; closed with the test."""
    opened: list[SmtpPost] = []

    def post(server, *, timeout_seconds=10.0, monotonic=lambda: 0.0, **choices) -> SmtpPost:
        values = {"security": MailSecurity.PLAIN, "user": None, "password": None} | choices
        to = Server("127.0.0.1", server.port, timeout_seconds=timeout_seconds, **values)
        opened.append(SmtpPost(to, monotonic=monotonic))
        return opened[-1]

    yield post
    for one in opened:
        one.close()


def test_many_messages_go_over_one_connection(mail_server, posts):
    post = posts(mail_server)
    assert [post.post(envelope()) for _ in range(60)] == [SENT] * 60
    assert (len(mail_server.mails), mail_server.connections) == (60, 1)


def test_lines_that_begin_with_a_dot_arrive_whole(mail_server, posts):
    content = b"Subject: Hej\r\n\r\n.\r\n..x\r\n.punkt\r\n"
    posts(mail_server).post(envelope(content=content))
    assert [mail.content for mail in mail_server.mails] == [content]


def test_a_message_without_a_last_line_end_gets_one(mail_server, posts):
    posts(mail_server).post(envelope(content=b"Subject: Hej\r\n\r\nslut"))
    assert [mail.content for mail in mail_server.mails] == [b"Subject: Hej\r\n\r\nslut\r\n"]


def test_a_recipient_refused_for_ever_gets_the_servers_code_and_words(mail_server, posts):
    mail_server.answer("RCPT", "550 5.1.1 Användaren finns inte", to=TO)
    post = posts(mail_server)
    assert post.post(envelope()) == Outcome(
        Result.NEVER, 550, "5.1.1 Användaren finns inte", FailedAt.RECIPIENT
    )
    assert post.post(envelope("registrator@bracke.example")) == SENT
    assert [mail.recipients for mail in mail_server.mails] == [["registrator@bracke.example"]]
    assert mail_server.connections == 1


def test_a_greylisted_recipient_gets_it_later_and_only_once(mail_server, posts):
    mail_server.answer("RCPT", "451 4.7.1 Greylisted", "450 4.2.0 Vänta", to=TO)
    post = posts(mail_server)
    assert [post.post(envelope()) for _ in range(3)] == [
        Outcome(Result.LATER, 451, "4.7.1 Greylisted", FailedAt.RECIPIENT),
        Outcome(Result.LATER, 450, "4.2.0 Vänta", FailedAt.RECIPIENT),
        SENT,
    ]
    assert len(mail_server.mails) == 1


@pytest.mark.parametrize(
    ("verb", "said", "outcome"),
    [
        (
            "MAIL",
            "553 5.7.1 Sender refused",
            Outcome(Result.NEVER, 553, "5.7.1 Sender refused", FailedAt.SENDER),
        ),
        (
            "MAIL",
            "530 5.7.0 Authentication required",
            Outcome(Result.LATER, 530, "5.7.0 Authentication required", FailedAt.LOGIN),
        ),
        (
            "MAIL",
            "421 4.7.0 Too busy",
            Outcome(Result.LATER, 421, "4.7.0 Too busy", FailedAt.LOST),
        ),
        (
            "RCPT",
            "421 4.3.2 Closing",
            Outcome(Result.LATER, 421, "4.3.2 Closing", FailedAt.RECIPIENT),
        ),
        (
            "DATA",
            "554 5.7.1 Spam",
            Outcome(Result.NEVER, 554, "5.7.1 Spam", FailedAt.CONTENT),
        ),
        (
            "DATA",
            "452 4.3.1 Disk full",
            Outcome(Result.LATER, 452, "4.3.1 Disk full", FailedAt.CONTENT),
        ),
    ],
)
def test_a_refusal_is_reported_and_the_next_message_arrives(
    mail_server, posts, verb, said, outcome
):
    mail_server.answer(verb, said)
    post = posts(mail_server)
    assert [post.post(envelope()), post.post(envelope())] == [outcome, SENT]
    assert len(mail_server.mails) == 1


def test_a_server_that_is_down_means_later(mail_server, posts):
    post = posts(mail_server)
    mail_server.stop()
    assert post.post(envelope()) == Outcome(
        Result.LATER,
        None,
        f"Det går inte att ansluta till mailservern 127.0.0.1 port {mail_server.port} "
        "(Connection refused).",
        FailedAt.CONNECTION,
    )


def test_a_connection_that_the_server_closed_between_messages_is_renewed(mail_server, posts):
    post = posts(mail_server)
    assert post.post(envelope()) == SENT
    mail_server.hang_up()
    assert post.post(envelope()) == SENT
    assert (len(mail_server.mails), mail_server.connections) == (2, 2)


def test_a_server_that_says_goodbye_to_a_kept_connection_is_called_again(mail_server, posts):
    post = posts(mail_server)
    post.post(envelope())
    mail_server.answer("MAIL", "421 4.4.2 Idle too long")
    assert post.post(envelope()) == SENT
    assert mail_server.connections == 2


def test_a_restarted_server_gets_the_next_message(mail_server, posts):
    post = posts(mail_server)
    first = post.post(envelope())
    mail_server.stop()
    down = post.post(envelope())
    mail_server.start()
    assert (first, down.result, post.post(envelope())) == (SENT, Result.LATER, SENT)
    assert len(mail_server.mails) == 2


def test_a_connection_lost_before_the_content_is_not_repeated_twice(mail_server, posts):
    mail_server.answer("RCPT", DROP, DROP)
    post = posts(mail_server)
    lost = Outcome(
        Result.LATER,
        None,
        f"Mailservern 127.0.0.1 port {mail_server.port} bröt förbindelsen innan brevet var lämnat.",
        FailedAt.LOST,
    )
    assert [post.post(envelope()) for _ in range(3)] == [lost, lost, SENT]
    assert len(mail_server.mails) == 1


@pytest.mark.parametrize("is_kept", [False, True])
def test_no_answer_after_the_final_dot_is_uncertain_and_never_repeated_here(
    mail_server, posts, is_kept
):
    post = posts(mail_server)
    if is_kept:
        post.post(envelope())
    mail_server.answer("DATA", DROP)
    assert post.post(envelope()) == Outcome(
        Result.UNCERTAIN,
        None,
        "Brevet lämnades till mailservern, som aldrig svarade att det är mottaget.",
        FailedAt.LOST,
    )
    assert len(mail_server.mails) == 1 + is_kept


def test_silence_after_the_final_dot_is_uncertain(mail_server, posts):
    mail_server.answer("DATA", SILENCE)
    outcome = posts(mail_server, taking_seconds=0.2).post(envelope())
    assert (outcome.result, len(mail_server.mails)) == (Result.UNCERTAIN, 1)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
def test_silence_before_the_content_means_later_and_no_second_wait(mail_server, posts, verb):
    mail_server.answer(verb, SILENCE)
    post = posts(mail_server, timeout_seconds=0.2)
    assert post.post(envelope()) == Outcome(
        Result.LATER,
        None,
        f"Mailservern 127.0.0.1 port {mail_server.port} svarade inte inom 0.2 sekunder.",
        FailedAt.TIMEOUT,
    )
    assert post.post(envelope()) == SENT


def test_a_connection_that_lay_idle_is_replaced_before_it_is_trusted(mail_server, posts):
    seconds = iter([0.0, 0.0, 21.0, 21.0])
    post = posts(mail_server, monotonic=lambda: next(seconds))
    assert [post.post(envelope()), post.post(envelope())] == [SENT, SENT]
    assert mail_server.connections == 2


def test_a_connection_is_replaced_after_five_hundred_messages(mail_server, posts):
    post = posts(mail_server)
    assert {post.post(envelope()) for _ in range(501)} == {SENT}
    assert mail_server.connections == 2


def test_an_international_address_is_refused_by_us_when_the_server_takes_none(mail_servers, posts):
    server = mail_servers(offers_smtputf8=False)
    message = Envelope("agendan@regionen.example", "åsa@berg.example", b"\r\n", True)
    assert posts(server).post(message) == Outcome(
        Result.NEVER,
        None,
        "Brevet skickades inte: adressen har andra tecken än a–z före @ "
        "och mailservern tar inte emot sådana (SMTPUTF8).",
        FailedAt.MESSAGE,
    )
    assert server.mails == []


def test_an_international_address_reaches_a_server_that_takes_it(mail_server, posts):
    message = Envelope("agendan@regionen.example", "åsa@berg.example", b"To: x\r\n\r\n", True)
    post = posts(mail_server)
    assert [post.post(message), post.post(envelope())] == [SENT, SENT]
    assert [mail.recipients for mail in mail_server.mails] == [["åsa@berg.example"], [TO]]


@pytest.mark.parametrize("password", ["hemligt", "hemligt åäö €"])
def test_a_password_of_any_letters_logs_in_once_per_connection(mail_servers, posts, password):
    server = mail_servers(login=("agendan", password))
    post = posts(server, user="agendan", password=password)
    assert [post.post(envelope()), post.post(envelope())] == [SENT, SENT]
    assert server.logins == [("agendan", password)]


@pytest.mark.parametrize("password", ["fel", "fel åäö"])
def test_a_wrong_password_keeps_the_message_and_concerns_the_server(mail_servers, posts, password):
    server = mail_servers(login=("agendan", "rätt"))
    outcome = posts(server, user="agendan", password=password).post(envelope())
    assert outcome == Outcome(
        Result.LATER, 535, "5.7.8 Authentication credentials invalid", FailedAt.LOGIN
    )
    assert outcome.is_about_server
    assert server.mails == []


@pytest.mark.parametrize("password", ["hemligt", "hemligt åäö"])
def test_a_server_without_login_gets_no_password(mail_server, posts, password):
    outcome = posts(mail_server, user="agendan", password=password).post(envelope())
    assert (outcome.result, outcome.trouble, mail_server.mails) == (
        Result.LATER,
        FailedAt.LOGIN,
        [],
    )


def test_a_server_prints_without_its_password():
    server = Server("mail.example", 587, MailSecurity.STARTTLS, "agendan", "hemligt", 60)
    assert repr(server) == "Server(mail.example:587, starttls)"


def test_a_server_that_takes_its_time_after_the_final_dot_is_waited_for(mail_server, posts):
    mail_server.answer("DATA", SILENCE)
    post = posts(mail_server, timeout_seconds=0.2, taking_seconds=1.0)
    started = monotonic()
    assert post.post(envelope()).result is Result.UNCERTAIN
    assert monotonic() - started >= 1.0
    assert post.post(envelope()) == SENT


def test_ten_minutes_are_waited_for_an_answer_after_the_final_dot():
    server = Server("mail.example", 587, MailSecurity.STARTTLS, None, None, 60)
    assert server.taking_seconds == 600


def test_a_lease_outlasts_the_slowest_conversation_that_can_still_succeed():
    """A connection, nine replies, and the answer after the final dot, at the longest setting."""
    longest = next(
        limit.le
        for limit in Settings.model_fields["mail_timeout_seconds"].metadata
        if hasattr(limit, "le")
    )
    assert timedelta(seconds=10 * longest + 600) < LEASE
    assert before_the_dot_seconds(longest) + 600 < LEASE.total_seconds()


def test_a_server_that_drips_its_replies_is_hung_up_on_before_the_lease_runs_out(posts):
    with dripping_server(every_seconds=0.05) as server:
        post = posts(server, timeout_seconds=0.1)
        started = monotonic()
        outcome = post.post(envelope())
        assert (outcome.result, outcome.is_about_server) == (Result.LATER, True)
        assert monotonic() - started < 5
