"""The doors people use: web pages, the local mailbox and the command line."""
