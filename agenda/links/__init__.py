"""Personal links: each opens one thing, and only its hash is stored."""
