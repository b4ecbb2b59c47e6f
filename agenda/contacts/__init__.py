"""Contacts as they come in: a file read, checked, and taken in whole or not at all."""
