"""A message leaves: claimed, seen to hold, sent, and what came of it recorded."""
