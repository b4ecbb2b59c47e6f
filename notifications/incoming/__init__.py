"""Mail that comes in: read, kept as received, judged, and acted upon or shown."""
