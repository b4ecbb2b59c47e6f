"""How a message leaves: channels, the mail server, the bytes on the wire, what was answered."""
