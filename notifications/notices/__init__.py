"""What is due, turned into messages in the outbox."""
