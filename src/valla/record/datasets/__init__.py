"""The datasets that can be added to a record: one declarative mapping each, and the code lists that they need."""
