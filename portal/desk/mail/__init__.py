"""Mail that came in: read as text, registered as an answer, set aside."""
