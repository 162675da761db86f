"""The index of a library: all that a search needs to know of its claims, worked out once."""
