"""JWT4xx: tokens that nobody reads along."""
