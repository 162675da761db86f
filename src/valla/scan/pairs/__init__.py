"""A passage and a claim side by side: how alike they are, and how probable it makes that the one is about the other."""
