"""What is due of a dated activity, for whom, and why: the verdicts, in words too. Pure."""
