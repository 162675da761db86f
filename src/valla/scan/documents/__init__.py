"""Documents: the texts that are searched, from whatever they are stored in."""
