"""Who is asked and told: where they are reached, their links, what they were told and why."""
