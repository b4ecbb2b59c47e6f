"""The coordinator's desk: a round read and run from a browser, by those who are signed in."""
