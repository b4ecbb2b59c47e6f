"""The database: opened, brought up to date, copied; whose turn it is to write."""
