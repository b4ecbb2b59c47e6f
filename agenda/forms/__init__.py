"""Forms: what is asked, as data; what somebody filled in, read, checked and shown."""
