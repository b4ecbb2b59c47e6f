"""`agenda activity`, `extension`, `ballot` and `step`: what is decided about an activity."""
