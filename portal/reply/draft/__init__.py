"""A reply being written by several people: saved, merged, its files looked into."""
