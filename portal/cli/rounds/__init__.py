"""`agenda round`, `status`, `preview`, `explain` and `attend`: a round and how it stands."""
