"""What every command shares: options, words on the screen, questions, who is at work."""
