"""What a mail says: facts made into words, in Swedish and English. Pure."""
