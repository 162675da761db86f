"""Libraries: the claims to look for, from whatever list they come."""
