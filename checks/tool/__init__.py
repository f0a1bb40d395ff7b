"""JWT9xx: the tool speaks of itself."""
