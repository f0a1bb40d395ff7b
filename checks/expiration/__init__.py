"""JWT3xx: tokens that expire."""
