"""A round under way: its activities, who is asked in them, what is known, how it stands."""
