"""Stance: what a passage does with a claim: it repeats, rebuts or reports it."""
