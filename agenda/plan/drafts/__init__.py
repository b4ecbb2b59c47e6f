"""A plan changed piece by piece, examined, and written as its file. Pure."""
