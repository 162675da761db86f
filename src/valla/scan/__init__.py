"""Finds the places where a claim is repeated."""
