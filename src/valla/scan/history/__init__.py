"""Claims about who did what to whom: what a sentence must say to repeat them."""
