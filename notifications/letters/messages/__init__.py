"""The words of every mail: one template per message and language, and their elements."""
