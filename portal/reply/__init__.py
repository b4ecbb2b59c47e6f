"""The door of those who are asked: a personal link opens one reply, and nothing else."""
