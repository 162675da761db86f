"""Dated, sourced acts, and where a record is complete."""
