"""The plan along time, and each of its activities."""
