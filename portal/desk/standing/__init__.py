"""The first page of a round: what waits for a decision, and who has answered what."""
