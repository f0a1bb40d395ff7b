"""JWT1xx: a signature that holds."""
