"""From a reading and a record to a verdict."""
