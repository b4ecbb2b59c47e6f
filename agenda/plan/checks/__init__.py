"""What must hold of a plan beyond the shape of its file: each fault, each oddity."""
