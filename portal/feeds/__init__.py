"""Calendar feeds: the addresses that calendar programs fetch."""
