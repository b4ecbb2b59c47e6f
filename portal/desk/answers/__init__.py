"""What came in: read, compared, saved, and registered by hand."""
