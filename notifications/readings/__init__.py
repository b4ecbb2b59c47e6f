"""What a door shows, read: never written, never mailed; the same for pages and commands."""
