"""Words from outside, read: kinds of text, encodings, names, addresses; faults told by line."""
