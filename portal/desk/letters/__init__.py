"""What leaves next, and every letter there has been."""
