"""The register (diarium): who did what, when, from what, to what."""
