"""The whole plan in seconds: the code of the live run with a moving clock."""
