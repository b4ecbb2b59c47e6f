"""What a person does, and who is told of it: every door calls these, in its transaction."""
