"""The region's own people: who coordinates which round, what each may, how they come in."""
