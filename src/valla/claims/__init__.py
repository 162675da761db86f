"""Claims, readings, and the vocabulary they are read with."""
