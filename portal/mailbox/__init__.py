"""The local mailbox of a trial, and where mail goes, in words."""
