"""Forms in which others exchange claims and reviews."""
