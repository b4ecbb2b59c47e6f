"""This installation: its settings, its secret key, what its database is known by, its example."""
