"""The stages of the cascade: each engages only on what the one before let through."""
