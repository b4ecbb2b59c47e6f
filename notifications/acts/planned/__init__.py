"""The acts that are shown before they are done: each a row for `foreseeing`, for every door."""
