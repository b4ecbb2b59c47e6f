"""Links: each opens one thing, for one purpose, and only its hash is stored."""
