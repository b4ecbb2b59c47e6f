"""The outbox: what is to be said to whom, each message once, and what has been said."""
