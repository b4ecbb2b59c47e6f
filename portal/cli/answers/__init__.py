"""`agenda answer`: what came in, recorded, read and saved."""
