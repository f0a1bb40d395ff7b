"""JWT5xx: keys that stay secret."""
