"""Who is told what, and the proof that it left."""
